import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { databaseNow, inTransaction } from '#pg';
import { FORBIDDEN, INVALID, Refusal } from '#problem';
import { daysBetween, shareAt } from './running-share.ts';
import type { OutsourcedShareRequest, OutsourcedShareView } from './share.dto.ts';
import { ShareStore } from './share.store.ts';

const MOST_POINTS = 400;
const MOST_DAYS = 3660;
const zone = Zone.of(DEFAULT_TIME_ZONE);

/** How much of the open cases is with agencies, over time (CC22: lower the dependence). */
@Injectable()
export class ShareService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ShareStore) private readonly store: ShareStore,
  ) {}

  /** Refuses with INVALID, FORBIDDEN for an agency's people. */
  async over(principal: Principal, { from, to, step = 'day' }: OutsourcedShareRequest): Promise<OutsourcedShareView> {
    const { institutionId, agencyId } = principal;
    if (agencyId !== null) throw new Refusal(FORBIDDEN, { detail: 'The share with agencies is the institution’s own figure.' });
    if (to < from) throw invalid('/to', `is before ${from}`);
    if ((Date.parse(to) - Date.parse(from)) / 86_400_000 > MOST_DAYS) throw invalid('/to', `is more than ${MOST_DAYS} days after ${from}`);
    const days = daysBetween(from, to, step);
    if (days.length > MOST_POINTS)
      throw invalid('/step', `makes ${days.length} points; ask for months, or for at most ${MOST_POINTS} days`);
    return inTransaction(this.database, principal, async (tx) => {
      const today = zone.format((this.clock.override ?? (await databaseNow(tx))).getTime()).slice(0, 10);
      const since = await this.store.since(tx, institutionId);
      if (since === null) return { knownSince: null, points: [] };
      const first = zone.format(since.getTime()).slice(0, 10);
      const changes = await this.store.changes(tx, institutionId, to, zone.id);
      const known = days.filter((day) => day >= first && day <= today);
      return { knownSince: zone.format(since.getTime()), points: shareAt(known, changes) };
    });
  }
}

const invalid = (pointer: string, detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer, detail }] });
