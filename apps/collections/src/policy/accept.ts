export const FORMS = ['json', 'html', 'markdown'] as const;
export type Form = (typeof FORMS)[number];

const TYPES: Readonly<Record<string, Form>> = {
  'application/json': 'json',
  'text/html': 'html',
  'text/markdown': 'markdown',
};

/** The form that an `Accept` header likes best (RFC 9110 12.5.1); JSON where it has no liking, or for none of ours. */
export function formOf(accept: string | undefined): Form {
  const liked = (accept ?? '').split(',').flatMap((part, index) => {
    const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const form = TYPES[type];
    const quality = Number(parameters.find((text) => text.startsWith('q='))?.slice(2) ?? 1);
    return form !== undefined && quality > 0 ? [{ form, quality, index }] : [];
  });
  const [best] = liked.toSorted((a, b) => b.quality - a.quality || a.index - b.index);
  return best?.form ?? 'json';
}
