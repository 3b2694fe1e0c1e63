import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { Refusal, type FieldError } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { localDay } from '../oversight/local-days.ts';
import { OversightDesk } from '../oversight/oversight.desk.ts';
import { bankOnly, invalid } from '../oversight/oversight.refusals.ts';
import { EffectService } from './effect.service.ts';
import { hasPeriod, LADDER, needsApproval, skips } from './ladder.ts';
import { END_NOTE, REASON, SanctionDesk, SKIP_REASON } from './sanction.desk.ts';
import type { LadderView, SanctionListRequest, SanctionRequest, SanctionView } from './sanction.dto.ts';
import { NOT_IN_FORCE, NOT_PROPOSED, OWN_SANCTION, STEP_SKIPPED } from './sanction.refusals.ts';
import { GROUND_KINDS, SanctionStore, type Ground, type SanctionRecord } from './sanction.store.ts';

const DEFAULT_LIMIT = 50;
const SOURCE = 'HLJ 36';

/** The ladder of HLJ 36: who takes which step, with whose approval. */
@Injectable()
export class SanctionService {
  constructor(
    @Inject(OversightDesk) private readonly oversight: OversightDesk,
    @Inject(SanctionDesk) private readonly desk: SanctionDesk,
    @Inject(SanctionStore) private readonly store: SanctionStore,
    @Inject(EffectService) private readonly effects: EffectService,
  ) {}

  /** An agency finds its own alone, once in force. Refuses with INVALID for a cursor that is not ours. */
  list(principal: Principal, request: SanctionListRequest): Promise<Page<SanctionView>> {
    const { institutionId, agencyId: own } = principal;
    const { agencyId = null, state = null, limit = DEFAULT_LIMIT } = request;
    const after = decodeCursor(request.cursor, isUuid);
    return this.oversight.read(principal, async (tx) =>
      toPage(
        await this.store.list(tx, { institutionId, own, agencyId, state, after, limit }),
        limit,
        ({ id }) => id,
        (record) => this.desk.toView(principal, record),
      ),
    );
  }

  find(principal: Principal, id: string): Promise<SanctionView> {
    return this.oversight.read(principal, (tx) => this.desk.view(tx, principal, id));
  }

  /** What is suggested for an agency, and what it rests on. Refuses with FORBIDDEN, NOT_FOUND. */
  async ladder(principal: Principal, agencyId: string): Promise<LadderView> {
    bankOnly(principal);
    return this.oversight.read(principal, async (tx) => {
      await this.oversight.agency(tx, principal, agencyId);
      const { step, cause, highest, taken } = await this.desk.suggestion(
        tx,
        principal.institutionId,
        agencyId,
        await this.oversight.now(tx),
      );
      return { suggested: step, cause, highest, taken, needApproval: LADDER.filter(needsApproval) };
    });
  }

  /** In force at once up to the forced training; from the circular on it waits for a second person. Refuses with FORBIDDEN, NOT_FOUND, INVALID, STEP_SKIPPED, IDEMPOTENCY_KEY_REUSED. */
  async propose(
    principal: Principal,
    agencyId: string,
    request: SanctionRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<SanctionView> {
    bankOnly(principal);
    const { institutionId, subject: proposedBy } = principal;
    const { step, reason } = request;
    const untilOn = request.untilOn ?? null;
    const skipReason = request.skipReason === '' ? null : (request.skipReason ?? null);
    const grounds = (request.grounds ?? []).map(({ kind, id }): Ground => ({ kind, id }));
    const work = async (tx: Tx): Promise<string> => {
      const agency = await this.oversight.lockAgency(tx, principal, agencyId);
      const proposedAt = await this.oversight.now(tx);
      if (agency.status === 'exited' && step !== 'regulator-report') throw invalid('/step', 'the agency has left: it can only be reported');
      checkPeriod(step, untilOn, localDay(proposedAt));
      await this.checkGrounds(tx, institutionId, agencyId, grounds);
      const { step: suggested } = await this.desk.suggestion(tx, institutionId, agencyId, proposedAt);
      if (skips(step, suggested) && skipReason === null) {
        const detail = `the next step would be ${suggested}: say why steps between are left out`;
        throw new Refusal(STEP_SKIPPED, { errors: [{ pointer: '/skipReason', detail, source: SOURCE }] });
      }
      const reasonSealed = this.oversight.seal(reason, REASON);
      const skipReasonSealed = this.oversight.seal(skipReason, SKIP_REASON);
      const id = await this.store.add(tx, institutionId, {
        agencyId,
        step,
        suggested,
        reasonSealed,
        skipReasonSealed,
        grounds,
        untilOn,
        proposedBy,
        proposedAt,
      });
      const made = await this.desk.record(tx, principal, id);
      await this.effects.note(tx, principal, 'sanction-proposed', made, proposedAt);
      if (needsApproval(step)) await this.effects.proposed(tx, principal, made, proposedAt);
      else await this.enforce(tx, principal, made, { approvedBy: null, at: proposedAt });
      return id;
    };
    return this.oversight.write(principal, idempotency, work, (tx, id) => this.desk.view(tx, principal, id));
  }

  /** Refuses with FORBIDDEN, NOT_FOUND, NOT_PROPOSED, OWN_SANCTION, INVALID when its last day has passed, IDEMPOTENCY_KEY_REUSED. */
  approve(principal: Principal, id: string, idempotency: IdempotentRequest | null): Promise<SanctionView> {
    return this.decide(principal, id, idempotency, async (tx, record, at) => {
      if (record.proposedBy === principal.subject) throw new Refusal(OWN_SANCTION, { detail: 'Ask a colleague to decide it.' });
      checkPeriod(record.step, record.untilOn, localDay(at));
      await this.enforce(tx, principal, record, { approvedBy: principal.subject, at });
    });
  }

  /** By the second person. Refuses with FORBIDDEN, NOT_FOUND, NOT_PROPOSED, OWN_SANCTION, IDEMPOTENCY_KEY_REUSED. */
  reject(principal: Principal, id: string, reason: string, idempotency: IdempotentRequest | null): Promise<SanctionView> {
    return this.decide(principal, id, idempotency, async (tx, record, at) => {
      if (record.proposedBy === principal.subject)
        throw new Refusal(OWN_SANCTION, { detail: 'Take it back, or ask a colleague to decide it.' });
      await this.endIt(tx, principal, record, { state: 'rejected', reason, at });
    });
  }

  /** By who proposed it. Refuses with FORBIDDEN, NOT_FOUND, NOT_PROPOSED, IDEMPOTENCY_KEY_REUSED. */
  withdraw(principal: Principal, id: string, reason: string, idempotency: IdempotentRequest | null): Promise<SanctionView> {
    return this.decide(principal, id, idempotency, async (tx, record, at) => {
      if (record.proposedBy !== principal.subject)
        throw new Refusal(OWN_SANCTION, { detail: `${record.proposedBy} proposed it; reject it instead.` });
      await this.endIt(tx, principal, record, { state: 'withdrawn', reason, at });
    });
  }

  /**
   * A training that was held, a report that was sent, a sanction that is no longer needed. What a second person decided, a second person ends.
   * Refuses with FORBIDDEN, NOT_FOUND, NOT_IN_FORCE, OWN_SANCTION, INVALID for an expulsion, IDEMPOTENCY_KEY_REUSED.
   */
  async end(principal: Principal, id: string, reason: string, idempotency: IdempotentRequest | null): Promise<SanctionView> {
    bankOnly(principal);
    const work = async (tx: Tx): Promise<string> => {
      const record = await this.desk.locked(tx, principal, id);
      if (record.state !== 'in-force') throw new Refusal(NOT_IN_FORCE, { detail: `It is ${record.state}.` });
      if (record.step === 'expulsion') throw invalid('/reason', 'an agency that was expelled comes back by a new admission only');
      if (record.step === 'rights-suspended' && record.proposedBy === principal.subject)
        throw new Refusal(OWN_SANCTION, { detail: 'Ask a colleague to end it before its last day.' });
      await this.endIt(tx, principal, record, { state: 'ended', reason, at: await this.oversight.now(tx) });
      return id;
    };
    return this.oversight.write(principal, idempotency, work, (tx) => this.desk.view(tx, principal, id));
  }

  private async enforce(
    tx: Tx,
    principal: Principal,
    record: SanctionRecord,
    { approvedBy, at }: { approvedBy: string | null; at: Date },
  ): Promise<void> {
    await this.store.enforce(tx, record.id, { approvedBy, at, on: localDay(at) });
    await this.effects.enforced(tx, principal, record, at);
  }

  private async endIt(
    tx: Tx,
    principal: Principal,
    record: SanctionRecord,
    { state, reason, at }: { state: 'rejected' | 'withdrawn' | 'ended'; reason: string; at: Date },
  ): Promise<void> {
    const noteSealed = this.oversight.seal(reason, END_NOTE);
    await this.store.end(tx, record.id, { state, by: principal.subject, at, noteSealed });
    await this.effects.over(tx, principal, record, { action: `sanction-${state}`, at });
  }

  private async decide(
    principal: Principal,
    id: string,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx, record: SanctionRecord, at: Date) => Promise<void>,
  ): Promise<SanctionView> {
    bankOnly(principal);
    const decided = async (tx: Tx): Promise<string> => {
      const record = await this.desk.locked(tx, principal, id);
      if (record.state !== 'proposed') throw new Refusal(NOT_PROPOSED, { detail: `It is ${record.state}.` });
      await work(tx, record, await this.oversight.now(tx));
      return id;
    };
    return this.oversight.write(principal, idempotency, decided, (tx) => this.desk.view(tx, principal, id));
  }

  private async checkGrounds(tx: Tx, institutionId: string, agencyId: string, grounds: readonly Ground[]): Promise<void> {
    const errors: FieldError[] = [];
    const wrong = (ground: Ground): void =>
      void errors.push({ pointer: `/grounds/${grounds.indexOf(ground)}/id`, detail: `is no ${ground.kind} of this agency that stands` });
    for (const kind of GROUND_KINDS) {
      const given = grounds.filter((one) => one.kind === kind);
      given.filter(({ id }) => !isUuid(id)).forEach(wrong);
      const ids = given.map(({ id }) => id).filter((id) => isUuid(id));
      const unfounded = ids.length === 0 ? [] : await this.store.unfounded(tx, institutionId, agencyId, kind, ids);
      given.filter(({ id }) => unfounded.includes(id)).forEach(wrong);
    }
    const [first] = errors;
    if (first) throw invalid(first.pointer, first.detail);
  }
}

function checkPeriod(step: SanctionRecord['step'], untilOn: string | null, today: string): void {
  if (!hasPeriod(step) && untilOn !== null) throw invalid('/untilOn', `is for rights-suspended and forced-training; ${step} has none`);
  if (hasPeriod(step) && untilOn === null) throw invalid('/untilOn', 'say the last day');
  if (untilOn !== null && untilOn < today) throw invalid('/untilOn', 'has passed: give today or a later day');
}
