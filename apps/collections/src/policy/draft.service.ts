import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Language } from '#contact-rules';
import type { IdempotentRequest } from '#idempotency';
import { INVALID, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { readContent } from './check-content.ts';
import { DraftDesk, requireState } from './draft.desk.ts';
import type { PolicyDraftChange, PolicyDraftFilter, PolicyDraftRequest, PolicyDraftView } from './draft.dto.ts';
import type { DraftRecord, DraftText } from './draft.store.ts';
import { toDraftView, toLooserViews } from './draft.view.ts';
import { DRAFT_CHANGED, LOOSER_THAN_PACK, NOT_YOUR_DRAFT } from './policy.refusals.ts';

const MOST_ERRORS = 50;

/** A change of the policy, while its author works on it. */
@Injectable()
export class DraftService {
  constructor(@Inject(DraftDesk) private readonly desk: DraftDesk) {}

  /** Refuses with INVALID, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. One that is looser than a pack is kept, and says so. */
  async create(
    principal: Principal,
    request: PolicyDraftRequest,
    idempotency: IdempotentRequest | null,
    language: Language,
  ): Promise<PolicyDraftView> {
    const text = toText(request, language);
    return this.desk.write(principal, idempotency, language, async (tx) => {
      const at = await this.desk.now(tx);
      const id = await this.desk.store.create(tx, principal.institutionId, principal.subject, at, text);
      await this.desk.note(tx, principal, await this.desk.find(tx, principal, id), { action: 'created', at });
      return id;
    });
  }

  /** Refuses with NOT_FOUND, INVALID, NOT_YOUR_DRAFT, DRAFT_STATE, DRAFT_CHANGED. */
  async change(principal: Principal, id: string, request: PolicyDraftChange, language: Language): Promise<PolicyDraftView> {
    const text = toText(request, language);
    return this.desk.write(principal, null, language, async (tx) => {
      const draft = requireAuthor(await this.desk.take(tx, principal, id), principal);
      requireState(draft, ['draft']);
      if (draft.revision !== request.revision)
        throw new Refusal(DRAFT_CHANGED, { detail: `It is at revision ${draft.revision} now; read it again.` });
      const at = await this.desk.now(tx);
      await this.desk.store.change(tx, draft.id, at, text);
      await this.desk.note(tx, principal, await this.desk.find(tx, principal, id), { action: 'changed', at });
      return draft.id;
    });
  }

  /** Gives it to others to decide; it is not changed any more. Refuses with NOT_FOUND, NOT_YOUR_DRAFT, DRAFT_STATE, LOOSER_THAN_PACK. */
  submit(principal: Principal, id: string, idempotency: IdempotentRequest | null, language: Language): Promise<PolicyDraftView> {
    return this.desk.write(principal, idempotency, language, async (tx) => {
      const draft = requireAuthor(await this.desk.take(tx, principal, id), principal);
      requireState(draft, ['draft']);
      requireNotLooser(draft, language);
      const at = await this.desk.now(tx);
      await this.desk.store.move(tx, draft.id, at, 'submitted', null);
      await this.desk.note(tx, principal, draft, { action: 'submitted', at });
      return draft.id;
    });
  }

  /** Its author gives it up. Refuses with NOT_FOUND, NOT_YOUR_DRAFT, DRAFT_STATE. */
  withdraw(principal: Principal, id: string, idempotency: IdempotentRequest | null, language: Language): Promise<PolicyDraftView> {
    return this.desk.write(principal, idempotency, language, async (tx) => {
      const draft = requireAuthor(await this.desk.take(tx, principal, id), principal);
      requireState(draft, ['draft', 'submitted']);
      const at = await this.desk.now(tx);
      await this.desk.store.move(tx, draft.id, at, 'withdrawn', null);
      await this.desk.note(tx, principal, draft, { action: 'withdrawn', at });
      return draft.id;
    });
  }

  /** Refuses with NOT_FOUND, FORBIDDEN. */
  async find(principal: Principal, id: string, language: Language): Promise<PolicyDraftView> {
    return toDraftView(await this.desk.read(principal, (tx) => this.desk.find(tx, principal, id)), language);
  }

  /** The newest first. Refuses with INVALID (a cursor that we did not give), FORBIDDEN. */
  async list(principal: Principal, { state, limit = 50, cursor }: PolicyDraftFilter, language: Language): Promise<Page<PolicyDraftView>> {
    const before = decodeCursor(cursor, isUuid);
    const drafts = await this.desk.read(principal, (tx) =>
      this.desk.store.list(tx, principal.institutionId, state ?? null, before, limit + 1),
    );
    return toPage(
      drafts,
      limit,
      ({ id }) => id,
      (draft) => toDraftView(draft, language),
    );
  }
}

function toText(request: PolicyDraftRequest, language: Language): DraftText {
  const stated = { packs: request.packs, adjust: request.adjust ?? {}, rules: request.rules ?? [] };
  const content = readContent(stated, language);
  if (!('packs' in content)) throw new Refusal(INVALID, { errors: content.slice(0, MOST_ERRORS) });
  return { product: request.product ?? '', content, note: request.note };
}

function requireAuthor(draft: DraftRecord, { subject }: Principal): DraftRecord {
  if (draft.author !== subject) throw new Refusal(NOT_YOUR_DRAFT, { detail: `It was made by ${draft.author}.` });
  return draft;
}

/** Refuses with LOOSER_THAN_PACK, naming each place. */
export function requireNotLooser({ content }: DraftRecord, language: Language): void {
  const looser = toLooserViews(content, language);
  if (looser.length > 0) throw new Refusal(LOOSER_THAN_PACK, { errors: looser.map(({ pointer, text }) => ({ pointer, detail: text })) });
}
