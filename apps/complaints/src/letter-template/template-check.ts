import { BAN_SOURCES, screenText } from '#contact-rules';
import { INVALID, Refusal, type FieldError } from '#problem';
import { checkItems } from './letter-items.ts';
import { hasStrayBrace, VARIABLES, variablesIn, type LetterBlock } from './letter-kinds.ts';
import type { TemplateRequest } from './template.dto.ts';
import { LETTER_INCOMPLETE, TEMPLATE_REFUSED } from './template.refusals.ts';

const KNOWN: ReadonlySet<string> = new Set(VARIABLES.map(({ name }) => name));

function placeFaults(pointer: string, text: string): FieldError[] {
  const unknown = variablesIn(text).filter((name) => !KNOWN.has(name));
  const detail = `names ${unknown.join(', ')}, which no letter has; known are ${[...KNOWN].join(', ')}`;
  const stray = hasStrayBrace(text) ? [{ pointer, detail: 'has a brace that is no {{variable}}' }] : [];
  return [...(unknown.length > 0 ? [{ pointer, detail }] : []), ...stray];
}

function contentFaults(pointer: string, text: string): FieldError[] {
  const { bans } = screenText(text, { byAgency: false, balance: null });
  return bans
    .filter(({ ban }) => ban !== 'amount')
    .map(({ ban, words }) => ({ pointer, detail: `is refused (${ban}) for: ${words.join(', ')}`, source: BAN_SOURCES[ban] }));
}

const partsOf = (request: TemplateRequest): (readonly [string, string])[] => {
  const blocks = (name: string, given: readonly LetterBlock[] | null | undefined) =>
    (given ?? []).map(({ text }, index) => [`/${name}/${index}/text`, text] as const);
  const texts = (['titleZh', 'titleEn', 'smsZh', 'smsEn'] as const).map((name) => [`/${name}`, request[name] ?? ''] as const);
  return [...texts, ...blocks('blocksZh', request.blocksZh), ...blocks('blocksEn', request.blocksEn)];
};

/** Whether a template can be a letter at all. Refuses with INVALID, TEMPLATE_REFUSED for its content, LETTER_INCOMPLETE naming what is missing and its article. */
export function checkTemplate(request: TemplateRequest): void {
  const hasEnglish = Boolean(request.titleEn) || (request.blocksEn?.length ?? 0) > 0;
  const parts = partsOf(request);
  const errors = parts.flatMap(([pointer, text]) => placeFaults(pointer, text));
  if (hasEnglish && !request.titleEn) errors.push({ pointer: '/titleEn', detail: 'must not be empty beside English blocks' });
  if (hasEnglish && !request.blocksEn?.length) errors.push({ pointer: '/blocksEn', detail: 'must not be empty beside an English title' });
  if (request.smsEn && !hasEnglish) errors.push({ pointer: '/smsEn', detail: 'needs the English letter beside it' });
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
  const content = parts.flatMap(([pointer, text]) => contentFaults(pointer, text));
  if (content.length > 0) throw new Refusal(TEMPLATE_REFUSED, { errors: content });
  const missing = [
    ...checkItems(request.kind, request.blocksZh, '/blocksZh'),
    ...(hasEnglish ? checkItems(request.kind, request.blocksEn ?? [], '/blocksEn') : []),
  ];
  if (missing.length > 0) throw new Refusal(LETTER_INCOMPLETE, { detail: `A ${request.kind} letter must say more.`, errors: missing });
}
