import { randomUUID, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE, Zone, type Language } from '#contact-rules';
import { networkOf } from '#http';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { enqueue } from '#outbox';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { Refusal, TOO_MANY } from '#problem';
import { CONFIG } from '#service';
import { Vault } from '#vault';
import { isUuid } from '#wire';
import type { CollectionsConfig } from '../config.ts';
import { normalizeContactPoint } from '../contact/contact-point.ts';
import { codeOf } from './code.ts';
import type { DebtHolder, DebtQueryAsked } from './debt-query.dto.ts';
import { CODE_NOT_GOOD, CODES_AT_NIGHT } from './debt-query.refusals.ts';
import { DebtQueryStore } from './debt-query.store.ts';
import { DEBT_CODE_DUE } from './debt-query.topic.ts';
import { waitMs } from './limits.ts';

const GOOD_MS = 10 * 60_000;
const TRIES = 5;
const [DAY_BEGINS, DAY_ENDS] = [8, 22];
// The regulator's hotline for consumers of banks and insurers.
const REGULATOR_PHONE = '12378';
const zone = Zone.of(DEFAULT_TIME_ZONE);

export interface DebtQuestion {
  readonly institutionId: string;
  readonly caseReference: string;
  readonly phone: string;
  readonly language: Language;
  readonly ip: string;
}

/**
 * "Who holds my debt?" (CC22): whoever knows the reference of a case and answers at a number of its debtor is told who collects it, and nothing else.
 * What is answered before, and the work that is done for it, are the same whether there is such a case or not.
 */
@Injectable()
export class DebtQueryService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DebtQueryStore) private readonly store: DebtQueryStore,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(CONFIG) private readonly config: Pick<CollectionsConfig, 'complaintPhone'>,
  ) {}

  /** Refuses with CODES_AT_NIGHT, TOO_MANY, IDEMPOTENCY_KEY_REUSED. */
  async ask(question: DebtQuestion, idempotency: IdempotentRequest | null): Promise<DebtQueryAsked> {
    const { institutionId, language } = question;
    const caseReference = question.caseReference.trim();
    const phone = normalizeContactPoint('sms', question.phone);
    const indexes = {
      ip: this.vault.index(networkOf(question.ip), 'debt-query.ip'),
      case: this.vault.index(caseReference, 'debt-query.case'),
      phone: this.vault.index(phone, 'debt-query.phone'),
    };
    // No key of a stranger is one of the institution's own systems.
    const claim = idempotency && { ...idempotency, key: `public:${idempotency.key}`.slice(0, 255) };
    return inTransaction(this.database, { institutionId }, async (tx) => {
      await this.store.lock(tx, institutionId, indexes);
      const seen = await claimKey(tx, institutionId, claim);
      if (seen) {
        const [id = '', expiresAt = ''] = seen.resource.split(' ');
        return { id, expiresAt };
      }
      const askedAt = await this.now(tx);
      // A text message reaches a person at once: not at night, whoever asks for it (GBT 5.3).
      const hour = Number(zone.format(askedAt.getTime()).slice(11, 13));
      if (hour < DAY_BEGINS || hour >= DAY_ENDS) throw new Refusal(CODES_AT_NIGHT, { detail: 'Ask again from 08:00 (China).' });
      const wait = waitMs(await this.store.before(tx, institutionId, indexes, askedAt), askedAt);
      if (wait > 0) throw new Refusal(TOO_MANY, { detail: 'It has been asked too often.', retryAfterSeconds: Math.ceil(wait / 1000) });
      const id = randomUUID();
      const expiresAt = new Date(askedAt.getTime() + GOOD_MS);
      const valueIndex = this.vault.index(phone, 'contact.value');
      await this.store.add(tx, { id, institutionId, askedAt, expiresAt, indexes, language, caseReference, valueIndex });
      await enqueue(tx, institutionId, DEBT_CODE_DUE, { institutionId, queryId: id });
      const said = zone.format(expiresAt.getTime());
      await rememberResource(tx, institutionId, claim, `${id} ${said}`);
      return { id, expiresAt: said };
    });
  }

  /** Who holds the debt, once for a code. Refuses with CODE_NOT_GOOD. */
  async answer(institutionId: string, id: string, code: string): Promise<DebtHolder> {
    const digits = code.normalize('NFKC').replaceAll(/\s/g, '');
    const given = Buffer.from(/^\d{6}$/.test(digits) ? digits : '------');
    const found = await inTransaction(this.database, { institutionId }, async (tx) => {
      const now = await this.now(tx);
      const tried = isUuid(id) ? await this.store.countTry(tx, institutionId, id, now, TRIES) : null;
      const isRight = timingSafeEqual(Buffer.from(codeOf(this.vault, id)), given);
      if (!isRight || tried === null || tried.caseUuid === null || !tried.sent) return null;
      const holder = await this.store.holder(tx, institutionId, tried.caseUuid, now);
      await this.store.noteAnswer(tx, id, now, holder?.name === null ? null : (holder?.agencyId ?? null));
      return holder;
    });
    // Thrown once it is written that somebody has tried.
    if (found === null)
      throw new Refusal(CODE_NOT_GOOD, { errors: [{ pointer: '/code', detail: 'ask for another code if it does not help' }] });
    const { name, phone, address, since, published } = found;
    const complain = { bankPhone: this.config.complaintPhone || null, regulatorPhone: REGULATOR_PHONE };
    if (name === null) return { holder: 'bank', agency: null, complain };
    return { holder: 'agency', agency: { name, phone, address, since: since && zone.format(since.getTime()), published }, complain };
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }
}
