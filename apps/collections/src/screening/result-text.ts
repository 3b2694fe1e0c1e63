import { toMessage, type Language } from '#contact-rules';
import { csvLine } from '#render';
import type { ResultLine } from './result-lines.ts';
import type { KeptDecision } from './screener.ts';

export type ResultFormat = 'csv' | 'ndjson';
export const VERDICTS = ['permitted', 'refused', 'not-judged'] as const;
export type ScreeningVerdict = (typeof VERDICTS)[number];

export const RESULT_COLUMNS = [
  'caseId',
  'agencyId',
  'verdict',
  'missing',
  'partyId',
  'contactPointId',
  'reasons',
  'messages',
  'nextPermittedAt',
  'mustEndBy',
] as const;

/** An answer in words, all but what it is about. */
interface Rendered {
  readonly verdict: KeptDecision['verdict'];
  readonly text: string;
}

const NOT_JUDGED = { reasons: [], nextPermittedAt: null, mustEndBy: null } as const;

/** Puts kept results into the words of the reader. Most cases share their answer with many others: it is put into words once. */
export class ResultText {
  private readonly answers: Rendered[] = [];
  private readonly separator: string;

  constructor(
    private readonly format: ResultFormat,
    private readonly language: Language,
    /** Null: all. */
    private readonly verdict: ScreeningVerdict | null,
  ) {
    this.separator = format === 'csv' ? ',' : ',"partyId":';
  }

  get header(): string {
    return this.format === 'csv' ? `\uFEFF${csvLine(RESULT_COLUMNS)}` : '';
  }

  /** The text of a line; empty for one that is not shown. */
  line(kept: string): string {
    const line = JSON.parse(kept) as ResultLine;
    if ('n' in line) {
      this.answers[line.n] = { verdict: line.answer.verdict, text: this.tail(line.answer) };
      return '';
    }
    const [caseId, agencyId, partyId, contactPointId, answer] = line;
    const known = typeof answer === 'number' ? this.answers[answer] : undefined;
    const verdict = known?.verdict ?? 'not-judged';
    if (this.verdict !== null && this.verdict !== verdict) return '';
    const missing = typeof answer === 'string' ? answer : null;
    const tail = known?.text ?? this.tail(NOT_JUDGED);
    if (this.format === 'csv')
      return csvLine([caseId, agencyId, verdict, missing, partyId, contactPointId]).trimEnd() + this.separator + tail;
    return `${JSON.stringify({ caseId, agencyId, verdict, missing, partyId, contactPointId }).slice(0, -1)},${tail}`;
  }

  private tail({ reasons, nextPermittedAt, mustEndBy }: Pick<KeptDecision, 'reasons' | 'nextPermittedAt' | 'mustEndBy'>): string {
    const said = reasons.map((reason) => ({ reason, message: toMessage(reason, this.language) }));
    if (this.format === 'csv') {
      const ids = said.map(({ reason: { ruleId, fact } }) => (fact === null ? ruleId : `${ruleId}:${fact}`)).join(';');
      return csvLine([ids, said.map(({ message }) => message).join(' '), nextPermittedAt, mustEndBy]);
    }
    const shown = said.map(({ reason: { ruleId, severity, pack, source, limit, counted, clearsAt, fact }, message }) => ({
      ruleId,
      severity,
      pack,
      source,
      message,
      limit,
      counted,
      clearsAt,
      ...(fact === null ? {} : { fact }),
    }));
    return `${JSON.stringify({ reasons: shown, nextPermittedAt, mustEndBy }).slice(1)}\n`;
  }
}
