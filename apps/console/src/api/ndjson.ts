import { languageTag, type Language } from '../i18n/language.ts';
import { offline, toProblem } from './problem.ts';

export interface StreamPage<Item> {
  readonly items: readonly Item[];
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

/** Of the items that `wanted` lets through, those from `skip` on, `size` at most. Reads no further than it must. */
export async function pageOf<Item>(
  lines: AsyncIterable<string>,
  wanted: (item: Item) => boolean,
  skip: number,
  size: number,
): Promise<StreamPage<Item>> {
  const items: Item[] = [];
  let seen = 0;
  for await (const line of lines) {
    const item = JSON.parse(line) as Item;
    if (!wanted(item)) continue;
    if (items.length === size) return { items, nextCursor: String(skip + size) };
    if (seen >= skip) items.push(item);
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

export interface StreamAsked<Item> {
  readonly address: string;
  readonly language: Language;
  readonly wanted: (item: Item) => boolean;
  readonly skip: number;
  readonly size: number;
  readonly signal: AbortSignal;
}

/** A page of items out of a file of JSON lines. Throws Problem. */
export async function readStream<Item>({ address, language, wanted, skip, size, signal }: StreamAsked<Item>): Promise<StreamPage<Item>> {
  const answer = await fetch(address, { signal, headers: { 'accept-language': languageTag(language) } }).catch((error: unknown) => {
    throw signal.aborted ? error : offline();
  });
  if (!answer.ok || answer.body === null) throw toProblem(answer.status, await answer.text(), answer.headers);
  return pageOf(linesOf(chunksOf(answer.body)), wanted, skip, size);
}
