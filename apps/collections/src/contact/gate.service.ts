import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { Zone, type DecisionJson, type Language, type PastContactJson } from '#contact-rules';
import type { IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { IDEMPOTENCY_KEY_REUSED, Refusal, UNAVAILABLE } from '#problem';
import { PolicyService } from '../policy/policy.service.ts';
import { toAnswer, toAttemptAnswer, type AttemptAnswer, type Contactability } from './answer.ts';
import { Batcher, type Settled } from './batcher.ts';
import type { AttemptRequest, ContactabilityRequest } from './contact.dto.ts';
import { ContactStore } from './contact.store.ts';
import { pointChannelsFor, toProposed } from './facts.ts';
import { GateStore, type ContactCommand, type Loaded, type NewDecision } from './gate.store.ts';
import { contactOf, decideOne, judgeLoaded, messageOf, missing, proposedOf, type Ask } from './judging.ts';
import type { GivenMessage } from './message.ts';

// Enough to spread the cost of a commit, few enough that nobody waits long for the slowest of a batch.
const BATCH = { jobs: 64, batches: 2 } as const;

/** A decision before it is put into words. */
interface Decided {
  readonly id: string;
  readonly timeZone: string;
  readonly decidedAt: Date;
  readonly permitExpiresAt: Date | null;
  readonly outcome: DecisionJson;
}

/** Grants or refuses contacts on stored facts. Requests that come at the same time share a transaction, and see each other's permits in it. */
@Injectable()
export class GateService {
  private readonly batchers = new Map<string, Batcher<Ask, Decided>>();

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(GateStore) private readonly store: GateStore,
    @Inject(ContactStore) private readonly contacts: ContactStore,
    @Inject(PolicyService) private readonly policies: PolicyService,
  ) {}

  /**
   * Grants or refuses a contact and keeps the decision; a permit is a reservation that every counter sees.
   * Refuses with NOT_FOUND (no such case, party, contact point or template here), INVALID (the point does not serve the channel, variables of the
   * template that nobody gave), IDEMPOTENCY_KEY_REUSED.
   */
  async ask(
    principal: Principal,
    request: AttemptRequest,
    idempotency: IdempotentRequest | null,
    language: Language,
  ): Promise<AttemptAnswer> {
    const decided = await this.batcher(principal.institutionId).add({ principal, request, idempotency });
    const zone = Zone.of(decided.timeZone);
    const instant = (date: Date): string => zone.format(date.getTime());
    const { id, decidedAt, permitExpiresAt, outcome } = decided;
    return toAttemptAnswer(
      { id, decidedAt: instant(decidedAt), permitExpiresAt: permitExpiresAt && instant(permitExpiresAt), outcome },
      language,
    );
  }

  /** The answer that `ask` would give, reserving nothing. Refuses with NOT_FOUND. */
  async contactability(principal: Principal, caseId: string, request: ContactabilityRequest, language: Language): Promise<Contactability> {
    const { institutionId, agencyId } = principal;
    const contact = contactOf(principal, request);
    const command = {
      agencyId,
      caseId,
      partyId: request.partyId ?? null,
      contactPointId: request.contactPointId ?? null,
      pointChannels: pointChannelsFor(contact.channel),
      purpose: contact.purpose,
      collectorIds: contact.collectorIds,
      deviceId: contact.deviceId,
      template: toTemplate(contact.message),
      idempotency: null,
    };
    const now = request.at === undefined ? this.clock.override : new Date(request.at);
    const { loaded, inForce } = await inTransaction(this.database, { institutionId, tenantSetByWork: true }, async (tx) => {
      const [one] = await this.store.load(tx, { institutionId, now, reserve: false }, [command]);
      if (one?.kind === 'missing') throw missing(one.field);
      if (one?.kind !== 'facts') throw new Error('nothing was to be replayed');
      return { loaded: one, inForce: await this.policies.inForce(tx, institutionId, one.policyNumber) };
    });
    // What a template leaves open is open: nobody has filled it in yet.
    const { message } = messageOf(contact, loaded);
    if (message instanceof Refusal) throw message;
    const { outcome } = judgeLoaded(loaded, inForce, toProposed(contact, loaded.row, agencyId, message), []);
    return { ...toAnswer(outcome, language), partyId: loaded.row.party.partyId, contactPointId: loaded.row.point.id };
  }

  private batcher(institutionId: string): Batcher<Ask, Decided> {
    const known = this.batchers.get(institutionId);
    if (known) return known;
    const isAway = (error: unknown): boolean => error instanceof Refusal && error.kind === UNAVAILABLE;
    const batcher = new Batcher<Ask, Decided>((asks) => this.decideTogether(institutionId, asks), BATCH, isAway);
    this.batchers.set(institutionId, batcher);
    return batcher;
  }

  /** Decides a batch in one transaction; repeats of a key within the batch are decided after it, when their answer is there. */
  private async decideTogether(institutionId: string, asks: readonly Ask[]): Promise<Settled<Decided>[]> {
    const keys = new Set<string>();
    const isRepeat = asks.map(
      ({ idempotency }) => idempotency !== null && (keys.has(idempotency.key) || keys.add(idempotency.key).size === 0),
    );
    const first = asks.filter((_ask, index) => !isRepeat[index]);
    const results = await inTransaction(this.database, { institutionId, tenantSetByWork: true }, (tx) =>
      this.decideAll(tx, institutionId, first),
    );
    const rest = asks.filter((_ask, index) => isRepeat[index]);
    const later = rest.length === 0 ? [] : await this.decideTogether(institutionId, rest);
    return isRepeat.map((repeat) => (repeat ? later : results).shift() ?? { error: new Error('the batch forgot a request') });
  }

  private async decideAll(tx: Tx, institutionId: string, asks: readonly Ask[]): Promise<Settled<Decided>[]> {
    const all = await this.store.load(tx, { institutionId, now: this.clock.override, reserve: true }, asks.map(toCommand));
    const decisions: NewDecision[] = [];
    const releasedKeys: string[] = [];
    // What this batch permits, for those of the same batch that count it.
    const permitted: PastContactJson[] = [];
    const results: ((ids: readonly string[]) => Settled<Decided>)[] = [];
    for (const [index, loaded] of all.entries()) {
      const ask = asks[index];
      if (!ask) throw new Error('gate_load answered too much');
      if (loaded.kind === 'seen') {
        const seen = await this.replayed(tx, loaded, ask.principal);
        results.push(() => seen);
        continue;
      }
      const proposed = loaded.kind === 'missing' ? missing(loaded.field) : proposedOf(ask, loaded);
      if (loaded.kind === 'missing' || proposed instanceof Refusal) {
        if (ask.idempotency) releasedKeys.push(ask.idempotency.key);
        results.push(() => ({ error: proposed }));
        continue;
      }
      const decision = decideOne(ask, loaded, proposed, await this.policies.inForce(tx, institutionId, loaded.policyNumber), permitted);
      const position = decisions.push(decision) - 1;
      const { timeZone } = loaded.facts;
      const { permitExpiresAt, outcome } = decision;
      results.push((ids) => ({
        value: { id: ids[position] ?? '', timeZone: timeZone ?? 'UTC', decidedAt: loaded.now, permitExpiresAt, outcome },
      }));
    }
    const decidedAt = all.find((loaded) => loaded.kind === 'facts')?.now;
    const ids =
      decidedAt || releasedKeys.length > 0
        ? await this.store.append(tx, institutionId, decidedAt ?? new Date(0), decisions, releasedKeys)
        : [];
    return results.map((result) => result(ids));
  }

  private async replayed(tx: Tx, seen: Extract<Loaded, { kind: 'seen' }>, principal: Principal): Promise<Settled<Decided>> {
    const record =
      seen.same && seen.resource ? await this.contacts.find(tx, seen.resource, principal.institutionId, principal.agencyId) : null;
    if (record === null) return { error: new Refusal(IDEMPOTENCY_KEY_REUSED, { detail: 'Use a new key for a new request.' }) };
    const { id, timeZone, decidedAt, permitExpiresAt, outcome } = record;
    return { value: { id, timeZone, decidedAt, permitExpiresAt, outcome } };
  }
}

const toCommand = ({ principal, request, idempotency }: Ask): ContactCommand => ({
  agencyId: principal.agencyId,
  caseId: request.caseId,
  partyId: request.partyId,
  contactPointId: request.contactPointId,
  pointChannels: [],
  purpose: request.purpose,
  collectorIds: request.collectorIds ?? [],
  deviceId: request.deviceId ?? null,
  template: toTemplate(request.message),
  idempotency,
});

const toTemplate = (message: GivenMessage | null | undefined): ContactCommand['template'] =>
  message?.templateId ? { id: message.templateId, version: message.version ?? null } : null;
