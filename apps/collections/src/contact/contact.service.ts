import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import {
  decide,
  permitLifeMs,
  readInput,
  toDecisionJson,
  Zone,
  type Channel,
  type DecisionJson,
  type Language,
  type ProposedJson,
} from '#contact-rules';
import type { IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { IDEMPOTENCY_KEY_REUSED, INVALID, NOT_FOUND, Refusal } from '#problem';
import { PolicyService } from '../policy/policy.service.ts';
import { toAnswer, toAttemptAnswer, type Answer, type AttemptAnswer } from './answer.ts';
import type { AttemptRequest, ContactabilityRequest, EvaluationRequest } from './contact.dto.ts';
import { ContactStore, pointToken, type Loaded } from './contact.store.ts';

type LoadedFacts = Extract<Loaded, { kind: 'facts' }>;

// One phone number serves all three; an e-mail or postal address serves its own channel.
const PHONE: readonly Channel[] = ['voice', 'sms', 'im'];
const pointChannelsFor = (channel: Channel): readonly Channel[] =>
  PHONE.includes(channel) ? PHONE : channel === 'visit' ? ['visit', 'letter'] : [channel];

/** The gate: judges stated facts, and grants or refuses contacts on stored ones. */
@Injectable()
export class ContactService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ContactStore) private readonly store: ContactStore,
    @Inject(PolicyService) private readonly policies: PolicyService,
  ) {}

  /** Judges stated facts; stores nothing. */
  evaluate(request: EvaluationRequest, language: Language): Answer {
    const input = readInput(request.proposed, request.facts);
    const policy = this.policies.policy(this.policies.refOf([...new Set(request.packs)]));
    return toAnswer(toDecisionJson(decide(input, policy, Date.parse(request.at)), input.facts.timeZone), language);
  }

  /**
   * Grants or refuses a contact and keeps the decision; a permit is a reservation that every counter sees.
   * Refuses with NOT_FOUND (no such case, party or contact point here), INVALID (the point does not serve the channel), IDEMPOTENCY_KEY_REUSED.
   */
  async ask(
    principal: Principal,
    request: AttemptRequest,
    idempotency: IdempotentRequest | null,
    language: Language,
  ): Promise<AttemptAnswer> {
    const { institutionId, agencyId } = principal;
    return inTransaction(this.database, { institutionId, tenantSetByWork: true }, async (tx) => {
      const loaded = await this.store.load(tx, {
        institutionId,
        agencyId,
        caseId: request.caseId,
        partyId: request.partyId,
        contactPointId: request.contactPointId,
        pointChannels: [],
        idempotency,
        now: this.clock.override,
        reserve: true,
      });
      if (loaded.kind === 'seen') return this.replayed(tx, loaded, principal, language);
      if (loaded.kind === 'missing') throw missing(loaded.field);
      if (!pointChannelsFor(request.channel).includes(loaded.pointChannel)) {
        throw new Refusal(INVALID, {
          errors: [{ pointer: '/channel', detail: `this contact point is for ${loaded.pointChannel}; choose another point or channel` }],
        });
      }
      const proposed = toProposed(request, loaded, agencyId);
      const { policy, outcome } = this.judge(loaded, proposed);
      const permitExpiresAt = outcome.verdict === 'permitted' ? new Date(loaded.now.getTime() + permitLifeMs(request.channel)) : null;
      const requestedBy = principal.clientId ?? principal.subject;
      const idempotencyKey = idempotency?.key ?? null;
      const id = await this.store.append(tx, {
        institutionId,
        requestedBy,
        idempotencyKey,
        decidedAt: loaded.now,
        permitExpiresAt,
        loaded,
        proposed,
        policy,
        outcome,
      });
      const zone = Zone.of(loaded.facts.timeZone ?? 'UTC');
      const instant = (date: Date): string => zone.format(date.getTime());
      return toAttemptAnswer(
        { id, decidedAt: instant(loaded.now), permitExpiresAt: permitExpiresAt && instant(permitExpiresAt), outcome },
        language,
      );
    });
  }

  /** The answer that `ask` would give, reserving nothing. Refuses with NOT_FOUND. */
  async contactability(
    principal: Principal,
    caseId: string,
    request: ContactabilityRequest,
    language: Language,
  ): Promise<Answer & { contactPointId: string; partyId: string }> {
    const { institutionId, agencyId } = principal;
    const channel = request.channel ?? 'voice';
    return inTransaction(this.database, { institutionId, tenantSetByWork: true }, async (tx) => {
      const loaded = await this.store.load(tx, {
        institutionId,
        agencyId,
        caseId,
        partyId: request.partyId ?? null,
        contactPointId: request.contactPointId ?? null,
        pointChannels: pointChannelsFor(channel),
        idempotency: null,
        now: request.at === undefined ? this.clock.override : new Date(request.at),
        reserve: false,
      });
      if (loaded.kind === 'seen') throw new Error('nothing was to be replayed');
      if (loaded.kind === 'missing') throw missing(loaded.field);
      const collectorIds = request.collectorIds?.split(',').map((id) => id.trim());
      const asked = {
        channel,
        mode: request.mode ?? 'interactive',
        purpose: request.purpose ?? 'collect',
        collectorIds: collectorIds ?? [principal.subject],
      } as const;
      const { outcome } = this.judge(loaded, toProposed(asked, loaded, agencyId));
      return { ...toAnswer(outcome, language), partyId: loaded.partyId, contactPointId: loaded.contactPointUuid };
    });
  }

  private judge(loaded: LoadedFacts, proposed: ProposedJson) {
    const policy = this.policies.inForce(loaded.policy);
    const input = readInput(proposed, loaded.facts);
    const outcome: DecisionJson = toDecisionJson(decide(input, this.policies.policy(policy), loaded.now.getTime()), input.facts.timeZone);
    return { policy, outcome };
  }

  private async replayed(
    tx: Tx,
    seen: Extract<Loaded, { kind: 'seen' }>,
    principal: Principal,
    language: Language,
  ): Promise<AttemptAnswer> {
    const record =
      seen.same && seen.resource ? await this.store.find(tx, seen.resource, principal.institutionId, principal.agencyId) : null;
    if (record === null) throw new Refusal(IDEMPOTENCY_KEY_REUSED, { detail: 'Use a new key for a new request.' });
    const zone = Zone.of(record.timeZone);
    const { id, decidedAt, permitExpiresAt, outcome } = record;
    return toAttemptAnswer(
      {
        id,
        decidedAt: zone.format(decidedAt.getTime()),
        permitExpiresAt: permitExpiresAt && zone.format(permitExpiresAt.getTime()),
        outcome,
      },
      language,
    );
  }
}

const missing = (field: string): Refusal =>
  new Refusal(NOT_FOUND, { detail: `There is no such ${field} here.`, errors: [{ pointer: `/${field}`, detail: 'is not known here' }] });

function toProposed(
  request: Pick<AttemptRequest, 'channel' | 'mode' | 'purpose' | 'collectorIds' | 'deviceId'>,
  loaded: LoadedFacts,
  agencyId: string | null,
): ProposedJson {
  return {
    channel: request.channel,
    mode: request.mode ?? null,
    purpose: request.purpose ?? null,
    partyRole: loaded.partyRole,
    partyId: loaded.partyId,
    contactPoint: pointToken(loaded.valueIndex.toString('hex')),
    debtorId: loaded.debtorId,
    debtId: loaded.debtId,
    agencyId,
    collectorIds: request.collectorIds ?? null,
    deviceId: request.deviceId ?? null,
  };
}
