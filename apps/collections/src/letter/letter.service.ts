import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { FORBIDDEN, INVALID, NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { ActService } from '../act/act.service.ts';
import type { BatchRequest, BatchView, LetterListRequest, LetterView, SealView, TrackingRequest } from './letter.dto.ts';
import { LetterPaper, numberOf, type Printed } from './letter.paper.ts';
import { LETTER_STATE, NO_LETTERS, NOT_PERMITTED } from './letter.refusals.ts';
import { LetterStore, type BatchRecord, type LetterRecord } from './letter.store.ts';

const DEFAULT_LIMIT = 50;
const MOST_OF_A_BATCH = 200;
const MOST_SEAL_BYTES = 256 * 1024;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const zone = Zone.of(DEFAULT_TIME_ZONE);
const DAY_MS = 86_400_000;

// From where each step goes, and what the ledger of contacts hears of it.
const STEPS = {
  posted: { from: ['printed'], state: 'sent', outcome: 'delivered' },
  delivered: { from: ['sent'], state: 'delivered', outcome: 'delivered' },
  returned: { from: ['sent', 'delivered'], state: 'returned', outcome: 'failed' },
} as const;

/** Printing is the bank's: an agency sees its own letters one by one. Refuses with FORBIDDEN. */
function ofBank({ agencyId }: Principal): void {
  if (agencyId !== null) throw new Refusal(FORBIDDEN, { detail: 'The bank prints letters and follows them.' });
}

/** Letters: looked at, printed together, followed through the post. */
@Injectable()
export class LetterService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(LetterStore) private readonly store: LetterStore,
    @Inject(LetterPaper) private readonly paper: LetterPaper,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  /** The newest first. Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: LetterListRequest): Promise<Page<LetterView>> {
    ofBank(principal);
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    return inTransaction(this.database, principal, async (tx) => {
      const rows = await this.store.list(tx, principal.institutionId, { state: request.state ?? null, after, limit });
      return toPage(rows, limit, ({ id }) => id, toLetterView);
    });
  }

  /** The letter as it is printed. Refuses with NOT_FOUND, INVALID (no settings). */
  async pdf(principal: Principal, id: string, requestId: string): Promise<Printed> {
    const { institutionId, agencyId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const found = await this.letter(tx, principal, id);
      await this.paper.number(tx, institutionId, [found]);
      const letter = await this.store.find(tx, institutionId, id, agencyId);
      if (letter === null) throw new Error('the letter went while it was read');
      const printed = await this.paper.print(letter);
      await this.store.keepHash(tx, id, printed.sha256);
      await this.store.noteRead(tx, principal, [letter.caseId], requestId);
      return printed;
    });
  }

  /**
   * Makes a batch of letters that are permitted now; whoever prints them takes them to the post. Refuses with NO_LETTERS, NOT_PERMITTED where
   * one that was named may not be printed, INVALID (no settings), IDEMPOTENCY_KEY_REUSED.
   */
  async print(principal: Principal, { letterIds }: BatchRequest, idempotency: IdempotentRequest | null): Promise<BatchView> {
    ofBank(principal);
    const { institutionId, subject: by } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return toBatchView(await this.batch(tx, institutionId, claim.resource));
      const wanted = letterIds === undefined || letterIds === null ? null : [...new Set(letterIds.map((id) => id.toLowerCase()))];
      const strange = wanted?.find((id) => !isUuid(id));
      if (strange !== undefined) throw new Refusal(NOT_FOUND, { detail: 'There is no such letter here.' });
      const at = await this.now(tx);
      const ids = await this.store.lockPrintable(tx, institutionId, wanted, at, MOST_OF_A_BATCH);
      const left = wanted?.filter((id) => !ids.includes(id)) ?? [];
      if (left.length > 0)
        throw new Refusal(NOT_PERMITTED, { detail: `Printed already, or its permit is over: ${left.join(', ')}. Ask for it again.` });
      if (ids.length === 0) throw new Refusal(NO_LETTERS, { detail: 'Letters that the gate permits wait here for a day.' });
      const letters = await this.store.findAll(tx, institutionId, ids);
      await this.paper.number(tx, institutionId, letters);
      const batch = await this.store.addBatch(tx, institutionId, { by, at, ids });
      await this.acts.note(
        tx,
        principal,
        { action: 'letters-printed', resource: `letter-batch/${batch.id}`, detail: { letters: ids.length } },
        at,
      );
      await rememberResource(tx, institutionId, idempotency, batch.id);
      return toBatchView(batch);
    });
  }

  /** Refuses with INVALID for a cursor that is not ours. */
  async batches(principal: Principal, request: { readonly limit?: number; readonly cursor?: string }): Promise<Page<BatchView>> {
    ofBank(principal);
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    return inTransaction(this.database, principal, async (tx) =>
      toPage(await this.store.batches(tx, principal.institutionId, after, limit), limit, ({ id }) => id, toBatchView),
    );
  }

  /** All letters of a batch behind their list. Refuses with NOT_FOUND. */
  async batchPdf(principal: Principal, id: string, requestId: string): Promise<Printed> {
    ofBank(principal);
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const batch = await this.batch(tx, institutionId, id);
      const letters = await this.store.ofBatch(tx, institutionId, batch.id);
      const printed = await this.paper.printAll(batch, letters);
      await this.store.keepBatchHash(tx, batch.id, printed.sha256);
      await this.store.noteRead(
        tx,
        principal,
        letters.map(({ caseId }) => caseId),
        requestId,
      );
      return printed;
    });
  }

  /** A step of the post. Refuses with NOT_FOUND, LETTER_STATE, INVALID (a day to come), IDEMPOTENCY_KEY_REUSED. */
  async track(principal: Principal, id: string, request: TrackingRequest, idempotency: IdempotentRequest | null): Promise<LetterView> {
    ofBank(principal);
    const { institutionId, subject: by } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return toLetterView(await this.letter(tx, principal, claim.resource));
      const held = isUuid(id) ? await this.store.lockState(tx, institutionId, id) : null;
      const letter = await this.letter(tx, principal, id);
      const at = await this.now(tx);
      const { from, state, outcome } = STEPS[request.state];
      if (!(from as readonly string[]).includes(held ?? ''))
        throw new Refusal(LETTER_STATE, { detail: `The letter is ${held}; ${request.state} follows ${from.join(' or ')}.` });
      const on = request.on === undefined ? at : new Date(`${request.on}T12:00:00+08:00`);
      if (on.getTime() > at.getTime() + DAY_MS / 2)
        throw new Refusal(INVALID, { errors: [{ pointer: '/on', detail: 'is a day to come' }] });
      await this.store.track(tx, id, { state, outcome, at, on, by, trackingNo: request.trackingNo ?? null });
      await this.acts.note(tx, principal, { action: 'letter-tracked', resource: `letter/${id}`, detail: { state: request.state } }, at);
      await rememberResource(tx, institutionId, idempotency, letter.id);
      return toLetterView(await this.letter(tx, principal, id));
    });
  }

  async seal(principal: Principal): Promise<SealView> {
    return inTransaction(this.database, principal, async (tx) => {
      const seal = await this.store.newestSeal(tx, principal.institutionId);
      if (seal === null) return { sha256: null, png: null, setBy: null, setAt: null };
      const { sha256, png, setBy, setAt } = seal;
      return { sha256: sha256.toString('hex'), png: png.toString('base64'), setBy, setAt: zone.format(setAt.getTime()) };
    });
  }

  /** For letters that get their number from now on. Refuses with INVALID for what is no PNG. */
  async setSeal(principal: Principal, given: string): Promise<SealView> {
    const png = Buffer.from(given, 'base64');
    const fault =
      !png.subarray(0, 8).equals(PNG) || png.length < 64
        ? 'must be a PNG in base64'
        : png.length > MOST_SEAL_BYTES
          ? 'must have 256 KB at most'
          : null;
    if (fault !== null) throw new Refusal(INVALID, { errors: [{ pointer: '/png', detail: fault }] });
    const sha256 = createHash('sha256').update(png).digest();
    await inTransaction(this.database, principal, async (tx) => {
      const at = await this.now(tx);
      await this.store.addSeal(tx, principal.institutionId, { sha256, png, by: principal.subject, at });
      await this.acts.note(
        tx,
        principal,
        { action: 'letter-seal-set', resource: 'letter-seal', detail: { sha256: sha256.toString('hex') } },
        at,
      );
    });
    return this.seal(principal);
  }

  private async letter(tx: Tx, { institutionId, agencyId }: Principal, id: string): Promise<LetterRecord> {
    const letter = await this.store.find(tx, institutionId, id, agencyId);
    if (letter === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such letter here.' });
    return letter;
  }

  private async batch(tx: Tx, institutionId: string, id: string): Promise<BatchRecord> {
    const batch = await this.store.findBatch(tx, institutionId, id);
    if (batch === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such batch here.' });
    return batch;
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }
}

const toLetterView = (letter: LetterRecord): LetterView => ({
  id: letter.id,
  caseId: letter.caseId,
  templateId: letter.templateId,
  state: letter.state,
  number: numberOf(letter),
  datedOn: letter.datedOn,
  permitExpiresAt: letter.permitExpiresAt === null ? null : zone.format(letter.permitExpiresAt.getTime()),
  batchId: letter.batch,
  trackingNo: letter.trackingNo,
  sha256: letter.sha256,
});

const toBatchView = ({ id, madeBy, madeAt, letters, sha256 }: BatchRecord): BatchView => ({
  id,
  madeBy,
  madeAt: zone.format(madeAt.getTime()),
  letters,
  sha256,
});
