import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { Zone, type Channel, type Language, type Result } from '#contact-rules';
import { append, sealPersonal, type NewRecord } from '#evidence-log';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal, type FieldError } from '#problem';
import { Vault } from '#vault';
import { isUuid } from '#wire';
import { PolicyService } from '../policy/policy.service.ts';
import { toAnswer, toAttemptView, type AttemptView, type Replay } from './answer.ts';
import type { OutcomeRequest } from './contact.dto.ts';
import { ATTEMPT_WAS_REFUSED, OUTCOME_KNOWN } from './contact.refusals.ts';
import { ContactStore, type DecisionRecord } from './contact.store.ts';
import { decideAgain } from './decide-again.ts';
import { MESSAGE_CONTEXT, withSecrets } from './message.ts';

// Dialers' clocks are not ours: a call may seem to begin a little before it was permitted, or to end a little after now.
const SKEW_MS = 60_000;

/** A contact whose outcome has just been recorded. */
export interface RecordedContact {
  readonly id: string;
  /** As given at import. */
  readonly partyId: string | null;
  readonly channel: Channel;
  readonly result: Result;
  readonly startedAt: Date;
  readonly now: Date;
}

/** What another room does with an outcome, in the same transaction. */
export interface Following {
  /** What it was told besides: the same outcome with other words is another outcome. Null: nothing. */
  readonly said: unknown;
  /** Takes what locks it needs, before any is taken here. */
  lock(tx: Tx): Promise<void>;
  /** Once: not when the same outcome comes again. */
  follow(tx: Tx, contact: RecordedContact): Promise<void>;
}

/** What came of a permit, and whether the decision can be made again. */
@Injectable()
export class OutcomeService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ContactStore) private readonly store: ContactStore,
    @Inject(PolicyService) private readonly policies: PolicyService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Refuses with NOT_FOUND. */
  async view(principal: Principal, id: string, language: Language): Promise<AttemptView> {
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.find(tx, principal, id);
      return this.toView(record, await this.now(tx), language);
    });
  }

  /**
   * Records what came of a permitted contact, once; the same outcome again is answered as before. An outcome may come after the permit
   * lapsed: the contact took place and must be counted. Refuses with NOT_FOUND, INVALID, ATTEMPT_WAS_REFUSED, OUTCOME_KNOWN.
   */
  async record(
    principal: Principal,
    id: string,
    request: OutcomeRequest,
    language: Language,
    following: Following | null = null,
  ): Promise<AttemptView> {
    return inTransaction(this.database, principal, async (tx) => {
      await following?.lock(tx);
      // Locked before it is read: of two that report at once, the second sees what the first said.
      const held = isUuid(id) ? await this.store.lockReservation(tx, id) : null;
      const record = await this.find(tx, principal, id);
      if (record.permitExpiresAt === null)
        throw new Refusal(ATTEMPT_WAS_REFUSED, { detail: 'If the contact was made all the same, import it with the contact log.' });
      const now = await this.now(tx);
      const { startedAt, endedAt } = checkTimes(request, record.decidedAt, now);
      const said = [request.result, startedAt, endedAt, request.note ?? null, request.recording ?? null];
      const besides = following?.said ?? null;
      const hash = createHash('sha256')
        .update(JSON.stringify(besides === null ? said : [...said, besides]))
        .digest();
      if (held?.result) {
        if (held.contentHash?.equals(hash)) return this.toView(record, now, language);
        throw new Refusal(OUTCOME_KNOWN, { detail: `The recorded result is ${held.result}.` });
      }
      const noteSealed = request.note ? this.vault.seal(request.note, 'contact.note') : null;
      await this.store.recordOutcome(tx, id, {
        result: request.result,
        startedAt,
        endedAt,
        noteSealed,
        recording: request.recording ?? null,
        hash,
      });
      await append(tx, principal.institutionId, [this.evidenceOf(principal, record, request, { startedAt, endedAt })]);
      const { partyId = null, channel } = record.proposed;
      await following?.follow(tx, { id, partyId, channel, result: request.result, startedAt, now });
      return this.toView({ ...record, result: request.result, startedAt, endedAt }, now, language);
    });
  }

  /** Decides again from the recorded facts and pack versions. Refuses with NOT_FOUND. */
  async replay(principal: Principal, id: string, language: Language): Promise<Replay> {
    const { record, policy } = await inTransaction(this.database, principal, async (tx) => {
      const found = await this.find(tx, principal, id);
      return { record: found, policy: await this.policies.policyOf(tx, principal.institutionId, found.policy) };
    });
    const { proposed, messageSealed } = record;
    const whole = messageSealed === null ? proposed : withSecrets(proposed, this.vault.open(messageSealed, MESSAGE_CONTEXT));
    const replayed = decideAgain({ ...record, proposed: whole }, policy);
    return {
      identical: JSON.stringify(replayed) === record.outcomeText,
      recorded: toAnswer(record.outcome, language),
      replayed: toAnswer(replayed, language),
    };
  }

  /** The outcome as evidence: what was noted in words under a key of the debtor. */
  private evidenceOf(
    { institutionId, subject: actor, clientId }: Principal,
    { id, proposed: { debtorId } }: DecisionRecord,
    { result, note, recording }: OutcomeRequest,
    { startedAt, endedAt }: { readonly startedAt: Date; readonly endedAt: Date | null },
  ): NewRecord {
    const personal = note ? sealPersonal(this.vault, institutionId, `debtor:${debtorId ?? id}`, { note }) : null;
    const body = { decisionId: id, result, startedAt, endedAt, recording: recording ?? null, clientId };
    return { kind: 'contact-outcome', actor, body, personal };
  }

  private async find(tx: Tx, principal: Principal, id: string): Promise<DecisionRecord> {
    const record = isUuid(id) ? await this.store.find(tx, id, principal.institutionId, principal.agencyId) : null;
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such contact attempt here.' });
    return record;
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }

  private toView(record: DecisionRecord, now: Date, language: Language): AttemptView {
    const zone = Zone.of(record.timeZone);
    return toAttemptView(record, now, language, (instant) => zone.format(instant.getTime()));
  }
}

function checkTimes(request: OutcomeRequest, decidedAt: Date, now: Date): { startedAt: Date; endedAt: Date | null } {
  const errors: FieldError[] = [];
  const startedAt = request.startedAt ? new Date(request.startedAt) : request.result === 'cancelled' ? decidedAt : null;
  const endedAt = request.endedAt ? new Date(request.endedAt) : null;
  if (startedAt === null) errors.push({ pointer: '/startedAt', detail: 'is needed unless the result is cancelled' });
  else if (startedAt.getTime() < decidedAt.getTime() - SKEW_MS) {
    errors.push({
      pointer: '/startedAt',
      detail: 'is before the contact was permitted; a contact made without a permit belongs into the contact-log import',
    });
  } else if (startedAt.getTime() > now.getTime() + SKEW_MS) errors.push({ pointer: '/startedAt', detail: 'is in the future' });
  if (startedAt && endedAt && endedAt < startedAt) errors.push({ pointer: '/endedAt', detail: 'is before startedAt' });
  if (endedAt && endedAt.getTime() > now.getTime() + SKEW_MS) errors.push({ pointer: '/endedAt', detail: 'is in the future' });
  if (startedAt === null || errors.length > 0) throw new Refusal(INVALID, { errors });
  return { startedAt, endedAt };
}
