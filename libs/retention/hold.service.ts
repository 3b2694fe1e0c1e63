import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { recordRead } from '#evidence-log';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import type {
  RetentionHoldDetail,
  RetentionHoldFilter,
  RetentionHoldRequest,
  RetentionHoldView,
  RetentionReleaseRequest,
} from './hold.dto.ts';
import { HoldStore, type HoldRecord } from './hold.store.ts';
import { RETENTION_KINDS, type RetentionKinds } from './kind.ts';
import { invalid, RetentionDesk } from './retention.desk.ts';
import { HOLD_OVER, NO_RELEASE, RELEASE_ASKED } from './retention.refusals.ts';
import type { Decision } from './rule.dto.ts';
import { refuseTwoEyes } from './rule.service.ts';

export const HOLD_CONTEXT = { reason: 'retention_hold.reason', release: 'retention_hold.releaseReason' } as const;

/** What must not be destroyed, whatever its term. */
@Injectable()
export class RetentionHoldService {
  constructor(
    @Inject(RetentionDesk) private readonly desk: RetentionDesk,
    @Inject(HoldStore) private readonly store: HoldStore,
    @Inject(RETENTION_KINDS) private readonly of: RetentionKinds,
  ) {}

  /** Holds from this instant on: a run that is under way destroys nothing of it any more. Refuses with INVALID, IDEMPOTENCY_KEY_REUSED. */
  place(principal: Principal, request: RetentionHoldRequest, idempotency: IdempotentRequest | null): Promise<RetentionHoldView> {
    const { institutionId, subject } = principal;
    const { scope, value } = request;
    const [from, to] = [request.from ?? null, request.to ?? null];
    if (scope === 'kind' && !this.of.kinds.some(({ kind }) => kind === value))
      throw invalid('/value', `must be one of ${this.of.kinds.map(({ kind }) => kind).join(', ')}`);
    if (scope !== 'kind' && (from !== null || to !== null)) throw invalid('/from', 'only a hold over a kind has a period: leave it out');
    if (from !== null && to !== null && from > to) throw invalid('/to', 'must not lie before from');
    return this.desk.change(
      principal,
      idempotency,
      async (tx, now) => {
        const reasonSealed = this.desk.vault.seal(request.reason, HOLD_CONTEXT.reason);
        const id = await this.store.insert(tx, institutionId, { scope, value, from, to, reasonSealed, placedBy: subject, placedAt: now });
        await this.note(tx, principal, 'hold-placed', { id, scope, value, from, to }, request.reason);
        return id;
      },
      (tx, id) => this.view(tx, institutionId, id),
    );
  }

  /** The newest first. Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, { released = false, cursor, limit = 50 }: RetentionHoldFilter): Promise<Page<RetentionHoldView>> {
    const before = decodeCursor(cursor, isUuid);
    const rows = await this.desk.read(principal, (tx) => this.store.list(tx, principal.institutionId, released, before, limit + 1));
    return toPage(rows, limit, ({ id }) => id, toView);
  }

  /** With its reasons: the read is recorded. Refuses with NOT_FOUND. */
  async find(principal: Principal, id: string, requestId: string): Promise<RetentionHoldDetail> {
    const { institutionId, subject, clientId } = principal;
    return this.desk.read(principal, async (tx) => {
      const hold = await this.hold(tx, institutionId, id);
      const { reasonSealed, releaseReasonSealed } = hold;
      const fields = ['reason', ...(releaseReasonSealed === null ? [] : ['releaseReason'])];
      await recordRead(tx, { institutionId, subject, clientId, resource: 'retention-hold', resourceIds: [id], fields, requestId });
      return {
        ...toView(hold),
        reason: this.desk.vault.open(reasonSealed, HOLD_CONTEXT.reason),
        releaseReason: releaseReasonSealed && this.desk.vault.open(releaseReasonSealed, HOLD_CONTEXT.release),
      };
    });
  }

  /** Refuses with NOT_FOUND, HOLD_OVER, RELEASE_ASKED, IDEMPOTENCY_KEY_REUSED. */
  askRelease(
    principal: Principal,
    id: string,
    { reason }: RetentionReleaseRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<RetentionHoldView> {
    return this.change(principal, id, idempotency, async (tx, hold, now) => {
      if (hold.releaseAskedBy !== null) throw new Refusal(RELEASE_ASKED, { detail: `${hold.releaseAskedBy} asked for it.` });
      const reasonSealed = this.desk.vault.seal(reason, HOLD_CONTEXT.release);
      await this.store.askRelease(tx, id, { by: principal.subject, at: now, reasonSealed });
      await this.note(tx, principal, 'hold-release-asked', hold, reason);
    });
  }

  /** Refuses with NOT_FOUND, HOLD_OVER, NO_RELEASE, OWN_PROPOSAL, NOT_YOURS, IDEMPOTENCY_KEY_REUSED. */
  decideRelease(principal: Principal, id: string, decision: Decision, idempotency: IdempotentRequest | null): Promise<RetentionHoldView> {
    return this.change(principal, id, idempotency, async (tx, hold, now) => {
      if (hold.releaseAskedBy === null) throw new Refusal(NO_RELEASE, { detail: 'Ask for it first.' });
      refuseTwoEyes(principal.subject, hold.releaseAskedBy, decision);
      if (decision === 'approve') await this.store.release(tx, id, principal.subject, now);
      else await this.store.askRelease(tx, id, null);
      await this.note(
        tx,
        principal,
        { approve: 'hold-released', refuse: 'hold-release-refused', withdraw: 'hold-release-withdrawn' }[decision],
        hold,
      );
    });
  }

  private change(
    principal: Principal,
    id: string,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx, hold: HoldRecord, now: Date) => Promise<void>,
  ): Promise<RetentionHoldView> {
    const { institutionId } = principal;
    return this.desk.change(
      principal,
      idempotency,
      async (tx, now) => {
        const hold = await this.hold(tx, institutionId, id);
        if (hold.releasedBy !== null) throw new Refusal(HOLD_OVER, { detail: `${hold.releasedBy} released it.` });
        await work(tx, hold, now);
        return id;
      },
      (tx, changed) => this.view(tx, institutionId, changed),
    );
  }

  private note(
    tx: Tx,
    principal: Principal,
    action: string,
    { id, scope, value, from, to }: Pick<HoldRecord, 'id' | 'scope' | 'value' | 'from' | 'to'>,
    reason?: string,
  ): Promise<void> {
    return this.desk.note(tx, principal, { action, resource: `hold/${id}`, detail: { scope, value, from, to }, reason });
  }

  private async hold(tx: Tx, institutionId: string, id: string): Promise<HoldRecord> {
    const hold = isUuid(id) ? await this.store.find(tx, institutionId, id) : null;
    if (hold === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such hold here.' });
    return hold;
  }

  private async view(tx: Tx, institutionId: string, id: string): Promise<RetentionHoldView> {
    return toView(await this.hold(tx, institutionId, id));
  }
}

const toView = (hold: HoldRecord): RetentionHoldView => ({
  id: hold.id,
  scope: hold.scope,
  value: hold.value,
  from: hold.from,
  to: hold.to,
  placedBy: hold.placedBy,
  placedAt: hold.placedAt.toISOString(),
  releaseAskedBy: hold.releaseAskedBy,
  releaseAskedAt: hold.releaseAskedAt?.toISOString() ?? null,
  releasedBy: hold.releasedBy,
  releasedAt: hold.releasedAt?.toISOString() ?? null,
});
