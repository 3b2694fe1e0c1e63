import type { Reading } from '../complaint/complaint.mapper.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { openNote } from '../complaint/registration.service.ts';
import { maskData, maskText, openData } from '../complaint/sealing.ts';
import { TEXT } from './search.service.ts';

export interface PartText {
  readonly part: string;
  readonly text: string;
}

interface SealedText {
  readonly part: string;
  readonly sealed: Buffer;
}

/** Every text of a complaint as the reader may see it: who sees no phone number does not find by one either. */
export function openTexts(record: ComplaintRecord, others: readonly SealedText[], { vault, masked }: Reading): PartText[] {
  const known = openData(vault, record);
  const { name, subject, narrative, requests } = masked ? maskData(known) : known;
  const shown = (text: string): string => (masked ? maskText(text, known) : text);
  const written = others.flatMap(({ part, sealed }): PartText[] =>
    part === 'ledger'
      ? Object.values(openNote(vault, sealed)).map((text) => ({ part, text: shown(text) }))
      : [{ part: part.split(':')[0] ?? part, text: shown(vault.open(sealed, TEXT)) }],
  );
  return [
    { part: 'name', text: name },
    { part: 'subject', text: subject },
    { part: 'narrative', text: narrative },
    ...requests.map((text) => ({ part: 'requests', text })),
    ...written,
  ];
}
