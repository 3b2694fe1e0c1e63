import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import { inTransaction } from '#pg';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { CaseService } from '../case/case.service.ts';
import { TIMELINE_KINDS, type TimelineEntry, type TimelineRequest } from './note.dto.ts';
import { TimelineStore, type TimelineRecord } from './timeline.store.ts';

const DEFAULT_LIMIT = 50;

const isPlace = (key: string): boolean => {
  const [at = '', id = ''] = key.split(' ');
  return !Number.isNaN(Date.parse(at)) && isUuid(id);
};

/** What happened on a case, as far as the reader may see it. */
@Injectable()
export class TimelineService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CaseService) private readonly cases: CaseService,
    @Inject(TimelineStore) private readonly store: TimelineStore,
  ) {}

  /** The newest first. Refuses with NOT_FOUND, INVALID for a cursor that is not ours. */
  async list(principal: Principal, caseId: string, request: TimelineRequest, requestId: string): Promise<Page<TimelineEntry>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const key = decodeCursor(request.cursor, isPlace);
    const [at = '', id = ''] = key?.split(' ') ?? [];
    const before = key === null ? null : { at: new Date(at), id };
    return inTransaction(this.database, principal, async (tx) => {
      const { caseUuid, timeZone } = await this.cases.place(tx, principal, caseId);
      const kinds = request.kind === undefined ? TIMELINE_KINDS : [request.kind];
      const rows = await this.store.list(tx, caseUuid, principal.agencyId, kinds, before, limit);
      const sees = this.cases.seesPersonalData(principal) || principal.roles.includes('compliance');
      const page = toPage(
        rows,
        limit,
        (row) => `${row.at.toISOString()} ${row.id}`,
        (row) => toEntry(row, sees, Zone.of(timeZone)),
      );
      const ids = page.items.filter(({ text }) => text !== null).map((entry) => entry.id);
      await this.cases.noteShown(tx, principal, { resource: 'case-timeline', ids, fields: ['text'] }, requestId);
      return page;
    });
  }
}

const toEntry = ({ kind, id, at, by, agencyId, detail, text }: TimelineRecord, sees: boolean, zone: Zone): TimelineEntry => ({
  kind,
  id,
  at: zone.format(at.getTime()),
  by,
  agencyId,
  detail,
  text: sees ? text : null,
});
