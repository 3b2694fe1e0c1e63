import { findPack, PACK_NAMES, type Language } from '#contact-rules';
import type { FieldError } from '#problem';
import { isLooser, loosenessOf, packOf, type PolicyContent } from './content.ts';
import { validateAdjust, validateRows } from './row-schema.ts';

/** A draft as it is sent: the version of a pack may be left out, then it is the newest. */
export interface StatedContent {
  readonly packs: readonly { readonly pack: string; readonly version?: number | null }[];
  readonly adjust: Readonly<Record<string, unknown>>;
  readonly rules: readonly unknown[];
}

function packErrors(packs: StatedContent['packs']): FieldError[] {
  return packs.flatMap(({ pack, version }, index): FieldError[] => {
    if (!PACK_NAMES.includes(pack)) return [{ pointer: `/packs/${index}/pack`, detail: `must be one of ${PACK_NAMES.join(', ')}` }];
    if (packs.findIndex((other) => other.pack === pack) < index)
      return [{ pointer: `/packs/${index}/pack`, detail: 'is in the list before; name each pack once' }];
    if (version === undefined || version === null || findPack(pack, version)) return [];
    const detail = `there is no such version; the newest is ${packOf(pack).version}, taken when it is left out`;
    return [{ pointer: `/packs/${index}/version`, detail }];
  });
}

/** The content that a draft states, each pack in one version; or what is wrong with its form, whatever it would permit. */
export function readContent({ packs, adjust, rules }: StatedContent, language: Language): PolicyContent | readonly FieldError[] {
  const errors = [...packErrors(packs), ...validateAdjust(adjust), ...validateRows(rules)];
  if (errors.length > 0) return errors;
  const content: PolicyContent = {
    packs: packs.map(({ pack, version }) => ({ pack, version: version ?? packOf(pack).version })),
    // The schema has said that they are.
    adjust: adjust as PolicyContent['adjust'],
    rules: rules as PolicyContent['rules'],
  };
  // What names no rule of the packs, or a rule's id twice, changes nothing that anybody could mean.
  const meaningless = loosenessOf(content).filter((one) => !isLooser(one));
  return meaningless.length === 0 ? content : meaningless.map(({ pointer, text }) => ({ pointer, detail: text[language] }));
}
