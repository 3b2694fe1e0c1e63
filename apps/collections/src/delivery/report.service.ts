import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { databaseNow, EVERY_INSTITUTION, inTransaction } from '#pg';
import { answerReports, checkReports, wordOfGateway, type DeliveryReport, type DeliveryReportsAnswer, type SignedReports } from '#sending';
import { CONFIG } from '#service';
import { isUuid } from '#wire';
import type { CollectionsConfig } from '../config.ts';
import { ReportStore } from './report.store.ts';

/** What gateways say of messages that they took: signed, in any order, as often as they like. */
@Injectable()
export class ReportService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ReportStore) private readonly store: ReportStore,
    @Inject(CONFIG) private readonly config: Pick<CollectionsConfig, 'deliveryReportSecrets'>,
  ) {}

  /** Refuses with NOT_FOUND where no secret is set, UNAUTHENTICATED without a good signature, INVALID for an instant to come. */
  async take(reports: readonly DeliveryReport[], signed: SignedReports): Promise<DeliveryReportsAnswer> {
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => {
      const now = this.clock.override ?? (await databaseNow(tx));
      checkReports(this.config.deliveryReportSecrets, reports, signed, now);
      const known = await this.store.apply(
        tx,
        reports
          .filter(({ id }) => isUuid(id))
          .map(({ id, state, at, code }) => ({ id: id.toLowerCase(), state, at, code: wordOfGateway(code) })),
        now,
      );
      return answerReports(reports, known);
    });
  }
}
