import type { KeptDecision, Screened } from './screener.ts';

/**
 * How results are kept: lines of JSON. Most cases share their answer with many others, so an answer is written once and then named by its number.
 * `{"n":7,"answer":{...}}` says what 7 means from here on; `["C1","A01","P1","<point id>",7]` is a case; with a text in place of the number,
 * the case could not be judged, and the text is what there is none of.
 */
export type ResultLine =
  | { readonly n: number; readonly answer: KeptDecision }
  | readonly [caseId: string, agencyId: string | null, partyId: string | null, contactPointId: string | null, answer: number | string];

// So many answers are kept in mind, by who writes and by who reads; then numbers are used again.
const ANSWERS = 4096;

const quoted = (text: string | null): string => (text === null ? 'null' : JSON.stringify(text));

/** Writes results as text. */
export class ResultWriter {
  private readonly numbers = new Map<string, number>();
  private readonly texts: string[] = [];
  private next = 0;

  line({ caseId, agencyId, partyId, contactPointId, missing, answer }: Screened): string {
    const ids = `${quoted(caseId)},${quoted(agencyId)},${quoted(partyId)},${quoted(contactPointId)}`;
    if (answer === null) return `[${ids},${quoted(missing)}]\n`;
    const known = this.numbers.get(answer.text);
    if (known !== undefined) return `[${ids},${known}]\n`;
    const number = this.remember(answer.text);
    return `{"n":${number},"answer":${answer.text}}\n[${ids},${number}]\n`;
  }

  unknown(caseId: string): string {
    return `[${quoted(caseId)},null,null,null,"caseId"]\n`;
  }

  private remember(text: string): number {
    const number = this.next;
    this.next = (number + 1) % ANSWERS;
    const forgotten = this.texts[number];
    if (forgotten !== undefined) this.numbers.delete(forgotten);
    this.texts[number] = text;
    this.numbers.set(text, number);
    return number;
  }
}
