import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { Zone, type Language } from '#contact-rules';
import { networkOf } from '#http';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { NOT_FOUND, Refusal, TOO_MANY } from '#problem';
import { AfterDesk, sayIn } from '../aftercare/aftercare.desk.ts';
import { CallbackAnswering } from './callback.answering.ts';
import type { SatisfactionAnswerRequest } from './callback.dto.ts';
import { CallbackPens } from './callback.pens.ts';
import { LINK_OVER } from './callback.refusals.ts';
import { CallbackStore, type CallbackRecord } from './callback.store.ts';
import type { QuestionView, ThanksView } from './callback.views.ts';

const WINDOW_MS = 10 * 60_000;
const MOST_KNOCKS = 30;
const NOBODY = '';

/** Whoever knocks at the page of a link. */
export interface Knock {
  readonly token: string;
  readonly ip: string;
  readonly language: Language;
}

/** What is rated and by when. */
interface Open {
  readonly callback: CallbackRecord;
  readonly principal: Principal;
}

/** Where answers go. */
@Injectable()
export class SatisfactionTools {
  constructor(
    @Inject(CallbackStore) readonly store: CallbackStore,
    @Inject(CallbackAnswering) readonly answering: CallbackAnswering,
  ) {}
}

/** How satisfied a complainant is, by the link that was sent to him: without a login, once, until its time is over. */
@Injectable()
export class SatisfactionService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(AfterDesk) private readonly desk: AfterDesk,
    @Inject(CallbackPens) private readonly pens: CallbackPens,
    @Inject(SatisfactionTools) private readonly tools: SatisfactionTools,
  ) {}

  /** Refuses with TOO_MANY, NOT_FOUND for a token that is none, LINK_OVER. */
  async question(knock: Knock): Promise<QuestionView> {
    return this.enter(knock, async (tx, { callback }) => {
      const now = await this.now(tx);
      checkOpen(callback, now);
      return { number: callback.number, expiresAt: sayIn(Zone.of(callback.timeZone), callback.expiresAt ?? now) };
    });
  }

  /** Takes the one answer. Refuses with TOO_MANY, NOT_FOUND, LINK_OVER. */
  async answer(knock: Knock, request: SatisfactionAnswerRequest): Promise<ThanksView> {
    return this.enter(knock, async (tx, open) => {
      const at = await this.locked(tx, open);
      await this.tools.answering.take(at, open.callback, request, { via: 'link', by: null, language: knock.language });
      return { taken: true };
    });
  }

  /** He does not want to say; that is kept as such. Refuses with TOO_MANY, NOT_FOUND, LINK_OVER. */
  async refuse(knock: Knock): Promise<ThanksView> {
    return this.enter(knock, async (tx, open) => {
      const at = await this.locked(tx, open);
      await this.tools.store.end(tx, open.callback.id, 'refused', at.now, null);
      await this.desk.note(at, 'callback-refused', { callbackId: open.callback.id, via: 'link' });
      return { taken: true };
    });
  }

  /** The complaint is locked, and the link is still open then. */
  private async locked(tx: Tx, { callback, principal }: Open) {
    const record = await this.desk.reading.lockAsParty(tx, principal, callback.complaintId);
    const now = await this.now(tx);
    const fresh = await this.tools.store.find(tx, callback.id);
    if (fresh === null) throw new Error('a call-back went while its complaint was locked');
    checkOpen(fresh, now);
    return { tx, principal, record, now };
  }

  private async enter<T>({ token, ip }: Knock, work: (tx: Tx, open: Open) => Promise<T>): Promise<T> {
    const knocks = await inTransaction(this.database, { institutionId: NOBODY }, async (tx) => {
      const now = await this.now(tx);
      return this.tools.store.knock(tx, this.pens.addressIndex(networkOf(ip)), now, new Date(now.getTime() - WINDOW_MS));
    });
    if (knocks > MOST_KNOCKS) throw new Refusal(TOO_MANY, { detail: 'Try again in ten minutes.', retryAfterSeconds: WINDOW_MS / 1000 });
    const link = this.pens.read(token);
    if (link === null) throw noLink();
    const { institutionId, id } = link;
    return inTransaction(this.database, { institutionId }, async (tx) => {
      const callback = await this.tools.store.find(tx, id);
      if (callback === null || callback.institutionId !== institutionId) throw noLink();
      const principal = { subject: 'complainant', clientId: null, institutionId, agencyId: null, roles: [] };
      return work(tx, { callback, principal });
    });
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }
}

const noLink = (): Refusal => new Refusal(NOT_FOUND, { detail: 'There is no such link.' });

function checkOpen({ state, expiresAt }: CallbackRecord, now: Date): void {
  if (state !== 'sent' || expiresAt === null || expiresAt <= now)
    throw new Refusal(LINK_OVER, { detail: state === 'answered' ? 'It was answered; thank you.' : 'It cannot be answered any more.' });
}
