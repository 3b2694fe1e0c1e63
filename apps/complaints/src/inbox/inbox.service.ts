import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { inTransaction } from '#pg';
import { ReadingService } from '../complaint/reading.service.ts';
import { DeskService } from '../desk/desk.service.ts';
import { COUNTER_NAMES } from './counters.ts';
import {
  AGE_BANDS,
  LEFT_BANDS,
  type AgeingRequest,
  type AgeingView,
  type InboxRequest,
  type InboxView,
  type WorkloadRequest,
  type WorkloadView,
} from './inbox.dto.ts';
import { InboxStore } from './inbox.store.ts';

/** What somebody has to look at, and who has how much. */
@Injectable()
export class InboxService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(InboxStore) private readonly store: InboxStore,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(DeskService) private readonly desk: DeskService,
  ) {}

  inbox(principal: Principal, request: InboxRequest): Promise<InboxView> {
    const onlyHandles = principal.roles.includes('complaint-handler') && !principal.roles.includes('complaint-supervisor');
    const scope = request.scope ?? (onlyHandles ? 'mine' : 'all');
    return inTransaction(this.database, principal, async (tx) => {
      const now = await this.reading.now(tx);
      const counts = await this.store.counts(tx, principal, scope === 'mine' ? principal.subject : null, now);
      return {
        scope,
        at: Zone.of(DEFAULT_TIME_ZONE).format(now.getTime()),
        counters: COUNTER_NAMES.map((name) => ({ name, count: counts[name] })),
      };
    });
  }

  workload(principal: Principal, { by = 'handler' }: WorkloadRequest): Promise<WorkloadView> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const rows = await this.store.workload(tx, institutionId, by, await this.reading.now(tx));
      const subjects = by === 'handler' ? rows.flatMap(({ key }) => key ?? []) : [];
      const names = await this.desk.names(tx, institutionId, subjects);
      return { items: rows.map(({ unitName, ...row }) => ({ ...row, name: unitName ?? names.get(row.key ?? '') ?? null })) };
    });
  }

  ageing(principal: Principal, { handler }: AgeingRequest): Promise<AgeingView> {
    const named = handler === 'me' ? principal.subject : handler || null;
    return inTransaction(this.database, principal, async (tx) => {
      const cells = await this.store.ageing(tx, principal.institutionId, named, await this.reading.now(tx));
      const place = ({ age, left }: (typeof cells)[number]): number =>
        AGE_BANDS.findIndex((band) => band === age) * LEFT_BANDS.length + LEFT_BANDS.findIndex((band) => band === left);
      return {
        cells: cells.toSorted((a, b) => place(a) - place(b)).map(({ age, left, count }) => ({ age, left, count })),
        total: cells.reduce((sum, { count }) => sum + count, 0),
      };
    });
  }
}
