import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { consistencyRanges, inclusionRanges } from '#evidence';
import { inTransaction, type Tx } from '#pg';
import { FORBIDDEN, INVALID, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { append, recordRead } from './append.ts';
import type { ConsistencyRequest, ExportRequest, HeadsRequest, RecordsRequest } from './evidence.dto.ts';
import { NOT_SEALED_YET } from './evidence.refusals.ts';
import { EvidenceStore, type ListedRow } from './evidence.store.ts';
import type {
  EvidenceConsistencyView,
  EvidenceHeadView,
  EvidenceKeysView,
  EvidenceProofView,
  EvidenceRecordItem,
} from './evidence.view.ts';
import { ExportLines, type ExportRange } from './export-lines.ts';
import { KeyStore } from './keys.ts';
import { toHead, toKeyInfo, toRecord } from './rows.ts';
import { firstIdAt } from './restore.ts';
import { LOG_NAME } from './sealer.ts';

const DEFAULT_LIMIT = 50;
// What is made and its record are of one transaction.
const AROUND_MS = 10_000;
const MOST_ABOUT = 50;
const hexOf = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('hex'));

/** The log as it is shown: heads, proofs, keys, exports. */
@Injectable()
export class EvidenceService {
  private readonly store = new EvidenceStore();
  private readonly keys: KeyStore;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(LOG_NAME) private readonly log: string,
  ) {
    this.keys = new KeyStore(vault);
  }

  /** The newest first. Refuses with INVALID for a cursor that is not ours. */
  async heads(principal: Principal, { cursor, limit = DEFAULT_LIMIT }: HeadsRequest): Promise<Page<EvidenceHeadView>> {
    const { institutionId } = principal;
    const below = decodeCursor(cursor, (key) => /^\d{1,15}$/.test(key));
    const rows = await inTransaction(this.database, principal, (tx) => this.store.heads(tx, institutionId, below, limit + 1));
    return toPage(
      rows,
      limit,
      ({ size }) => size,
      (row) => toHead(this.log, institutionId, row),
    );
  }

  /** That the record is in the log, by the newest head; the read is recorded. Refuses with NOT_FOUND, NOT_SEALED_YET. */
  async proof(principal: Principal, id: string, requestId: string): Promise<EvidenceProofView> {
    const { institutionId, subject, clientId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const placed = isUuid(id) ? await this.store.find(tx, institutionId, id) : null;
      const head = await this.store.newestHead(tx, institutionId);
      if (!placed?.record || !head) throw await this.absence(tx, institutionId, id);
      const position = Number(placed.position);
      const proof = await this.store.roots(tx, institutionId, inclusionRanges(position, Number(head.size)));
      await append(tx, institutionId, [
        { kind: 'evidence-read', actor: subject, body: { what: 'proof', record: id, clientId, requestId } },
      ]);
      return {
        record: { ...toRecord(placed.record) },
        position,
        leafHash: placed.leafHash.toString('hex'),
        proof: hexOf(proof),
        head: toHead(this.log, institutionId, head),
      };
    });
  }

  /** The newest first: those of the making of what has an id, those of a kind, or all that have a place. Refuses with INVALID. */
  async records(principal: Principal, { about, kind, cursor, limit = DEFAULT_LIMIT }: RecordsRequest): Promise<Page<EvidenceRecordItem>> {
    const { institutionId } = principal;
    const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(this.database, principal, work);
    const toItem = ({ at, ...row }: ListedRow): EvidenceRecordItem => ({ ...row, at: at.toISOString() });
    if (about !== undefined) {
      const id = about.toLowerCase();
      if (!isUuid(id)) throw new Refusal(INVALID, { errors: [{ pointer: '/about', detail: 'must be an id, such as that of a decision' }] });
      const made = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
      const span = [firstIdAt(made - AROUND_MS), firstIdAt(made + AROUND_MS)] as const;
      const rows = await read((tx) => this.store.about(tx, institutionId, id, span, MOST_ABOUT));
      return { items: rows.filter((row) => kind === undefined || row.kind === kind).map(toItem), nextCursor: null };
    }
    if (kind !== undefined) {
      const before = decodeCursor(cursor, isUuid);
      const rows = await read((tx) => this.store.ofKind(tx, institutionId, kind, before, limit + 1));
      return toPage(rows, limit, ({ id }) => id, toItem);
    }
    const below = decodeCursor(cursor, (key) => /^\d{1,15}$/.test(key));
    const rows = await read((tx) => this.store.newest(tx, institutionId, below, limit + 1));
    return toPage(rows, limit, ({ position }) => String(position), toItem);
  }

  /** That the log of one size is the beginning of that of another. Refuses with INVALID for sizes that it never had, or the wrong way round. */
  async consistency(principal: Principal, { from, to }: ConsistencyRequest): Promise<EvidenceConsistencyView> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      if (from > to) throw new Refusal(INVALID, { errors: [{ pointer: '/from', detail: 'is larger than to' }] });
      const [first, second] = [await this.exactHead(tx, institutionId, 'from', from), await this.exactHead(tx, institutionId, 'to', to)];
      const proof = await this.store.roots(tx, institutionId, consistencyRanges(from, to));
      return { from: first, to: second, proof: hexOf(proof) };
    });
  }

  async publicKeys(principal: Principal): Promise<EvidenceKeysView> {
    const rows = await inTransaction(this.database, principal, (tx) => this.keys.list(tx, principal.institutionId));
    return { log: this.log, institution: principal.institutionId, items: rows.map(toKeyInfo) };
  }

  /**
   * The log from one position to before another, as lines; `to` goes on to the next head, which is what can be checked. Recorded before the first line
   * leaves. Refuses with INVALID for positions that the log does not have, with FORBIDDEN where the role may not have keys of subjects.
   */
  async export(principal: Principal, request: ExportRequest, requestId: string): Promise<{ name: string; lines: AsyncIterable<string> }> {
    const { institutionId: institution, subject, clientId, roles } = principal;
    const isReadable = request.personal === 'readable';
    if (isReadable && !roles.includes('compliance'))
      throw new Refusal(FORBIDDEN, {
        detail: 'Keys of subjects go to compliance only; without personal=readable the export proves as much.',
      });
    const range = await inTransaction(this.database, principal, async (tx) => {
      const found = await this.rangeOf(tx, institution, request, isReadable);
      const body = { what: 'export', from: found.from, to: found.to, personal: isReadable, clientId, requestId };
      await append(tx, institution, [{ kind: 'evidence-read', actor: subject, body }]);
      const read = { institutionId: institution, subject, clientId, resource: 'evidence', requestId };
      if (isReadable) await recordRead(tx, { ...read, resourceIds: [`${found.from}-${found.to}`], fields: ['bodySealed'] });
      return found;
    });
    const lines = new ExportLines(this.database, this.store, this.vault, { log: this.log, institution });
    return { name: `${this.log}-${institution}-${range.from}-${range.to}.ndjson`, lines: lines.of(range) };
  }

  private async rangeOf(tx: Tx, institution: string, { from = 0, to }: ExportRequest, isReadable: boolean): Promise<ExportRange> {
    const { size, end, now } = await this.store.extent(tx, institution);
    const wrong = (pointer: string, detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer, detail }] });
    if (to !== undefined && to > size) throw wrong('/to', `is beyond the log, which has ${size} records under a signed head`);
    if (from > (to ?? size)) throw wrong('/from', to === undefined ? `is beyond the log, which has ${size} records` : 'is larger than to');
    const [first, last] = [await this.headAt(tx, institution, from), to === undefined ? size : await this.headAt(tx, institution, to)];
    // From a head on as well: what stands before is known by it.
    if (first !== from) throw wrong('/from', `is no size of a signed head; the next one is ${first}`);
    return { from, to: last, end: to === undefined ? end : last, exportedAt: now, isReadable };
  }

  private async headAt(tx: Tx, institution: string, size: number): Promise<number> {
    return size === 0 ? 0 : Number((await this.store.headFrom(tx, institution, size))?.size ?? size);
  }

  private async exactHead(tx: Tx, institution: string, field: string, size: number): Promise<EvidenceHeadView> {
    const head = await this.store.headFrom(tx, institution, size);
    if (head && Number(head.size) === size) return toHead(this.log, institution, head);
    const detail = head ? `is no size of a signed head; the next one is ${head.size}` : 'is beyond the last signed head';
    throw new Refusal(INVALID, { errors: [{ pointer: `/${field}`, detail }] });
  }

  private async absence(tx: Tx, institution: string, id: string): Promise<Refusal> {
    return isUuid(id) && (await this.store.isPending(tx, institution, id))
      ? new Refusal(NOT_SEALED_YET, { detail: 'Records are sealed within seconds.', retryAfterSeconds: 2 })
      : new Refusal(NOT_FOUND, { detail: 'There is no such record here.' });
  }
}
