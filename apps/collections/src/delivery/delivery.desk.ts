import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import type { Language, Purpose } from '#contact-rules';
import { hashOf } from '#idempotency';
import { enqueue } from '#outbox';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import type { AttemptView } from '../contact/answer.ts';
import { GateService } from '../contact/gate.service.ts';
import { MESSAGE_CONTEXT, type LedgerMore } from '../contact/message.ts';
import { OutcomeService } from '../contact/outcome.service.ts';
import { DELIVERY_DUE, REQUEST_CONTEXT, type DeliveryKind, type SentChannel } from './delivery.states.ts';
import { DeliveryStore, type DeliveryRecord } from './delivery.store.ts';
import { DeliveryWords } from './delivery.words.ts';

/** A message that somebody wants sent, by our ids. */
export interface DeliveryOrder {
  readonly kind: DeliveryKind;
  readonly caseUuid: string;
  readonly partyId: string;
  /** Our id. */
  readonly contactPointId: string;
  readonly channel: SentChannel;
  readonly purpose: Purpose;
  readonly templateId: string | null;
  /** Null: the newest that is approved. */
  readonly version: number | null;
  readonly text: string | null;
  /** What the sender gives; register and ledger give the rest. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly collectorIds: readonly string[];
  readonly deviceId: string | null;
  /** What the ordering room read in the ledger and answers for. */
  readonly ledger?: LedgerMore;
}

type Asked = Pick<DeliveryOrder, 'templateId' | 'version' | 'text' | 'variables' | 'collectorIds' | 'deviceId' | 'ledger'>;
type By = Pick<Principal, 'institutionId' | 'agencyId' | 'subject' | 'clientId'>;

// Whoever asked is at it; later than this a worker asks in its place.
const ASK_AGAIN_MS = 30_000;

const byOf = ({ institutionId, agencyId, askedBy, clientId }: DeliveryRecord): Principal => ({
  subject: askedBy,
  clientId,
  institutionId,
  agencyId,
  roles: ['integration'],
});

/**
 * Brings a message before the gate, whatever breaks on the way. First the delivery stands (`asked`), then the gate is asked under a key made of
 * its id, then its answer is written down: a crash between two steps is made up for by the worker, who gets the same decision.
 */
@Injectable()
export class DeliveryDesk {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(DeliveryStore) private readonly store: DeliveryStore,
    @Inject(DeliveryWords) private readonly words: DeliveryWords,
    @Inject(GateService) private readonly gate: GateService,
    @Inject(OutcomeService) private readonly outcomes: OutcomeService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Refuses with NOT_FOUND. */
  async findPlace(
    tx: Tx,
    principal: Principal,
    { caseId, partyId, contactPointId }: { readonly caseId: string; readonly partyId: string; readonly contactPointId: string },
  ): Promise<Pick<DeliveryOrder, 'caseUuid' | 'partyId' | 'contactPointId'>> {
    const found = await this.store.findPlace(tx, principal, { caseId, partyId, contactPointId });
    if (found.kind === 'found') return found.place;
    const errors = [{ pointer: `/${found.field}`, detail: 'is not known here' }];
    throw new Refusal(NOT_FOUND, { detail: `There is no such ${found.field} here.`, errors });
  }

  /** Refuses with INVALID. */
  async place(tx: Tx, by: By, order: DeliveryOrder, at: Date): Promise<string> {
    const { templateId, version, text, collectorIds, deviceId, ledger, ...rest } = order;
    const filled = Object.keys(ledger?.words ?? {});
    const { institutionId, agencyId } = by;
    const { variables, errors } = await this.words.of(tx, {
      institutionId,
      agencyId,
      caseUuid: order.caseUuid,
      templateId,
      version,
      given: order.variables,
      filled,
    });
    if (errors.length > 0) throw new Refusal(INVALID, { errors });
    const asked: Asked = { templateId, version, text, variables, collectorIds, deviceId, ledger };
    const id = await this.store.add(tx, {
      ...rest,
      institutionId,
      agencyId,
      templateId,
      version,
      askedBy: by.subject,
      clientId: by.clientId,
      askedAt: at,
      requestSealed: this.vault.seal(JSON.stringify(asked), REQUEST_CONTEXT),
      wakeAt: new Date(at.getTime() + ASK_AGAIN_MS),
    });
    return id;
  }

  /** Has a worker ask for what stands. */
  async hand(tx: Tx, institutionId: string, id: string): Promise<void> {
    await enqueue(tx, institutionId, DELIVERY_DUE, { institutionId, deliveryId: id });
  }

  /**
   * Asks the gate and writes down what it said; asked again it answers what stands. Refuses as the gate does where it cannot even judge, and
   * with NOT_FOUND. `caller`: somebody waits for the answer; then nothing is left of what cannot be judged, nor of the key it came under.
   */
  async settle(institutionId: string, id: string, caller: { readonly key: string | null } | null): Promise<DeliveryRecord> {
    const record = await inTransaction(this.database, { institutionId }, (tx) => this.store.find(tx, institutionId, id));
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such message here.' });
    if (record.state !== 'asked' || record.requestSealed === null) return record;
    const { templateId, version, text, variables, ledger, ...asked } = JSON.parse(
      this.vault.open(record.requestSealed, REQUEST_CONTEXT),
    ) as Asked;
    const request = {
      caseId: record.caseUuid,
      partyId: record.partyId,
      contactPointId: record.contactPointId,
      channel: record.channel,
      purpose: record.purpose as Purpose,
      collectorIds: [...asked.collectorIds],
      deviceId: asked.deviceId,
      message: { templateId, version, text, variables: { ...variables }, ledger },
    };
    let attempt: string;
    try {
      const own = { key: `delivery:${id}`, hash: hashOf('delivery', id) };
      attempt = (await this.gate.ask(byOf(record), request, own, 'en')).id;
    } catch (error) {
      if (!(error instanceof Refusal) || ![INVALID, NOT_FOUND].includes(error.kind)) throw error;
      await inTransaction(this.database, { institutionId }, (tx) =>
        caller === null ? this.dropped(tx, record) : this.store.forget(tx, institutionId, id, caller.key),
      );
      throw inWordsOf(error);
    }
    return this.writeDown(institutionId, id, attempt);
  }

  private async dropped(tx: Tx, { id, askedAt }: DeliveryRecord): Promise<void> {
    const code = 'not-judged';
    const change = { state: 'failed', code, settledAt: askedAt, wakeAt: null, requestSealed: null } as const;
    await this.store.change(tx, id, change, { state: 'failed', at: askedAt, by: 'gate', code });
  }

  private async writeDown(institutionId: string, id: string, attempt: string): Promise<DeliveryRecord> {
    return inTransaction(this.database, { institutionId }, async (tx) => {
      const record = await this.store.lock(tx, institutionId, id);
      if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such message here.' });
      if (record.state !== 'asked') return record;
      const said = await this.store.decisionOf(tx, attempt);
      const { decidedAt, permitExpiresAt, mustEndBy, version } = said;
      const known = { attempt, version, permitExpiresAt, requestSealed: null } as const;
      const step = { at: decidedAt, by: 'gate' };
      if (permitExpiresAt === null) {
        await this.store.change(tx, id, { ...known, state: 'refused', settledAt: decidedAt, wakeAt: null }, { ...step, state: 'refused' });
      } else {
        // A letter waits for whoever prints; its permit ends all the same.
        const wakeAt = record.channel === 'letter' ? permitExpiresAt : new Date(decidedAt.getTime() + ASK_AGAIN_MS);
        const end = record.channel === 'sms' && mustEndBy !== null ? mustEndBy : null;
        await this.store.change(tx, id, { ...known, state: 'queued', mustEndBy: end, wakeAt }, { ...step, state: 'queued' });
        if (record.channel !== 'letter') await enqueue(tx, institutionId, DELIVERY_DUE, { institutionId, deliveryId: id });
      }
      const now = await this.store.find(tx, institutionId, id);
      if (now === null) throw new Error('the delivery went while it was locked');
      return now;
    });
  }

  async decisionOf(principal: Principal, record: DeliveryRecord, language: Language): Promise<AttemptView> {
    if (record.attempt === null) throw new Error('a delivery that was settled has no decision');
    return this.outcomes.view(principal, record.attempt, language);
  }

  /** As it was judged; null: nothing was judged yet, or there was no text. */
  async textOf(tx: Tx, record: DeliveryRecord): Promise<string | null> {
    const box = await this.store.letterbox(tx, record.id);
    if (!box?.messageSealed) return null;
    const { text } = JSON.parse(this.vault.open(box.messageSealed, MESSAGE_CONTEXT)) as { text?: string | null };
    return text ?? null;
  }

  async noteRead(tx: Tx, principal: Principal, record: DeliveryRecord, requestId: string): Promise<void> {
    await this.store.noteRead(tx, principal, record.caseId, requestId);
  }
}

/** The fields as our own request names them. */
const inWordsOf = (refusal: Refusal): Refusal => {
  const errors = refusal.extras.errors?.map((error) => ({ ...error, pointer: error.pointer.replace(/^\/message\//, '/') }));
  return new Refusal(refusal.kind, { ...refusal.extras, errors });
};
