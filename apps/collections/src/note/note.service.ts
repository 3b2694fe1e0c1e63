import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { decodeCursor, isUuid, toPage, type Page, type PageRequest } from '#wire';
import { CaseService, type CasePlace } from '../case/case.service.ts';
import { Caring } from './caring.ts';
import type { MadeNote, NoteRequest, NoteView } from './note.dto.ts';
import { NoteStore, type NoteRecord } from './note.store.ts';

const DEFAULT_LIMIT = 50;

/** What people write about a case. Nothing is changed or removed. */
@Injectable()
export class NoteService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CaseService) private readonly cases: CaseService,
    @Inject(NoteStore) private readonly store: NoteStore,
    @Inject(Caring) private readonly caring: Caring,
  ) {}

  /** Refuses with NOT_FOUND, IDEMPOTENCY_KEY_REUSED. */
  async add(
    principal: Principal,
    caseId: string,
    { text, shared = false }: NoteRequest,
    idempotency: IdempotentRequest | null,
    requestId: string,
  ): Promise<MadeNote> {
    const { institutionId, agencyId, subject: by } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const place = await this.cases.place(tx, principal, caseId);
      const sign = await this.caring.read(tx, principal, place, text);
      const claim = await claimKey(tx, institutionId, idempotency);
      const id = claim?.resource ?? (await this.write(tx, principal, place, { text, shared: agencyId === null && shared, by, agencyId }));
      if (!claim) await rememberResource(tx, institutionId, idempotency, id);
      if (!claim && sign) await this.caring.stop(tx, principal, sign, place, id, await this.now(tx));
      const [record] = await this.store.list(tx, place.caseUuid, { agencyId, id, before: null, limit: 1 });
      if (!record) throw new Error('the note is gone');
      const view = this.toView(record, principal, place);
      await this.noteShown(tx, principal, [view], requestId);
      return { ...view, stopped: sign?.sign ?? null };
    });
  }

  /** The newest first. Refuses with NOT_FOUND, INVALID for a cursor that is not ours. */
  async list(principal: Principal, caseId: string, request: PageRequest, requestId: string): Promise<Page<NoteView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const before = decodeCursor(request.cursor, isUuid);
    const { agencyId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const place = await this.cases.place(tx, principal, caseId);
      const page = toPage(
        await this.store.list(tx, place.caseUuid, { agencyId, before, limit }),
        limit,
        ({ id }) => id,
        (record) => this.toView(record, principal, place),
      );
      await this.noteShown(tx, principal, page.items, requestId);
      return page;
    });
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }

  private async write(tx: Tx, { institutionId }: Principal, { caseUuid }: CasePlace, note: Omit<NoteRecord, 'id' | 'at'>): Promise<string> {
    return this.store.add(tx, institutionId, caseUuid, { ...note, at: await this.now(tx) });
  }

  private async noteShown(tx: Tx, principal: Principal, views: readonly NoteView[], requestId: string): Promise<void> {
    const ids = views.filter(({ text }) => text !== null).map(({ id }) => id);
    await this.cases.noteShown(tx, principal, { resource: 'case-note', ids, fields: ['text'] }, requestId);
  }

  private toView({ id, text, agencyId, shared, by, at }: NoteRecord, principal: Principal, { timeZone }: CasePlace): NoteView {
    const sees = this.cases.seesPersonalData(principal) || principal.roles.includes('compliance');
    return { id, text: sees ? text : null, agencyId, shared, by, at: Zone.of(timeZone).format(at.getTime()) };
  }
}
