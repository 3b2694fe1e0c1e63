import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { Refusal } from '#problem';
import { isUuid } from '#wire';
import { AfterDesk, endOfDay, sayIn, sayOrNull, wrong, type At, type Call, type Reader } from '../aftercare/aftercare.desk.ts';
import { NOT_IN_THIS_STATE } from '../aftercare/aftercare.refusals.ts';
import { InvolvementService } from '../aftercare/involvement.service.ts';
import { ApprovalService } from '../approval/approval.service.ts';
import type {
  CauseSettlementRequest,
  CauseStatistics,
  CauseStatisticsRequest,
  RootCauseList,
  RootCauseRequest,
  RootCauseView,
} from './root-cause.dto.ts';
import { CAUSE_KNOWN, NOT_JUSTIFIED } from './root-cause.refusals.ts';
import { RootCauseStore, type CauseRecord } from './root-cause.store.ts';

export type { CauseOf, CauseRecord } from './root-cause.store.ts';

const WHYS = 'root_cause.whys';
const NOTE = 'root_cause.note';
/** The kind of its requests for approval. */
const KIND = 'root-cause' as const;
const MOST_DAYS = 3700;

/** Why a justified complaint came about: proposed by one, confirmed by another. */
@Injectable()
export class RootCauseService {
  constructor(
    @Inject(AfterDesk) private readonly desk: AfterDesk,
    @Inject(RootCauseStore) private readonly store: RootCauseStore,
    @Inject(InvolvementService) private readonly involvement: InvolvementService,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
  ) {}

  /** Refuses with NOT_FOUND, INVALID, NOT_JUSTIFIED, CAUSE_KNOWN, RECUSED, IDEMPOTENCY_KEY_REUSED. */
  async propose(principal: Principal, complaintId: string, request: RootCauseRequest, call: Call): Promise<RootCauseView> {
    const { kind, objectKind, whys } = request;
    const objectRef = request.objectRef || null;
    if (objectKind === 'none' && objectRef !== null) throw wrong('/objectRef', 'is left out where it is attributed to nothing');
    if (objectKind !== 'none' && objectRef === null) throw wrong('/objectRef', `say which ${objectKind}`);
    return this.desk.change(principal, async () => complaintId, call, {
      work: async (at) => {
        const { tx, record, now } = at;
        if (!(await this.involvement.isJustified(at)))
          throw new Refusal(NOT_JUSTIFIED, { detail: `${record.number} was not found justified, or is not decided.` });
        const { institutionId, id } = record;
        const whysSealed = this.desk.seal(JSON.stringify(whys), WHYS);
        const one = { institutionId, complaintId: id, kind, objectKind, objectRef, whysSealed, by: principal.subject, at: now };
        const made = await this.store.add(tx, one);
        if (made === null) throw new Refusal(CAUSE_KNOWN, { detail: 'Confirm or replace the one that is there.' });
        const asking = {
          institutionId,
          complaintId: id,
          kind: KIND,
          ref: made,
          role: 'complaint-supervisor',
          askedBy: principal.subject,
        } as const;
        await this.approvals.ask(tx, asking, now);
        await this.desk.note(at, 'cause-proposed', { causeId: made, cause: kind, objectKind, objectRef });
        return made;
      },
      show: (at, id) => this.view(at, id, call),
    });
  }

  /** By another person than who proposed it. Refuses with NOT_FOUND, INVALID, OWN_REQUEST, ALREADY_SETTLED, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  async settle(principal: Principal, id: string, { confirmed, note }: CauseSettlementRequest, call: Call): Promise<RootCauseView> {
    if (!confirmed && !note) throw wrong('/note', 'say why it goes back');
    return this.change(principal, id, call, async (at, cause) => {
      const { tx, record, now } = at;
      const of = { institutionId: record.institutionId, kind: KIND, ref: cause.id };
      await this.approvals.settle(tx, principal, of, confirmed ? 'approved' : 'refused', now);
      const noteSealed = note ? this.desk.seal(note, NOTE) : null;
      await this.store.settle(tx, cause.id, confirmed ? 'confirmed' : 'returned', principal.subject, now, noteSealed);
      await this.desk.note(at, confirmed ? 'cause-confirmed' : 'cause-returned', { causeId: cause.id, cause: cause.kind });
    });
  }

  /** It was not the cause after all; what was measured on it stays as it was. Refuses with NOT_FOUND, NOT_IN_THIS_STATE, IDEMPOTENCY_KEY_REUSED. */
  async replace(principal: Principal, id: string, reason: string, call: Call): Promise<RootCauseView> {
    return this.change(principal, id, call, async (at, cause) => {
      if (cause.state !== 'confirmed')
        throw new Refusal(NOT_IN_THIS_STATE, { detail: `It is ${cause.state}; only what is confirmed is replaced.` });
      await this.store.replace(at.tx, cause.id, at.now, this.desk.seal(reason, NOTE));
      await this.desk.note(at, 'cause-replaced', { causeId: cause.id, cause: cause.kind });
    });
  }

  private change(
    principal: Principal,
    id: string,
    call: Call,
    work: (at: At, cause: CauseRecord) => Promise<void>,
  ): Promise<RootCauseView> {
    const find = async (tx: Tx) => (isUuid(id) ? this.store.complaintOf(tx, principal.institutionId, id) : null);
    return this.desk.change(principal, find, call, {
      work: async (at) => {
        const cause = await this.store.find(at.tx, id);
        if (cause === null) throw new Error('a cause went while its complaint was locked');
        await work(at, cause);
        return id;
      },
      show: (at) => this.view(at, id, call),
    });
  }

  /** Refuses with NOT_FOUND. */
  async list(principal: Principal, complaintId: string, requestId: string): Promise<RootCauseList> {
    return this.desk.look(
      principal,
      async () => complaintId,
      async (at) => {
        const records = await this.store.ofComplaint(at.tx, at.record.id);
        await this.desk.noteRead(at, records.length === 0 ? [] : [at.record.id], ['rootCause'], requestId);
        const reader = this.desk.readerOf(principal, at.record, at.now);
        const justified = await this.involvement.isJustified(at);
        return { items: records.map((record) => toView(record, reader, at)), justified, masked: reader.masked };
      },
    );
  }

  /** What was confirmed in a time, the most frequent first. Refuses with INVALID. */
  async statistics(principal: Principal, { from, to }: CauseStatisticsRequest): Promise<CauseStatistics> {
    if (to < from) throw wrong('/to', 'is before `from`');
    if (Date.parse(to) - Date.parse(from) > MOST_DAYS * 86_400_000) throw wrong('/to', 'is more than ten years after `from`');
    const zone = Zone.of(DEFAULT_TIME_ZONE);
    const [first, until] = [new Date(zone.dateStart(from)), endOfDay(zone, to).dueAt];
    return this.desk.read(principal, async (tx) => ({
      ...(await this.store.justified(tx, principal.institutionId, first, until)),
      items: await this.store.counts(tx, principal.institutionId, first, until),
    }));
  }

  /** For other rooms: those that there are in the institution. */
  causes(tx: Tx, institutionId: string, ids: readonly string[]): Promise<CauseRecord[]> {
    return this.store.findMany(tx, institutionId, ids);
  }

  private async view(at: At, id: string, { requestId }: Call): Promise<RootCauseView> {
    const record = await this.store.find(at.tx, id);
    if (record === null) throw new Error('a cause went while its complaint was locked');
    await this.desk.noteRead(at, [record.complaintId], ['rootCause'], requestId);
    return toView(record, this.desk.readerOf(at.principal, at.record, at.now), at);
  }
}

function toView(record: CauseRecord, { open }: Reader, { record: { timeZone } }: At): RootCauseView {
  const zone = Zone.of(timeZone);
  return {
    id: record.id,
    kind: record.kind,
    objectKind: record.objectKind,
    objectRef: record.objectRef,
    // Sealed as one text; masked as one as well, which leaves its marks alone.
    whys: JSON.parse(open(record.whysSealed, WHYS) ?? '[]') as string[],
    state: record.state,
    proposedBy: record.proposedBy,
    proposedAt: sayIn(zone, record.proposedAt),
    settledBy: record.settledBy,
    settledAt: sayOrNull(zone, record.settledAt),
    note: open(record.noteSealed, NOTE),
    rectificationId: record.rectificationId,
  };
}
