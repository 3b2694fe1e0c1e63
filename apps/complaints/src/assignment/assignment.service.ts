import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { inTransaction, type Tx } from '#pg';
import { FORBIDDEN, INVALID, Refusal } from '#problem';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { HANDLED_BY_OTHER } from '../complaint/complaint.refusals.ts';
import type { ComplaintView } from '../complaint/complaint.view.ts';
import { HandingService, type Handing } from '../complaint/handing.service.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { DeskService } from '../desk/desk.service.ts';
import type { AssignmentRequest } from './assignment.dto.ts';
import { COMPLAINT_CLOSED, NO_CANDIDATE } from './assignment.refusals.ts';
import { SuggestionService, type Weighed } from './suggestion.service.ts';

/** What the rooms around lend to this one. */
@Injectable()
export class AssignmentDesk {
  constructor(
    @Inject(DataSource) readonly database: DataSource,
    @Inject(ReadingService) readonly reading: ReadingService,
    @Inject(HandingService) readonly handing: HandingService,
    @Inject(DeskService) readonly desk: DeskService,
  ) {}
}

const SYSTEM = 'system:assignment';

/** The system, as who acts on a complaint of an institution. */
export const systemOf = (institutionId: string): Principal => ({
  subject: SYSTEM,
  clientId: null,
  institutionId,
  agencyId: null,
  roles: [],
});

/** Who handles a complaint: chosen, taken, or by the rule. */
@Injectable()
export class AssignmentService {
  constructor(
    @Inject(AssignmentDesk) private readonly desk: AssignmentDesk,
    @Inject(SuggestionService) private readonly suggestions: SuggestionService,
  ) {}

  /**
   * A supervisor gives a complaint to anyone; a handler takes one that nobody has, or whose handler is away. Refuses with NOT_FOUND, RECUSED for who may
   * not act on it, FORBIDDEN when a handler names another, HANDLED_BY_OTHER, NO_CANDIDATE, INVALID, and automatically with COMPLAINT_CLOSED.
   */
  async assign(principal: Principal, id: string, request: AssignmentRequest, requestId: string): Promise<ComplaintView> {
    return inTransaction(this.desk.database, principal, async (tx) => {
      const record = await this.desk.reading.lock(tx, principal, id);
      await this.assignIn(tx, principal, record, request, await this.desk.reading.now(tx));
      return this.desk.reading.view(tx, principal, id, requestId);
    });
  }

  /** The same with a complaint that is locked, for other rooms. */
  async assignIn(tx: Tx, principal: Principal, record: ComplaintRecord, request: AssignmentRequest, now: Date): Promise<void> {
    const { handler, auto, reason } = request;
    if ((auto ?? false) === Boolean(handler))
      throw new Refusal(INVALID, { errors: [{ pointer: '/handler', detail: 'say either who is to handle it, or `auto`' }] });
    const handing = handler ? await this.named(tx, principal, record, handler, now) : await this.chosen(tx, principal, record, now);
    await this.desk.handing.hand(tx, record, { ...handing, by: principal.subject, reason: reason ?? null }, now);
  }

  /** By the rule, if the institution has it so: what nobody has yet. For the worker; doing it again changes nothing. */
  async assignNew(institutionId: string, ids: readonly string[]): Promise<number> {
    const system = systemOf(institutionId);
    let assigned = 0;
    for (const id of ids) {
      const isDone = await inTransaction(this.desk.database, system, async (tx) => {
        const record = await this.desk.reading.lockAsParty(tx, system, id);
        if (record.handler !== null || record.closedAt !== null) return false;
        const now = await this.desk.reading.now(tx);
        await this.desk.handing.lockLoads(tx, institutionId);
        const weighed = await this.suggestions.weigh(tx, record, now);
        const [best] = weighed.candidates;
        if (!weighed.rule.automatic || !best) return false;
        return this.desk.handing.hand(tx, record, { ...automatic(weighed), by: SYSTEM }, now);
      });
      if (isDone) assigned += 1;
    }
    return assigned;
  }

  private async named(
    tx: Tx,
    principal: Principal,
    record: ComplaintRecord,
    handler: string,
    now: Date,
  ): Promise<Pick<Handing, 'handler' | 'how'>> {
    const { subject, roles } = principal;
    await this.desk.reading.refuseRecused(tx, handler, record, '/handler');
    if (roles.includes('complaint-supervisor')) return { handler, how: 'chosen' };
    if (handler !== subject)
      throw new Refusal(FORBIDDEN, { detail: 'A handler takes complaints for himself; a supervisor assigns others.' });
    if (record.handler === null || record.handler === subject) return { handler, how: 'taken' };
    const holder = await this.desk.desk.member(tx, record.institutionId, record.handler, now);
    if (holder !== null && (holder.away !== null || !holder.active)) return { handler, how: 'absent' };
    throw new Refusal(HANDLED_BY_OTHER, { detail: `${record.handler} handles it; a supervisor can assign it to you.` });
  }

  private async chosen(tx: Tx, { roles }: Principal, record: ComplaintRecord, now: Date): Promise<Omit<Handing, 'by'>> {
    if (!roles.includes('complaint-supervisor'))
      throw new Refusal(FORBIDDEN, { detail: 'A supervisor has complaints assigned; a handler takes them.' });
    if (record.closedAt !== null) throw new Refusal(COMPLAINT_CLOSED);
    await this.desk.handing.lockLoads(tx, record.institutionId);
    return automatic(await this.suggestions.weigh(tx, record, now));
  }
}

/** To the first of those who can take it, with what spoke for him. Refuses with NO_CANDIDATE. */
export function automatic({ candidates, out }: Weighed): Pick<Handing, 'handler' | 'how' | 'data'> {
  const [best] = candidates;
  if (!best) {
    const why = out.map(({ subject, reason }) => `${subject} ${reason}`).join(', ');
    throw new Refusal(NO_CANDIDATE, { detail: why === '' ? 'The desk has no members yet.' : `Out: ${why}.` });
  }
  const { score, parts, load, capacity } = best;
  return { handler: best.subject, how: 'automatic', data: { score, parts, load, capacity, candidates: candidates.length } };
}
