import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { databaseNow, EVERY_INSTITUTION, inTransaction } from '#pg';
import { INVALID, NOT_FOUND, Refusal, UNAUTHENTICATED } from '#problem';
import { checkSignature } from '#sending';
import { CONFIG } from '#service';
import { isUuid } from '#wire';
import type { CollectionsConfig } from '../config.ts';
import type { DeliveryReport, DeliveryReportsAnswer } from './delivery.dto.ts';
import { ReportStore } from './report.store.ts';

const AHEAD_MS = 300_000;
// A word of the gateway's, and nothing that could be a number or a text.
const CODE = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

export interface Signed {
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  /** The body as it came; null: it was none that is signed. */
  readonly body: Buffer | null;
}

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
  async take(reports: readonly DeliveryReport[], { timestamp = '', signature = '', body }: Signed): Promise<DeliveryReportsAnswer> {
    const secrets = this.config.deliveryReportSecrets;
    if (secrets.length === 0) throw new Refusal(NOT_FOUND, { detail: 'Delivery reports are not set up: DELIVERY_REPORT_SECRETS.' });
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => {
      const now = this.clock.override ?? (await databaseNow(tx));
      if (body === null || !checkSignature(secrets, { timestamp, signature, body }, now))
        throw new Refusal(UNAUTHENTICATED, { detail: 'Sign timestamp, a dot and the body with the secret, within five minutes.' });
      const errors = reports.flatMap(({ at }, index) =>
        new Date(at).getTime() > now.getTime() + AHEAD_MS ? [{ pointer: `/reports/${index}/at`, detail: 'is in the future' }] : [],
      );
      if (errors.length > 0) throw new Refusal(INVALID, { errors });
      const known = await this.store.apply(
        tx,
        reports
          .filter(({ id }) => isUuid(id))
          .map(({ id, state, at, code }) => ({ id: id.toLowerCase(), state, at, code: code && CODE.test(code) ? code : null })),
        now,
      );
      const unknown = [...new Set(reports.map(({ id }) => id))].filter((id) => !known.has(id.toLowerCase()));
      return { taken: reports.length - reports.filter(({ id }) => unknown.includes(id)).length, unknown };
    });
  }
}
