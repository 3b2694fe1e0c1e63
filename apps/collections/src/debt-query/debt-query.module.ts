import { Module } from '@nestjs/common';
import { PublicationModule } from '../publication/publication.module.ts';
import { DebtQueryController } from './debt-query.controller.ts';
import { DebtQueryForm } from './debt-query.form.ts';
import { DebtQueryService } from './debt-query.service.ts';
import { DebtQueryStore } from './debt-query.store.ts';
import { DebtQueryWork } from './debt-query.work.ts';

@Module({
  imports: [PublicationModule],
  controllers: [DebtQueryController],
  providers: [DebtQueryService, DebtQueryForm, DebtQueryStore, DebtQueryWork],
  exports: [DebtQueryWork],
})
export class DebtQueryModule {}
