import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { SearchStore } from './search.store.ts';
import { tokensOf, unitsOf } from './search-text.ts';

export const TEXT = 'complaint_text.text';
const MOST_KNOWN = 200_000;

export interface TextsOf {
  readonly complaintId: string;
  readonly texts: readonly string[];
}

/** Keeps what complaints are found by, without their texts: see docs/complaints-supervision.md. */
@Injectable()
export class SearchService {
  // Two characters are met again and again: of each its hash.
  private readonly known = new Map<string, bigint>();

  constructor(
    @Inject(SearchStore) private readonly store: SearchStore,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Another room's text of a complaint is found from now on, instead of what the same part said before. `part`: a word, and an id where there are several, `note:…`. */
  async put(tx: Tx, complaintId: string, part: string, text: string): Promise<void> {
    const institutionId = await this.store.institutionOf(tx, complaintId);
    if (institutionId === null) throw new Error('a text of a complaint that is not there');
    await this.store.putText(tx, institutionId, complaintId, part, this.vault.seal(text, TEXT));
    await this.index(tx, institutionId, [{ complaintId, texts: [text] }]);
  }

  /** A text that is gone is not found any more. */
  async remove(tx: Tx, complaintId: string, part: string): Promise<void> {
    await this.store.removeText(tx, complaintId, part);
  }

  /** Texts that stand sealed in the complaint or in its ledger are found from now on. */
  async index(tx: Tx, institutionId: string, complaints: readonly TextsOf[]): Promise<void> {
    const rows = complaints.map(({ complaintId, texts }) => ({ complaintId, tokens: this.tokens(institutionId, texts) }));
    const told = rows.filter(({ tokens }) => tokens.length > 0);
    if (told.length > 0) await this.store.add(tx, institutionId, told);
  }

  /** The keyed hashes of these texts, each once. */
  tokens(institutionId: string, texts: readonly string[]): bigint[] {
    const tokens = new Set(texts.flatMap((text) => [...tokensOf(unitsOf(text))]));
    return this.hashes(institutionId, tokens);
  }

  /** Of an institution alone: the same word has another hash at another. */
  hashes(institutionId: string, tokens: ReadonlySet<string>): bigint[] {
    return [...new Set([...tokens].map((token) => this.hash(institutionId, token)))];
  }

  private hash(institutionId: string, token: string): bigint {
    const name = `${institutionId}\u0000${token}`;
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const hash = this.vault.index(token, `complaint.search ${institutionId}`).readBigInt64BE(0);
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    this.known.set(name, hash);
    return hash;
  }
}
