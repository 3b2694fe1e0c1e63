import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { FORBIDDEN, Refusal } from '#problem';
import { Vault } from '#vault';
import { ApprovalService } from '../approval/approval.service.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { DECISION_APPROVAL, DecisionDesk } from './decision.desk.ts';
import type { DecisionAnswer } from './decision.dto.ts';
import { DECISION_STATE, OWN_DECISION } from './decision.refusals.ts';
import { DecisionService, type DecisionAsked } from './decision.service.ts';
import { DecisionStore, type DecisionRecord } from './decision.store.ts';
import { openContent, VERDICT_CONTEXT } from './decision.view.ts';

// A note of a verdict stands in the timeline as well, and is sealed there as every note is.
const ENTRY_NOTE = 'clock_event.note';

/** Those who approve, send back or take back: of two at once exactly one finds the decision waiting. */
@Injectable()
export class VerdictService {
  constructor(
    @Inject(DecisionStore) private readonly store: DecisionStore,
    @Inject(DecisionService) private readonly decisions: DecisionService,
    @Inject(DecisionDesk) private readonly desk: DecisionDesk,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /**
   * Approves; the last approval is the instant of the decision. Refuses with NOT_FOUND, RECUSED, DECISION_STATE, OWN_DECISION, FORBIDDEN,
   * IDEMPOTENCY_KEY_REUSED. Where the rules do not allow the decision any more it lapses, and the answer says why.
   */
  async approve(asked: DecisionAsked, version: string, note: string | null): Promise<DecisionAnswer> {
    const { principal } = asked;
    return this.decisions.step(asked, version, async (tx, complaint, record, now) => {
      await this.refuseUnfit(tx, asked, complaint, record);
      const { institutionId, id } = record;
      await this.approvals.settle(tx, principal, { institutionId, kind: DECISION_APPROVAL, ref: id }, 'approved', now);
      const noteSealed = note ? this.vault.seal(note, VERDICT_CONTEXT) : null;
      await this.store.judge(tx, institutionId, { decision: id, by: principal.subject, verdict: 'approved', at: now, noteSealed });
      await this.desk.note(tx, record, 'decision-approved', principal.subject, now);
      const given = (await this.store.verdicts(tx, [id])).filter(({ verdict }) => verdict === 'approved').length;
      if (given >= record.approvers)
        return this.desk.decide(tx, principal, complaint, record, { content: openContent(this.vault, record), at: now });
      await this.desk.askNext(tx, record, now);
      return { entryId: '', eventId: null, rejected: { code: `awaits-${record.role ?? ''}`, source: 'product' } };
    });
  }

  /** Sends it back to be changed. Refuses as `approve` does. */
  async giveBack(asked: DecisionAsked, version: string, reason: string): Promise<DecisionAnswer> {
    const { principal } = asked;
    return this.decisions.step(asked, version, async (tx, complaint, record, at) => {
      await this.refuseUnfit(tx, asked, complaint, record);
      const { institutionId, id: decision } = record;
      await this.approvals.settle(tx, principal, { institutionId, kind: DECISION_APPROVAL, ref: decision }, 'refused', at);
      const by = principal.subject;
      const noteSealed = this.vault.seal(reason, VERDICT_CONTEXT);
      await this.store.judge(tx, institutionId, { decision, by, verdict: 'returned', at, noteSealed });
      const entryNote = this.vault.seal(JSON.stringify({ note: reason }), ENTRY_NOTE);
      await this.desk.rest(tx, record, { kind: 'decision-returned', by, at, noteSealed: entryNote });
      return null;
    });
  }

  /** Whoever wrote or submitted it takes it back, or a supervisor. Refuses with NOT_FOUND, RECUSED, DECISION_STATE, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  async takeBack(asked: DecisionAsked, version: string): Promise<DecisionAnswer> {
    const { subject: by, roles } = asked.principal;
    return this.decisions.step(asked, version, async (tx, _complaint, record, at) => {
      refuseSettled(record);
      if (![record.draftedBy, record.submittedBy].includes(by) && !roles.includes('complaint-supervisor'))
        throw new Refusal(FORBIDDEN, { detail: 'Whoever wrote it takes it back, or a supervisor.' });
      const { institutionId, id } = record;
      await this.approvals.moot(tx, { institutionId, kind: DECISION_APPROVAL, ref: id }, by, at);
      await this.desk.rest(tx, record, { kind: 'decision-withdrawn', by, at });
      return null;
    });
  }

  /** Refuses with DECISION_STATE, OWN_DECISION, FORBIDDEN. */
  private async refuseUnfit(tx: Tx, { principal }: DecisionAsked, complaint: ComplaintRecord, record: DecisionRecord): Promise<void> {
    refuseSettled(record);
    const { subject, roles } = principal;
    if (record.role !== null && !roles.includes(record.role))
      throw new Refusal(FORBIDDEN, { detail: `To approve it takes the role ${record.role}.` });
    const own = [record.draftedBy, record.submittedBy, complaint.handler].includes(subject);
    const verdicts = await this.store.verdicts(tx, [record.id]);
    if (own || verdicts.some(({ by }) => by === subject))
      throw new Refusal(OWN_DECISION, { detail: `${subject} had a part in it already.` });
  }
}

function refuseSettled({ state, version }: DecisionRecord): void {
  if (state !== 'waiting') throw new Refusal(DECISION_STATE, { detail: `Version ${version} is ${state}; nobody is asked for it.` });
}
