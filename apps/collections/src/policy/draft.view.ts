import type { Language } from '#contact-rules';
import { loosenessOf } from './content.ts';
import type { DraftEventView, LooserView, PolicyDraftView } from './draft.dto.ts';
import type { DraftRecord } from './draft.store.ts';

export const toLooserViews = (content: DraftRecord['content'], language: Language): LooserView[] =>
  loosenessOf(content).map(({ pointer, ruleId, pack, code, text }) => ({ pointer, ruleId, pack, code, text: text[language] }));

export const toEventViews = (history: DraftRecord['history']): DraftEventView[] =>
  history.map(({ at, by, action, detail, revision, sha256 }) => ({ at: new Date(at).toISOString(), by, action, detail, revision, sha256 }));

/** A draft on the wire. What came of a decided one is not judged again by today's packs. */
export function toDraftView(draft: DraftRecord, language: Language): PolicyDraftView {
  const { id, state, revision, product, content, note, author, sha256, version } = draft;
  return {
    id,
    state,
    revision,
    product: product === '' ? null : product,
    packs: content.packs,
    adjust: content.adjust,
    rules: content.rules,
    note,
    author,
    createdAt: draft.createdAt.toISOString(),
    updatedAt: draft.updatedAt.toISOString(),
    sha256,
    looser: state === 'draft' || state === 'submitted' ? toLooserViews(content, language) : [],
    history: toEventViews(draft.history),
    version,
    effectiveFrom: draft.effectiveFrom?.toISOString() ?? null,
    recalledAt: draft.recalledAt?.toISOString() ?? null,
  };
}
