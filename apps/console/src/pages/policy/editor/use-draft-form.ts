import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { newKey } from '../../../api/client.ts';
import { changeDraft, createDraft, POLICY } from '../api.ts';
import type { Draft, Looseness } from '../wire.ts';
import { isSame, requestOf, type DraftForm } from './form.ts';
import { isReady, named } from './own-rules.ts';

const partOf = (pointer: string): string => pointer.split('/').slice(0, 3).join('/');

/** What the service said and what is still as it was when it said so. */
function stillSaid(looser: readonly Looseness[], form: DraftForm, saved: DraftForm): readonly Looseness[] {
  const at = ({ adjust, rules, packs }: DraftForm, pointer: string): string => {
    const [, field = '', key = ''] = partOf(pointer).split('/');
    if (field === 'adjust') return JSON.stringify(adjust[key]);
    return field === 'rules' ? JSON.stringify(rules[Number(key)]) : JSON.stringify(packs);
  };
  return looser.filter(({ pointer }) => at(form, pointer) === at(saved, pointer));
}

export interface DraftFormState {
  readonly form: DraftForm;
  readonly change: (change: Partial<DraftForm>) => void;
  readonly looser: readonly Looseness[];
  readonly isChanged: boolean;
  readonly isStrict: boolean;
  readonly isSaving: boolean;
  readonly error: Error | null;
  /** Saves what can be saved; resolves to the draft as it is kept, null where something is to be corrected first. */
  readonly save: () => Promise<Draft | null>;
}

/** The form of a draft: what it holds, what was saved last, and the way from one to the other. */
export function useDraftForm(start: DraftForm, draft: Draft | null): DraftFormState {
  const queries = useQueryClient();
  const [form, setForm] = useState(start);
  const [saved, setSaved] = useState(draft === null ? null : start);
  const [isStrict, setIsStrict] = useState(false);
  // One draft, however often the first save is sent.
  const key = useRef(newKey());
  const sending = useMutation({
    mutationFn: (wanted: DraftForm) =>
      draft === null ? createDraft(requestOf(wanted), key.current) : changeDraft(draft.id, requestOf(wanted), draft.revision),
  });
  const save = async (): Promise<Draft | null> => {
    setIsStrict(true);
    if (!isReady(form)) return null;
    const wanted = { ...form, rules: form.rules.map(named) };
    try {
      const kept = await sending.mutateAsync(wanted);
      setForm(wanted);
      setSaved(wanted);
      await queries.invalidateQueries({ queryKey: POLICY });
      return kept;
    } catch {
      // Told by `error`. What was refused may be sent again as something else.
      key.current = newKey();
      return null;
    }
  };
  return {
    form,
    change: (change) => setForm((before) => ({ ...before, ...change })),
    looser: saved === null ? [] : stillSaid(draft?.looser ?? [], form, saved),
    isChanged: saved === null || !isSame(form, saved),
    isStrict: isStrict && !isReady(form),
    isSaving: sending.isPending,
    error: sending.error,
    save,
  };
}
