import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { inTransaction, type Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import { Vault } from '#vault';
import { decodeCursor, encodeCursor, isUuid, type Page } from '#wire';
import { toListItem, type Reading } from '../complaint/complaint.mapper.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { openTexts, type PartText } from './finding-texts.ts';
import type { SearchHit, SearchRequest, SnippetView } from './finding.dto.ts';
import { FindingStore } from './finding.store.ts';
import { findPhrase, snippetOf, toQuery, unitsOf, type Phrase } from './search-text.ts';
import { SearchService } from './search.service.ts';

const DEFAULT_LIMIT = 20;
const BATCH = 200;
/** So many candidates are opened for one page at most: what two characters each of many have in common is not yet the phrase. */
const MOST_EXAMINED = 2000;

interface Asked {
  readonly phrases: readonly Phrase[];
  readonly tokens: readonly bigint[];
  readonly request: SearchRequest;
}

/** Finds complaints by what is written in them. */
@Injectable()
export class FindingService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(FindingStore) private readonly store: FindingStore,
    @Inject(SearchService) private readonly search: SearchService,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /**
   * Complaints in which all of it is written, as far as the reader's role sees their texts. Refuses with INVALID for what has nothing to be found by, and for a
   * cursor that is not ours.
   */
  async find(principal: Principal, request: SearchRequest, requestId: string): Promise<Page<SearchHit>> {
    const { phrases, tokens } = toQuery(request.q);
    const before = decodeCursor(request.cursor, isUuid);
    const asked = { phrases, tokens: this.search.hashes(principal.institutionId, tokens), request };
    return inTransaction(this.database, principal, async (tx) => {
      const reading = this.reading.readingOf(principal, await this.reading.now(tx));
      const named = before === null ? await this.named(tx, principal, request, reading) : [];
      if (tokens.size === 0 && named.length === 0)
        throw new Refusal(INVALID, { errors: [{ pointer: '/q', detail: 'needs a word, or two Chinese characters beside each other' }] });
      const limit = request.limit ?? DEFAULT_LIMIT;
      const page = tokens.size === 0 ? { items: [], nextCursor: null } : await this.written(tx, principal, asked, reading, before, limit);
      const known = new Set(named.map(({ complaint }) => complaint.id));
      const items = [...named, ...page.items.filter(({ complaint }) => !known.has(complaint.id))];
      const ids = items.map(({ complaint }) => complaint.id);
      await this.reading.noteRead(tx, principal, reading, ids, ['complainant.name', 'subject', 'search'], requestId);
      return { items, nextCursor: page.nextCursor };
    });
  }

  /** What the text names whole. A phone or an id number is asked by only by those who see them. */
  private async named(tx: Tx, { institutionId }: Principal, request: SearchRequest, reading: Reading): Promise<SearchHit[]> {
    const text = request.q.trim();
    const contacts = text.startsWith('+') ? [text] : [text, `+86${text}`];
    const found = await this.store.exact(tx, institutionId, {
      text,
      contactIndexes: reading.masked ? null : contacts.map((contact) => this.vault.index(contact, 'complaint.contact')),
      idNumberIndex: reading.masked ? null : this.vault.index(text, 'complaint.idNumber'),
    });
    const fields = new Map(found.map(({ id, field }) => [id, field]));
    const records = await this.store.records(tx, institutionId, [...fields.keys()], request.state ?? null);
    return records.map((record) => ({ complaint: toListItem(record, reading), exact: fields.get(record.id) ?? null, snippets: [] }));
  }

  /** Looks through candidates from the latest on, until the page is full or enough were looked at. */
  private async written(
    tx: Tx,
    principal: Principal,
    { phrases, tokens, request }: Asked,
    reading: Reading,
    before: string | null,
    limit: number,
  ): Promise<Page<SearchHit>> {
    const items: SearchHit[] = [];
    let last = before;
    for (let examined = 0; examined < MOST_EXAMINED; examined += BATCH) {
      const candidates = await this.store.candidates(tx, tokens, last, BATCH);
      const records = await this.store.records(tx, principal.institutionId, candidates, request.state ?? null);
      const texts = await this.texts(tx, records, reading);
      for (const record of records) {
        const snippets = lookThrough(texts.get(record.id) ?? [], phrases);
        if (snippets === null) continue;
        items.push({ complaint: toListItem(record, reading), exact: null, snippets });
        if (items.length === limit) return { items, nextCursor: encodeCursor(record.id) };
      }
      if (candidates.length < BATCH) return { items, nextCursor: null };
      last = candidates.at(-1) ?? null;
    }
    return { items, nextCursor: last && encodeCursor(last) };
  }

  private async texts(tx: Tx, records: readonly ComplaintRecord[], reading: Reading): Promise<ReadonlyMap<string, PartText[]>> {
    const ids = records.map(({ id }) => id);
    const others = [...(await this.store.ledgerTexts(tx, ids)), ...(await this.store.roomTexts(tx, ids))];
    const byComplaint = Map.groupBy(others, ({ complaintId }) => complaintId);
    return new Map(records.map((record) => [record.id, openTexts(record, byComplaint.get(record.id) ?? [], reading)]));
  }
}

/** Where the phrases are, by part; null where one of them is nowhere. */
export function lookThrough(texts: readonly PartText[], phrases: readonly Phrase[]): SnippetView[] | null {
  const parts = texts.map((text) => ({ ...text, units: unitsOf(text.text) }));
  const found = new Set<Phrase>();
  const snippets = parts.flatMap(({ part, text, units }): SnippetView[] => {
    const marks = phrases.flatMap((phrase) => {
      const mark = findPhrase(units, phrase);
      if (mark) found.add(phrase);
      return mark ?? [];
    });
    return marks.length === 0 ? [] : [{ part, ...snippetOf(text, marks) }];
  });
  return phrases.length > 0 && phrases.every((phrase) => found.has(phrase)) ? snippets : null;
}
