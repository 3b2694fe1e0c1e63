import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { hashOf, type IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { UploadService, type ReceivedForm } from '#uploads';
import { ApprovalService } from '../approval/approval.service.ts';
import { otherThan, SortingDesk } from '../sorting/sorting.desk.ts';
import { readCodes } from './code-file.ts';
import type {
  CodesInForce,
  CodeTableItem,
  CodeTableList,
  CodeTableProposalRequest,
  CodeTableRequest,
  CodeTableView,
} from './code-table.dto.ts';
import { CODES_REFUSED, TABLE_PROPOSED, TABLE_STATE } from './code-table.refusals.ts';
import { CodeTableStore, type TableRecord, type TableState } from './code-table.store.ts';
import { checkCodes, diffCodes, DIMENSIONS, OUR_CODES, withAreas, type Code } from './codes.ts';

const LOCK = 'code-table';
// Whoever approves is not of the desk, or is another than who prepared it.
const APPROVER = 'compliance';
const MOST_BYTES = 4 * 1024 * 1024;

/** A table as complaints are classified by it. */
export interface CodesOf {
  readonly version: number;
  /** Only those that may be given on the date. */
  readonly codes: readonly Code[];
}

/** Words for every code that ever was, by `dimension code`. */
export type CodeWords = ReadonlyMap<string, { readonly zh: string; readonly en: string }>;

const zone = Zone.of(DEFAULT_TIME_ZONE);
const localDay = (at: Date): string => zone.format(at.getTime()).slice(0, 10);
const instantOrNull = (at: Date | null): string | null => at && zone.format(at.getTime());

/** The tables that complaints are classified by, in versions: loaded, approved by somebody else, in force from a date. */
@Injectable()
export class CodeTableService {
  constructor(
    @Inject(SortingDesk) private readonly desk: SortingDesk,
    @Inject(CodeTableStore) private readonly store: CodeTableStore,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
  ) {}

  /** What may be given on the local date of an instant. */
  async inForce(tx: Tx, institutionId: string, at: Date): Promise<CodesOf> {
    return this.on(tx, institutionId, localDay(at));
  }

  async words(tx: Tx, institutionId: string): Promise<CodeWords> {
    const known = [...OUR_CODES, ...(await this.store.words(tx, institutionId))];
    return new Map(known.map(({ dimension, code, zh, en }) => [`${dimension} ${code}`, { zh, en }]));
  }

  async list(principal: Principal): Promise<CodeTableList> {
    const { institutionId } = principal;
    return this.desk.read(principal, async (tx) => {
      const inForce = (await this.store.versionOn(tx, institutionId, localDay(await this.desk.now(tx)))) ?? 0;
      const versions = await this.store.list(tx, institutionId);
      return { items: [...versions.map((record) => toItem(record, inForce)), ourItem(inForce)] };
    });
  }

  async codes(principal: Principal, on: string | undefined): Promise<CodesInForce> {
    return this.desk.read(principal, async (tx) => {
      const date = on ?? localDay(await this.desk.now(tx));
      const { version, codes } = await this.on(tx, principal.institutionId, date);
      return { version, on: date, codes: codes.map(toCode) };
    });
  }

  /** Refuses with NOT_FOUND. */
  async find(principal: Principal, version: string): Promise<CodeTableView> {
    return this.desk.read(principal, (tx) => this.view(tx, principal.institutionId, version));
  }

  /** The same codes again change nothing. Refuses with CODES_REFUSED naming each code, TABLE_PROPOSED. */
  async put(principal: Principal, { codes, note }: CodeTableRequest): Promise<CodeTableView> {
    const given = codes.map(toGiven);
    return this.draft(principal, { codes: given, note, at: (index, field) => `/codes/${index}/${field}` }, null);
  }

  /** Takes a form with a file and a note. Refuses with INVALID, CODES_REFUSED naming the rows, TABLE_PROPOSED, IDEMPOTENCY_KEY_REUSED. */
  async upload(principal: Principal, request: FastifyRequest, key: string | null): Promise<CodeTableView> {
    return this.take(principal, await this.uploads.receive(request, principal.institutionId, MOST_BYTES, ['note']), key);
  }

  /** The same with a form that was received; the file itself is not kept. */
  async take(principal: Principal, { fields, upload }: ReceivedForm, key: string | null): Promise<CodeTableView> {
    const { institutionId } = principal;
    const hash = hashOf('POST /v1/code-table-files', { ...fields, sha256: upload.sha256.toString('hex') });
    const work = async (): Promise<{ taken: boolean; view: CodeTableView }> => {
      const note = (fields.note ?? '').trim();
      if (note === '' || note.length > 2000)
        throw new Refusal(INVALID, { errors: [{ pointer: '/note', detail: 'must have 1 to 2000 characters' }] });
      const { codes, rows } = await readCodes(this.uploads.source(institutionId, upload.id, upload.bytes));
      const at = (index: number, field: string): string => `/rows/${rows[index] ?? 0}/${field}`;
      return { taken: false, view: await this.draft(principal, { codes, note, at }, key === null ? null : { key, hash }) };
    };
    return (await this.uploads.handOver(institutionId, upload, work)).view;
  }

  /** Refuses with NOT_FOUND, TABLE_STATE, INVALID for a date that has passed or lies before a published version. */
  async propose(
    principal: Principal,
    version: string,
    { validFrom }: CodeTableProposalRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<CodeTableView> {
    const { institutionId, subject: by } = principal;
    return this.change(principal, { version, idempotency, from: 'draft' }, async (tx, table, now) => {
      await this.refuseDate(tx, institutionId, validFrom, now);
      await this.store.propose(tx, institutionId, table.version, { validFrom, by, at: now });
      await this.approvals.ask(tx, { ...approvalOf(institutionId, table), complaintId: null, role: APPROVER, askedBy: by }, now);
    });
  }

  /** Refuses with NOT_FOUND, TABLE_STATE, FORBIDDEN for who loaded or proposed it, INVALID when its date has passed meanwhile. */
  async approve(principal: Principal, version: string, idempotency: IdempotentRequest | null): Promise<CodeTableView> {
    const { institutionId, subject } = principal;
    return this.change(principal, { version, idempotency, from: 'proposed' }, async (tx, table, now) => {
      otherThan(principal, [table.loadedBy, table.proposedBy], 'this version');
      await this.refuseDate(tx, institutionId, table.validFrom ?? '', now);
      await this.approvals.settle(tx, principal, approvalOf(institutionId, table), 'approved', now);
      await this.store.approve(tx, institutionId, table.version, subject, now);
    });
  }

  /** To be a draft again. Refuses with NOT_FOUND, TABLE_STATE. */
  async giveBack(principal: Principal, version: string, reason: string, idempotency: IdempotentRequest | null): Promise<CodeTableView> {
    const { institutionId, subject } = principal;
    return this.change(principal, { version, idempotency, from: 'proposed' }, async (tx, table, now) => {
      const outcome = table.proposedBy === subject ? 'withdrawn' : 'refused';
      await this.approvals.settle(tx, principal, approvalOf(institutionId, table), outcome, now);
      await this.store.giveBack(tx, institutionId, table.version, subject, reason);
    });
  }

  private change(
    principal: Principal,
    { version, idempotency, from }: { version: string; idempotency: IdempotentRequest | null; from: TableState },
    work: (tx: Tx, table: TableRecord, now: Date) => Promise<void>,
  ): Promise<CodeTableView> {
    return this.desk.alone(
      { principal, lock: LOCK, idempotency },
      async (tx, now) => {
        const table = await this.record(tx, principal.institutionId, version);
        if (table.state !== from) throw new Refusal(TABLE_STATE, { detail: `Version ${version} is ${table.state}, not ${from}.` });
        await work(tx, table, now);
        return String(table.version);
      },
      (tx, resource) => this.view(tx, principal.institutionId, resource),
    );
  }

  private async draft(
    principal: Principal,
    { codes: given, note, at }: { codes: readonly Code[]; note: string; at: (index: number, field: string) => string },
    idempotency: IdempotentRequest | null,
  ): Promise<CodeTableView> {
    const { institutionId, subject: by } = principal;
    const codes = withAreas(given);
    const errors = checkCodes(codes, at);
    if (errors.length > 0) throw new Refusal(CODES_REFUSED, { errors });
    return this.desk.alone(
      { principal, lock: LOCK, idempotency },
      async (tx, now) => {
        const open = (await this.store.list(tx, institutionId)).find(({ state }) => state === 'draft' || state === 'proposed');
        if (open?.state === 'proposed') throw new Refusal(TABLE_PROPOSED, { detail: `Version ${open.version} waits.` });
        if (open && open.loadedBy === by && open.note === note) {
          const changes = diffCodes(await this.store.codes(tx, institutionId, open.version), codes);
          if (changes.length === 0) return String(open.version);
        }
        return String(await this.store.addDraft(tx, { institutionId, note, by, at: now }, codes));
      },
      (tx, resource) => this.view(tx, institutionId, resource),
    );
  }

  private async on(tx: Tx, institutionId: string, date: string): Promise<CodesOf> {
    const version = await this.store.versionOn(tx, institutionId, date);
    const codes = version === null ? OUR_CODES : await this.store.codes(tx, institutionId, version);
    return { version: version ?? 0, codes: codes.filter(({ validFrom }) => validFrom <= date) };
  }

  private async view(tx: Tx, institutionId: string, version: string): Promise<CodeTableView> {
    const today = localDay(await this.desk.now(tx));
    const inForce = (await this.store.versionOn(tx, institutionId, today)) ?? 0;
    const current = inForce === 0 ? OUR_CODES : await this.store.codes(tx, institutionId, inForce);
    if (version === '0') return { ...ourItem(inForce), entries: OUR_CODES.map(toCode), changes: changesOf(current, OUR_CODES) };
    const record = await this.record(tx, institutionId, version);
    const codes = await this.store.codes(tx, institutionId, record.version);
    return { ...toItem(record, inForce), entries: codes.map(toCode), changes: changesOf(current, codes) };
  }

  private async record(tx: Tx, institutionId: string, version: string): Promise<TableRecord> {
    const found = /^[1-9]\d{0,8}$/.test(version) ? await this.store.find(tx, institutionId, Number(version)) : null;
    if (found === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such version.' });
    return found;
  }

  private async refuseDate(tx: Tx, institutionId: string, validFrom: string, now: Date): Promise<void> {
    const last = await this.store.lastValidFrom(tx, institutionId);
    const detail =
      validFrom < localDay(now)
        ? 'has passed: what was classified meanwhile keeps its version; name today or a later date'
        : last !== null && validFrom < last
          ? `lies before ${last}, when a published version comes into force`
          : null;
    if (detail !== null) throw new Refusal(INVALID, { errors: [{ pointer: '/validFrom', detail }] });
  }
}

const approvalOf = (institutionId: string, { id }: TableRecord) => ({ institutionId, kind: 'code-table' as const, ref: id });

const toGiven = ({ dimension, code, parent, zh, en, validFrom }: CodeTableRequest['codes'][number]): Code => ({
  dimension: DIMENSIONS.find((each) => each === dimension) ?? 'cause',
  code,
  parent: parent || null,
  zh,
  en,
  validFrom,
});

const toCode = ({ dimension, code, parent, zh, en, validFrom }: Code) => ({ dimension, code, parent, zh, en, validFrom });

const changesOf = (before: readonly Code[], after: readonly Code[]) =>
  diffCodes(before, after).map((change) => ({
    dimension: change.dimension,
    code: change.code,
    change: change.change,
    before: change.before && toCode(change.before),
    after: change.after && toCode(change.after),
  }));

const ourItem = (inForce: number): CodeTableItem => ({
  version: 0,
  state: 'built-in',
  isInForce: inForce === 0,
  note: null,
  codes: OUR_CODES.length,
  loadedBy: null,
  loadedAt: null,
  validFrom: null,
  proposedBy: null,
  proposedAt: null,
  approvedBy: null,
  approvedAt: null,
  returnedBy: null,
  returnReason: null,
});

const toItem = (record: TableRecord, inForce: number): CodeTableItem => ({
  version: record.version,
  state: record.state,
  isInForce: record.version === inForce,
  note: record.note,
  codes: record.codes,
  loadedBy: record.loadedBy,
  loadedAt: instantOrNull(record.loadedAt),
  validFrom: record.validFrom,
  proposedBy: record.proposedBy,
  proposedAt: instantOrNull(record.proposedAt),
  approvedBy: record.approvedBy,
  approvedAt: instantOrNull(record.approvedAt),
  returnedBy: record.returnedBy,
  returnReason: record.returnReason,
});
