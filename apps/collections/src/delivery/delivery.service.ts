import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal, Role } from '#auth';
import { Clock } from '#clock';
import type { Language } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { DeliveryDesk, type DeliveryOrder } from './delivery.desk.ts';
import type { DeliveryDetail, DeliveryView, MessageAnswer, MessageListRequest, MessageRequest } from './delivery.dto.ts';
import { DeliveryStore, type DeliveryRecord } from './delivery.store.ts';
import { toDeliveryView, toStepView } from './delivery.view.ts';

const DEFAULT_LIMIT = 50;
// As in the room of the cases: who makes contacts sees what was written, everyone else that it was.
const READS_TEXTS: readonly Role[] = ['agent', 'agency-supervisor', 'collections-manager', 'integration'];

/** Messages as people ask for them. */
@Injectable()
export class DeliveryService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DeliveryStore) private readonly store: DeliveryStore,
    @Inject(DeliveryDesk) private readonly desk: DeliveryDesk,
  ) {}

  /**
   * Asks the gate for a message, and sends it where the gate permits. The delivery stands before the gate is asked, so that a permit is
   * never lost; who comes again with the key gets the same answer. Refuses with NOT_FOUND, INVALID, IDEMPOTENCY_KEY_REUSED.
   */
  async request(
    principal: Principal,
    request: MessageRequest,
    idempotency: IdempotentRequest | null,
    language: Language,
  ): Promise<MessageAnswer> {
    const { institutionId } = principal;
    const id = await inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return claim.resource;
      const now = await this.now(tx);
      const order = await this.orderOf(tx, principal, request);
      const made = await this.desk.place(tx, principal, order, now);
      await rememberResource(tx, institutionId, idempotency, made);
      return made;
    });
    const record = await this.desk.settle(institutionId, id, { key: idempotency?.key ?? null });
    return { delivery: toDeliveryView(record), decision: await this.desk.decisionOf(principal, record, language) };
  }

  /**
   * For other rooms: the message is asked for once the caller's transaction is committed, and sent where the gate permits. Answers the
   * delivery's id. Refuses with INVALID where the template names what nobody has.
   */
  async order(
    tx: Tx,
    by: Pick<Principal, 'institutionId' | 'agencyId' | 'subject' | 'clientId'>,
    order: DeliveryOrder,
    at: Date,
  ): Promise<string> {
    const id = await this.desk.place(tx, by, order, at);
    await this.desk.hand(tx, by.institutionId, id);
    return id;
  }

  /** How far an ordered message is. */
  async stateOf(
    tx: Tx,
    institutionId: string,
    id: string,
  ): Promise<Pick<DeliveryRecord, 'state' | 'code' | 'sentAt' | 'settledAt'> | null> {
    return this.store.find(tx, institutionId, id);
  }

  /** The newest first. Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: MessageListRequest): Promise<Page<DeliveryView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    const { caseId = null, state = null, channel = null } = request;
    const { institutionId, agencyId: entrustedTo } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const rows = await this.store.list(tx, { institutionId, entrustedTo, caseId, state, channel, after, limit });
      return toPage(rows, limit, ({ id }) => id, toDeliveryView);
    });
  }

  /** Refuses with NOT_FOUND, also for a message about a case of another agency. */
  async find(principal: Principal, id: string, requestId: string): Promise<DeliveryDetail> {
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.store.find(tx, principal.institutionId, id, principal.agencyId);
      if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such message here.' });
      const reads = principal.roles.some((role) => READS_TEXTS.includes(role));
      const text = reads ? await this.desk.textOf(tx, record) : null;
      if (text !== null) await this.desk.noteRead(tx, principal, record, requestId);
      const steps = await this.store.steps(tx, record.id);
      return { ...toDeliveryView(record), text, steps: steps.map((step) => toStepView(step, record.timeZone)) };
    });
  }

  private async orderOf(tx: Tx, principal: Principal, request: MessageRequest): Promise<DeliveryOrder> {
    const { channel, purpose, templateId = null, version = null, text = null, variables, collectorIds, deviceId = null } = request;
    if (templateId === null && text === null)
      throw new Refusal(INVALID, { errors: [{ pointer: '/templateId', detail: 'is needed, or a text' }] });
    const kind = request.kind ?? 'message';
    if (kind === 'referral-notice' && principal.agencyId !== null)
      throw new Refusal(INVALID, {
        errors: [{ pointer: '/kind', detail: 'is the bank’s: who refers a case tells of it', source: 'CPR22' }],
      });
    const place = await this.desk.findPlace(tx, principal, request);
    const message = { templateId, version, text, variables: variables ?? {} };
    return { ...place, kind, channel, purpose, ...message, collectorIds: collectorIds ?? [principal.subject], deviceId };
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }
}
