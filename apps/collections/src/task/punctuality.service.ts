import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE } from '#contact-rules';
import { inTransaction } from '#pg';
import { INVALID, Refusal } from '#problem';
import type { PunctualityRequest, PunctualityRow, PunctualityView } from './punctuality.dto.ts';
import { PunctualityStore, type PunctualityRecord } from './punctuality.store.ts';
import { reachOf } from './superiors.ts';
import { TaskDesk } from './task-desk.ts';

const MOST_DAYS = 1098;
const DAY_MS = 86_400_000;
const NOTHING: PunctualityRow = { key: null, inTime: 0, late: 0, openOverdue: 0, extended: 0, medianHours: null, p90Hours: null };

/** How punctual people are: what was done in the period, and what fell due in it and is still open. */
@Injectable()
export class PunctualityService {
  constructor(
    @Inject(TaskDesk) private readonly desk: TaskDesk,
    @Inject(PunctualityStore) private readonly store: PunctualityStore,
  ) {}

  /** One's own; who supervises, the team's as well. Refuses with INVALID. */
  async find(principal: Principal, { from, to, by = 'person', agencyId }: PunctualityRequest): Promise<PunctualityView> {
    if (to < from) throw invalid('/to', 'must not be before `from`');
    if (Date.parse(to) - Date.parse(from) > MOST_DAYS * DAY_MS) throw invalid('/to', `must be within ${MOST_DAYS} days of \`from\``);
    const reach = reachOf(principal);
    const records = await inTransaction(this.desk.database, principal, async (tx) =>
      this.store.count(tx, reach, by, { from, to, zone: DEFAULT_TIME_ZONE, now: await this.desk.now(tx), agencyId: agencyId ?? null }),
    );
    const total = records.find(({ isTotal }) => isTotal);
    return {
      from,
      to,
      by,
      own: reach.team.length === 0,
      rows: records.filter(({ isTotal }) => !isTotal).map(toRow),
      total: total ? toRow(total) : NOTHING,
    };
  }
}

const invalid = (pointer: string, detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer, detail }] });
const rounded = (hours: number | null): number | null => (hours === null ? null : Math.round(hours * 100) / 100);

const toRow = ({ key, inTime, late, openOverdue, extended, medianHours, p90Hours }: PunctualityRecord): PunctualityRow => ({
  key,
  inTime,
  late,
  openOverdue,
  extended,
  medianHours: rounded(medianHours),
  p90Hours: rounded(p90Hours),
});
