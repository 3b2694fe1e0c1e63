import { offline, toProblem } from '../../api/problem.ts';
import { languageTag, type Language } from '../../i18n/language.ts';

export interface Finding {
  readonly attemptId: string;
  readonly ruleId: string;
  readonly severity: 'block' | 'warn';
  readonly pack: string;
  readonly source: string;
  readonly limit: number | null;
  readonly counted: number | null;
  readonly message: string;
}

export interface FindingPage {
  readonly items: readonly Finding[];
  /** How many that match come before the next page; null: there are no more. */
  readonly nextCursor: string | null;
}

/** The lines of a stream of bytes, however they are cut. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/** Of the findings that `wanted` lets through, those from `skip` on, `size` at most. Reads no further than it must. */
export async function pageOf(
  lines: AsyncIterable<string>,
  wanted: (finding: Finding) => boolean,
  skip: number,
  size: number,
): Promise<FindingPage> {
  const items: Finding[] = [];
  let seen = 0;
  for await (const line of lines) {
    const finding = JSON.parse(line) as Finding;
    if (!wanted(finding)) continue;
    if (items.length === size) return { items, nextCursor: String(skip + size) };
    if (seen >= skip) items.push(finding);
    seen += 1;
  }
  return { items, nextCursor: null };
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Whoever has enough lets the service stop.
    await reader.cancel().catch(() => undefined);
  }
}

export interface FindingsAsked {
  readonly id: string;
  readonly language: Language;
  readonly ruleId: string | null;
  readonly skip: number;
  readonly size: number;
  readonly signal: AbortSignal;
}

/** A page of findings out of the file of all of them. Throws Problem. */
export async function readFindings({ id, language, ruleId, skip, size, signal }: FindingsAsked): Promise<FindingPage> {
  const answer = await fetch(`/api/collections/v1/lookbacks/${id}/findings.ndjson`, {
    signal,
    headers: { 'accept-language': languageTag(language) },
  }).catch((error: unknown) => {
    throw signal.aborted ? error : offline();
  });
  if (!answer.ok || answer.body === null) throw toProblem(answer.status, await answer.text(), answer.headers);
  return pageOf(linesOf(chunksOf(answer.body)), (finding) => ruleId === null || finding.ruleId === ruleId, skip, size);
}
