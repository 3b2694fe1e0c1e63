import { Module } from '@nestjs/common';
import { ApprovalService } from './approval.service.ts';
import { DraftController } from './draft.controller.ts';
import { DraftDesk } from './draft.desk.ts';
import { DraftService } from './draft.service.ts';
import { DraftStore } from './draft.store.ts';
import { PackController } from './pack.controller.ts';
import { PackService } from './pack.service.ts';
import { PolicyService } from './policy.service.ts';
import { PolicyStore } from './policy.store.ts';
import { VersionController } from './version.controller.ts';
import { VersionService } from './version.service.ts';

@Module({
  controllers: [PackController, DraftController, VersionController],
  providers: [PackService, PolicyService, PolicyStore, DraftDesk, DraftStore, DraftService, ApprovalService, VersionService],
  exports: [PolicyService, DraftDesk],
})
export class PolicyModule {}
