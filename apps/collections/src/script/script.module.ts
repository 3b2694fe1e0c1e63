import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { CaseModule } from '../case/case.module.ts';
import { ReadingService } from './reading.service.ts';
import { ScriptController } from './script.controller.ts';
import { ScriptService } from './script.service.ts';
import { ScriptStore } from './script.store.ts';

@Module({
  imports: [ActModule, CaseModule],
  controllers: [ScriptController],
  providers: [ScriptService, ReadingService, ScriptStore],
  exports: [ScriptService],
})
export class ScriptModule {}
