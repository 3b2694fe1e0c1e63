import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { claimDay } from '#jobs';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { UploadService } from '#uploads';
import { ActService, type Action } from '../act/act.service.ts';
import { RegisterDesk } from '../case/register-desk.ts';
import { keptFor, LONGEST_YEARS, SHORTEST_YEARS, USUAL_YEARS } from './keep-until.ts';
import { RECORDING_KINDS, type RecordingTermRequest, type RecordingTerms, type RecordingView } from './recording.dto.ts';
import { DESTROYED, HELD_ALREADY, NOT_HELD } from './recording.refusals.ts';
import { RecordingStore, type RecordingRecord } from './recording.store.ts';
import { isHeld, toRecordingView } from './recording.view.ts';

const NIGHT = { hour: 3, zone: DEFAULT_TIME_ZONE } as const;
const BATCH = 500;
const zone = Zone.of(DEFAULT_TIME_ZONE);

/** For how long recordings are kept, who holds one longer, and that they go when nothing keeps them. */
@Injectable()
export class KeepingService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(RegisterDesk) private readonly desk: RegisterDesk,
    @Inject(RecordingStore) private readonly store: RecordingStore,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  /** Keeps a recording until the hold is lifted. Refuses with NOT_FOUND, DESTROYED, HELD_ALREADY, IDEMPOTENCY_KEY_REUSED. */
  hold(principal: Principal, id: string, reason: string, idempotency: IdempotentRequest | null): Promise<RecordingView> {
    return this.change(principal, id, { idempotency, action: 'recording-held', reason }, async (tx, { heldAt }, at) => {
      if (heldAt) throw new Refusal(HELD_ALREADY, { detail: `Since ${heldAt.toISOString()}.` });
      await this.store.hold(tx, id, { at, by: principal.subject });
    });
  }

  /** Refuses with NOT_FOUND, DESTROYED, NOT_HELD, IDEMPOTENCY_KEY_REUSED. */
  lift(principal: Principal, id: string, reason: string, idempotency: IdempotentRequest | null): Promise<RecordingView> {
    return this.change(principal, id, { idempotency, action: 'recording-released', reason }, async (tx, { heldAt }) => {
      if (!heldAt) throw new Refusal(NOT_HELD, { detail: 'There is nothing to lift.' });
      await this.store.hold(tx, id, null);
    });
  }

  async terms(principal: Principal): Promise<RecordingTerms> {
    return inTransaction(this.database, principal, (tx) => this.shownTerms(tx, principal.institutionId));
  }

  /** Sets the term of a kind. Refuses with INVALID for less than two years. */
  async setTerm(principal: Principal, { kind, keepYears }: RecordingTermRequest): Promise<RecordingTerms> {
    if (keepYears < SHORTEST_YEARS || keepYears > LONGEST_YEARS)
      throw new Refusal(INVALID, {
        errors: [
          {
            pointer: '/keepYears',
            detail: `must be from ${SHORTEST_YEARS} to ${LONGEST_YEARS}: recordings are kept for ${SHORTEST_YEARS} years at least`,
            source: 'CBA26',
          },
        ],
      });
    return inTransaction(this.database, principal, async (tx) => {
      const at = await this.desk.now(tx);
      await this.store.setTerm(tx, principal.institutionId, { kind, keepYears, setBy: principal.subject, setAt: at });
      await this.acts.note(
        tx,
        principal,
        { action: 'recording-term', resource: `recording-term/${kind}`, detail: { kind, keepYears } },
        at,
      );
      return this.shownTerms(tx, principal.institutionId);
    });
  }

  /** Destroys what nothing keeps any more, once a night; returns how many. Any number of workers may call it. */
  async destroyDue(now: Date | null): Promise<number> {
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => {
      const day = await claimDay(tx, 'recordings.destroy', now, NIGHT);
      if (day === null) return 0;
      const at = now ?? (await this.desk.now(tx));
      // The claim names the night's day; what is kept through today is kept.
      const today = zone.format(at.getTime()).slice(0, 10);
      for (let total = 0; ;) {
        const due = await this.store.lockDue(tx, today, BATCH);
        const free = due.filter((record) => keptFor({ ...record, held: isHeld(record) }, today) === null);
        await this.destroy(tx, free, at);
        total += free.length;
        if (free.length < BATCH) return total;
      }
    });
  }

  private async destroy(tx: Tx, records: readonly RecordingRecord[], at: Date): Promise<void> {
    if (records.length === 0) return;
    await this.store.destroy(
      tx,
      records.map(({ id }) => id),
      at,
      'term-over',
    );
    await this.uploads.remove(
      tx,
      records.flatMap(({ upload }) => (upload === null ? [] : [upload])),
    );
  }

  private async shownTerms(tx: Tx, institutionId: string): Promise<RecordingTerms> {
    const said = await this.store.terms(tx, institutionId);
    return {
      items: RECORDING_KINDS.map((kind) => {
        const own = said.find((term) => term.kind === kind);
        return {
          kind,
          keepYears: own?.keepYears ?? USUAL_YEARS,
          setBy: own?.setBy ?? null,
          setAt: own ? zone.format(own.setAt.getTime()) : null,
        };
      }),
    };
  }

  private async change(
    principal: Principal,
    id: string,
    act: { readonly idempotency: IdempotentRequest | null; readonly action: Action; readonly reason: string },
    work: (tx: Tx, record: RecordingRecord, at: Date) => Promise<void>,
  ): Promise<RecordingView> {
    const { idempotency, action, reason } = act;
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      const record = await this.store.find(tx, principal, id, claim === null);
      if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such recording here.' });
      const at = await this.desk.now(tx);
      if (claim) return toRecordingView(record, principal, at);
      const { destroyedAt, caseUuid } = record;
      if (destroyedAt) throw new Refusal(DESTROYED, { detail: `It was destroyed at ${destroyedAt.toISOString()}.` });
      await work(tx, record, at);
      await this.acts.note(tx, principal, { action, resource: id, caseUuid, reason }, at);
      await rememberResource(tx, institutionId, idempotency, id);
      return toRecordingView((await this.store.find(tx, principal, id)) ?? record, principal, at);
    });
  }
}
