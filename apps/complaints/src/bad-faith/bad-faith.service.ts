import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { isUuid } from '#wire';
import { ApprovalService } from '../approval/approval.service.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { otherThan, SortingDesk, type ActOn, type Moment } from '../sorting/sorting.desk.ts';
import type { BadFaithDecisionRequest, BadFaithReportRequest, BadFaithSecondRequest, BadFaithView } from './bad-faith.dto.ts';
import { DECISION_WAITS, FLAG_WITHDRAWN, NOT_SUSPECTED, NOTHING_WAITS } from './bad-faith.refusals.ts';
import { BadFaithRoom } from './bad-faith.room.ts';
import { reportOf } from './report-text.ts';
import { JudgementStore, type DecisionRecord, type FlagRecord } from './judgement.store.ts';
import { ScoringService } from './scoring.service.ts';
import type { PaperFile } from '../sorting/paper.service.ts';

const KIND = 'bad-faith' as const;
// Not of the desk: four eyes of two offices.
const SECOND = 'compliance';

/** Who asked for what, in one place. */
export interface Asked extends ActOn {
  readonly requestId: string;
}

/**
 * Whether a complaint is suspected to be deliberately false (HLJ 29): signs are scored and explained, persons decide, and nothing of it touches the complaint's
 * state, its clock or what the complainant may do.
 */
@Injectable()
export class BadFaithService {
  constructor(
    @Inject(SortingDesk) private readonly desk: SortingDesk,
    @Inject(JudgementStore) private readonly store: JudgementStore,
    @Inject(ScoringService) private readonly scoring: ScoringService,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
    @Inject(BadFaithRoom) private readonly room: BadFaithRoom,
  ) {}

  /** Refuses with NOT_FOUND. */
  find(principal: Principal, complaintId: string, requestId: string): Promise<BadFaithView> {
    return this.desk.read(principal, async (tx) =>
      this.view(tx, principal, await this.room.reading.find(tx, principal, complaintId), requestId),
    );
  }

  /** A person says that a proof looks forged. Refuses with NOT_FOUND, RECUSED, IDEMPOTENCY_KEY_REUSED. */
  flag(asked: Asked, note: string): Promise<BadFaithView> {
    const { subject: by, institutionId } = asked.principal;
    return this.act(asked, async (tx, { record, now }) => {
      const noteSealed = this.room.seal(note);
      const id = await this.store.addFlag(tx, { institutionId, complaintId: record.id, noteSealed, by, at: now });
      await this.scoring.again(tx, institutionId, record.id, now);
      await this.room.note(tx, record, 'bad-faith-flagged', by, now, { flagId: id });
      return id;
    });
  }

  /** Refuses with NOT_FOUND, RECUSED, FLAG_WITHDRAWN. */
  withdrawFlag(asked: Asked, flagId: string): Promise<BadFaithView> {
    const { subject: by, institutionId } = asked.principal;
    return this.act(asked, async (tx, { record, now }) => {
      const flag = (await this.store.flags(tx, record.id)).find(({ id }) => isUuid(flagId) && id === flagId);
      if (!flag) throw new Refusal(NOT_FOUND, { detail: 'The complaint has no such flag.' });
      if (flag.withdrawnAt !== null) throw new Refusal(FLAG_WITHDRAWN, { detail: `${flag.withdrawnBy ?? ''} withdrew it.` });
      await this.store.withdrawFlag(tx, flag.id, by, now);
      await this.scoring.again(tx, institutionId, record.id, now);
      await this.room.note(tx, record, 'bad-faith-unflagged', by, now, { flagId: flag.id });
      return flag.id;
    });
  }

  /** A supervisor's word; `suspected` stands when a second person agrees. Refuses with NOT_FOUND, RECUSED, DECISION_WAITS, IDEMPOTENCY_KEY_REUSED. */
  decide(asked: Asked, { decision, reason }: BadFaithDecisionRequest): Promise<BadFaithView> {
    const { subject: by, institutionId } = asked.principal;
    return this.act(asked, async (tx, { record, now }) => {
      if ((await this.store.standing(tx, record.id)) === 'waiting')
        throw new Refusal(DECISION_WAITS, { detail: `Somebody with the role ${SECOND} answers it first.` });
      const score = (await this.store.score(tx, record.id))?.score ?? 0;
      const reasonSealed = this.room.seal(reason);
      const id = await this.store.addDecision(tx, { institutionId, complaintId: record.id, decision, reasonSealed, score, by, at: now });
      if (decision === 'suspected')
        await this.approvals.ask(tx, { institutionId, kind: KIND, ref: id, complaintId: record.id, role: SECOND, askedBy: by }, now);
      await this.room.note(tx, record, 'bad-faith-decided', by, now, { decision, score });
      return id;
    });
  }

  /** The second person's word. Refuses with NOT_FOUND, RECUSED, NOTHING_WAITS, FORBIDDEN for who decided, INVALID to disagree without a note. */
  second(asked: Asked, { agrees, note }: BadFaithSecondRequest): Promise<BadFaithView> {
    const { principal } = asked;
    const { institutionId, subject: by } = principal;
    return this.act(asked, async (tx, { record, now }) => {
      const [decision] = await this.store.decisions(tx, record.id);
      if (!decision || decision.decision !== 'suspected' || decision.secondAt !== null)
        throw new Refusal(NOTHING_WAITS, { detail: 'Look at the complaint again.' });
      otherThan(principal, [decision.decidedBy], 'this decision');
      if (!agrees && !note?.trim()) throw new Refusal(INVALID, { errors: [{ pointer: '/note', detail: 'say why it is not suspected' }] });
      await this.approvals.settle(tx, principal, { institutionId, kind: KIND, ref: decision.id }, agrees ? 'approved' : 'refused', now);
      const noteSealed = note?.trim() ? this.room.seal(note) : null;
      await this.store.second(tx, decision.id, { by, at: now, agrees, noteSealed });
      await this.room.note(tx, record, agrees ? 'bad-faith-confirmed' : 'bad-faith-refused', by, now, {});
      return decision.id;
    });
  }

  /** Writes to a regulator or the police: a PDF that is kept. Refuses with NOT_FOUND, RECUSED, NOT_SUSPECTED, IDEMPOTENCY_KEY_REUSED. */
  report(asked: Asked, request: BadFaithReportRequest): Promise<BadFaithView> {
    const { subject: madeBy, institutionId } = asked.principal;
    return this.act(asked, async (tx, { record, now }) => {
      const [decision] = await this.store.decisions(tx, record.id);
      if ((await this.store.standing(tx, record.id)) !== 'suspected' || !decision)
        throw new Refusal(NOT_SUSPECTED, { detail: 'Have it decided by two persons first.' });
      const score = await this.store.score(tx, record.id);
      const named = (score?.signals ?? []).flatMap(({ complaints }) => complaints);
      const numbers = new Map((await this.store.numbers(tx, institutionId, named)).map(({ id, number }) => [id, number]));
      const text = reportOf({ record, score, decision, numbers, request, reason: this.room.open(decision.reasonSealed) }, this.room.vault);
      const order = { institutionId, complaintId: record.id, about: record.id, kind: KIND, receiver: request.receiver, madeBy } as const;
      const { id, number } = await this.room.papers.print(tx, { ...order, prefix: 'EY', ...text }, now);
      await this.room.note(tx, record, 'bad-faith-reported', madeBy, now, { receiver: request.receiver, number });
      return id;
    });
  }

  /** Refuses with NOT_FOUND. */
  file(principal: Principal, complaintId: string, reportId: string, requestId: string): Promise<PaperFile> {
    return this.desk.read(principal, async (tx) => {
      const { reading, papers } = this.room;
      const record = await reading.find(tx, principal, complaintId);
      const file = await papers.file(tx, principal.institutionId, reportId, { complaintId: record.id });
      // Whoever may open it reads names in it.
      const look = { ...reading.readingOf(principal, await this.desk.now(tx)), masked: false };
      await reading.noteRead(tx, principal, look, [record.id], [`report ${reportId}`], requestId);
      return file;
    });
  }

  private act(asked: Asked, work: (tx: Tx, moment: Moment) => Promise<string>): Promise<BadFaithView> {
    return this.desk.onComplaint(asked, work, (tx, record) => this.view(tx, asked.principal, record, asked.requestId));
  }

  private async view(tx: Tx, principal: Principal, record: ComplaintRecord, requestId: string): Promise<BadFaithView> {
    const { reading, papers } = this.room;
    const look = reading.readingOf(principal, await this.desk.now(tx));
    const score = await this.store.score(tx, record.id);
    const [flags, decisions] = [await this.store.flags(tx, record.id), await this.store.decisions(tx, record.id)];
    if (flags.length + decisions.length > 0)
      await reading.noteRead(tx, principal, look, [record.id], ['bad-faith.flags', 'bad-faith.decisions'], requestId);
    const ids = (score?.signals ?? []).flatMap(({ complaints }) => complaints);
    const numbers = new Map((await this.store.numbers(tx, record.institutionId, ids)).map(({ id, number }) => [id, number]));
    const zone = Zone.of(record.timeZone);
    const open = (sealed: Buffer | null): string | null => (look.masked || sealed === null ? null : this.room.open(sealed));
    return {
      standing: await this.store.standing(tx, record.id),
      score: score?.score ?? null,
      signals: (score?.signals ?? []).map(({ signal, count, weight, points, complaints, words }) => ({
        signal,
        count,
        weight,
        points,
        complaints: complaints.flatMap((id) => {
          const number = numbers.get(id);
          return number === undefined ? [] : [{ id, number }];
        }),
        words,
      })),
      settingsVersion: score?.settingsVersion ?? null,
      computedAt: score && zone.format(score.computedAt.getTime()),
      flags: flags.map((flag) => toFlag(flag, zone, open)),
      decisions: decisions.map((decision) => toDecision(decision, zone, open)),
      reports: await papers.ofComplaint(tx, record.id, KIND),
    };
  }
}

type Open = (sealed: Buffer | null) => string | null;

const toFlag = (flag: FlagRecord, zone: Zone, open: Open): BadFaithView['flags'][number] => ({
  id: flag.id,
  note: open(flag.noteSealed),
  by: flag.flaggedBy,
  at: zone.format(flag.flaggedAt.getTime()),
  withdrawnBy: flag.withdrawnBy,
  withdrawnAt: flag.withdrawnAt && zone.format(flag.withdrawnAt.getTime()),
});

const toDecision = (decision: DecisionRecord, zone: Zone, open: Open): BadFaithView['decisions'][number] => ({
  id: decision.id,
  decision: decision.decision,
  reason: open(decision.reasonSealed),
  score: decision.score,
  by: decision.decidedBy,
  at: zone.format(decision.decidedAt.getTime()),
  secondBy: decision.secondBy,
  secondAt: decision.secondAt && zone.format(decision.secondAt.getTime()),
  secondAgrees: decision.secondAgrees,
  secondNote: open(decision.secondNoteSealed),
});
