import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { LOGGER } from '#service';
import type { Logger } from '#telemetry';
import { asksCalendar, calendarsOfAll, type Calendars } from '../calendar/stored-calendars.ts';
import { differenceOf, expectedOf } from '../complaint/difference.ts';
import { LedgerService, type OpenLedger } from '../complaint/ledger.service.ts';
import { ReadingService } from '../complaint/reading.service.ts';

import { DueCheckStore } from './due-check.store.ts';

const BATCH = 500;
const HOUR_MS = 3_600_000;
// When the desks are empty: a night is named by the date on which it ends.
const BEGINS_AT_HOUR = 2;

export interface Checked {
  readonly checked: number;
  readonly corrected: number;
}

/** The night whose check is to be done at an instant. */
export const nightOf = (now: Date): string =>
  Zone.of(DEFAULT_TIME_ZONE)
    .format(now.getTime() - BEGINS_AT_HOUR * HOUR_MS)
    .slice(0, 10);

/** Compares what the columns of open complaints say with what follows from their ledgers. They are the same, or something is broken. */
@Injectable()
export class DueCheckService implements BeforeApplicationShutdown {
  private stopped = false;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(DueCheckStore) private readonly store: DueCheckStore,
    @Inject(LedgerService) private readonly ledger: LedgerService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopped = true;
  }

  /** Does what is left of this night's check, if nobody else is at it. What differs is corrected, logged, and told in the complaint's timeline. */
  async run(): Promise<Checked> {
    const started = await this.inBatch(async (tx, now) => {
      await this.store.begin(tx, nightOf(now), now);
      return nightOf(now);
    });
    const total = { checked: 0, corrected: 0 };
    while (!this.stopped) {
      const batch = await this.inBatch((tx, now) => this.checkBatch(tx, started, now));
      total.checked += batch.checked;
      total.corrected += batch.corrected;
      if (batch.checked < BATCH) break;
    }
    return total;
  }

  private inBatch<T>(work: (tx: Tx, now: Date) => Promise<T>): Promise<T> {
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => work(tx, await this.reading.now(tx)));
  }

  private async checkBatch(tx: Tx, night: string, now: Date): Promise<Checked> {
    const progress = await this.store.take(tx, night);
    if (progress === null) return { checked: 0, corrected: 0 };
    const batch = await this.ledger.openAfter(tx, progress.afterId, BATCH);
    const by = await this.calendars(tx, batch);
    const differs = (one: OpenLedger): boolean => {
      const calendars = by(one);
      return calendars !== null && differenceOf(one, calendars, now) !== null;
    };
    const suspects = batch.filter(differs).map(({ id }) => id);
    const corrected = suspects.length === 0 ? 0 : await this.correct(tx, suspects, now);
    const afterId = batch.at(-1)?.id ?? progress.afterId;
    const sums = { afterId, checked: progress.checked + batch.length, corrected: progress.corrected + corrected };
    await this.store.advance(tx, night, sums, batch.length < BATCH ? now : null);
    return { checked: batch.length, corrected };
  }

  private async correct(tx: Tx, ids: readonly string[], now: Date): Promise<number> {
    let corrected = 0;
    const locked = await this.ledger.lockOpen(tx, ids);
    // After the locks: what was published meanwhile holds.
    const by = await this.calendars(tx, locked);
    for (const one of locked) {
      const calendars = by(one);
      const difference = calendars && differenceOf(one, calendars, now);
      if (!calendars || !difference) continue;
      corrected += 1;
      this.logger.error({ complaintId: one.id, ...difference }, 'due columns differ from the ledger; corrected');
      await this.ledger.correct(tx, one, expectedOf(one, calendars, now), now, difference);
    }
    return corrected;
  }

  /** The calendars that a clock is judged by; null for one that a publication has still to move: that is no fault. */
  private async calendars(tx: Tx, clocks: readonly OpenLedger[]): Promise<(one: OpenLedger) => Calendars | null> {
    const recomputing = await this.store.recomputing(tx);
    const of = await calendarsOfAll(tx, [...new Set(clocks.map(({ institutionId }) => institutionId))]);
    return ({ institutionId, pack }) => (recomputing.has(institutionId) && asksCalendar(pack) ? null : of(institutionId));
  }
}
