import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { publishAll } from '#events';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { maskContactPoint, Vault } from '#vault';
import { isUuid } from '#wire';
import { MESSAGE_CONTEXT } from '../contact/message.ts';
import { BondService } from '../recording/bond.service.ts';
import { FILE_KNOWN, readAttribution, readFileRequest, type FileHeads } from './disclosure.events.ts';
import type { DisclosedItem, FilePage, FilePageRequest } from './disclosure.dto.ts';
import { FileStore, type FileRecord } from './file.store.ts';
import { ItemsStore, type ItemQuestion, type ItemRow } from './items.store.ts';

const MOST_AT_ONCE = 200;
/** What happened until a complaint was closed may be read a little longer: the desk reads once more at the end. */
const READ_AFTER_MS = 7 * 86_400_000;

/** What the complaints service is told of a debtor whom an open complaint is about, and what it tells of the complaint. */
@Injectable()
export class DisclosureService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(FileStore) private readonly files: FileStore,
    @Inject(ItemsStore) private readonly items: ItemsStore,
    @Inject(BondService) private readonly bonds: BondService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Keeps what is said of a complaint, holds its recordings or lets them go, and answers what there is. */
  async apply(tx: Tx, institutionId: string, payload: unknown): Promise<FileHeads> {
    const request = readFileRequest(payload);
    await this.files.keep(tx, institutionId, request);
    const file = await this.files.find(tx, institutionId, request.complaintId, true);
    if (file === null) throw new Error('what was said of a complaint was not kept');
    if (file.account === null) return { state: 'no-account' };
    const owner = await this.files.owner(tx, institutionId, file.account);
    if (owner === null) return { state: 'no-case' };
    if (file.debtor !== owner.debtor) await this.files.own(tx, institutionId, file.complaintId, owner.debtor);
    return this.headsOf(tx, file, owner.debtor, owner.debtorId);
  }

  /** Takes what caused a complaint. */
  async attribute(tx: Tx, institutionId: string, payload: unknown): Promise<{ taken: boolean }> {
    return { taken: await this.files.attribute(tx, institutionId, readAttribution(payload)) };
  }

  /** Says of files that waited for their account what there is now; for the sweep. */
  async tellArrived(tx: Tx): Promise<void> {
    for (const file of await this.files.arrived(tx)) {
      const owner = file.account === null ? null : await this.files.owner(tx, file.institutionId, file.account);
      if (owner === null) continue;
      const heads = await this.headsOf(tx, file, owner.debtor, owner.debtorId);
      await publishAll(tx, file.institutionId, FILE_KNOWN, [{ complaintId: file.complaintId, version: file.version, ...heads }]);
    }
  }

  /**
   * A page of what was done to the debtor whom a complaint is about, in order. Refuses with NOT_FOUND for a complaint that we were not told of,
   * that is over, or whose account nobody has here.
   */
  async page(institutionId: string, request: FilePageRequest, requestId: string): Promise<FilePage> {
    const { complaintId, after, since, limit = MOST_AT_ONCE, by } = request;
    return inTransaction(this.database, { institutionId }, async (tx) => {
      const file = isUuid(complaintId) && (!after || isUuid(after.id)) ? await this.files.find(tx, institutionId, complaintId) : null;
      const owner = file === null || file.account === null ? null : await this.files.owner(tx, institutionId, file.account);
      const now = this.clock.override ?? (await databaseNow(tx));
      if (file === null || owner === null || (file.closedAt !== null && now.getTime() - file.closedAt.getTime() > READ_AFTER_MS))
        throw new Refusal(NOT_FOUND, { detail: 'Nothing may be read for that complaint: it is not known here, or it is over.' });
      if (file.closedAt === null) await this.bond(tx, file, owner.debtor, now);
      const question = { ...questionOf(file, owner.debtor, owner.debtorId), ...(since && { from: new Date(since) }) };
      const rows = await this.items.list(tx, question, after ?? null, Math.min(limit, MOST_AT_ONCE));
      const shown = rows.slice(0, Math.min(limit, MOST_AT_ONCE));
      const items = shown.map((row) => this.toItem(row));
      const ids = [...new Set(shown.flatMap(({ caseId }) => (caseId === null ? [] : [caseId])))];
      const fields = [...new Set(shown.map(({ kind }) => kind))];
      await this.files.noteRead(tx, { institutionId, by, resource: 'complaint-file', ids, fields, requestId, purpose: file.number });
      const last = shown.at(-1);
      const next = rows.length > shown.length && last ? { at: Number(last.at), id: last.id } : null;
      return { number: file.number, debtorId: owner.debtorId, readAt: now.toISOString(), items, next };
    });
  }

  private async headsOf(tx: Tx, file: FileRecord, debtor: string, debtorId: string): Promise<FileHeads> {
    const now = this.clock.override ?? (await databaseNow(tx));
    if (file.closedAt === null) await this.bond(tx, file, debtor, now);
    else await this.bonds.release(tx, file.institutionId, file.complaintId, now);
    const kinds = await this.items.count(tx, questionOf(file, debtor, debtorId));
    const [firsts, lasts] = [kinds.map(({ first }) => first.getTime()), kinds.map(({ last }) => last.getTime())];
    return {
      state: file.closedAt === null ? 'known' : 'closed',
      debtorId,
      caseIds: await this.items.caseIds(tx, file.institutionId, debtor),
      counts: Object.fromEntries(kinds.map(({ kind, n }) => [kind, n])),
      ...(kinds.length > 0 && { firstAt: new Date(Math.min(...firsts)).toISOString(), lastAt: new Date(Math.max(...lasts)).toISOString() }),
    };
  }

  private bond(tx: Tx, { institutionId, complaintId, number, fromAt }: FileRecord, debtor: string, at: Date): Promise<void> {
    return this.bonds.bind(tx, { institutionId, complaintId, number, debtor, from: fromAt, at });
  }

  private toItem({ textSealed, noteSealed, valueSealed, at, body, ...row }: ItemRow): DisclosedItem {
    const open = (sealed: Buffer | null, context: string): string | null => (sealed === null ? null : this.vault.open(sealed, context));
    const message = open(textSealed, MESSAGE_CONTEXT);
    const value = open(valueSealed, 'contact.value');
    return {
      ...row,
      at: new Date(Number(at)).toISOString(),
      body,
      text: message === null ? null : ((JSON.parse(message) as { text?: string | null }).text ?? null),
      note: open(noteSealed, 'contact.note'),
      // Enough to know it again; the number of a third party is nobody's business.
      contactPoint: value === null ? null : maskContactPoint(value),
    };
  }
}

const questionOf = ({ institutionId, fromAt, closedAt }: FileRecord, debtor: string, debtorId: string): ItemQuestion => ({
  institutionId,
  debtor,
  debtorId,
  from: fromAt,
  until: closedAt,
});
