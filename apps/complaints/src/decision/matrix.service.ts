import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { ApprovalService } from '../approval/approval.service.ts';
import { traitsOf } from '../classification/traits.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import type { MatrixList, MatrixRequest, MatrixView } from './matrix.dto.ts';
import type { DecisionRecord } from './decision.store.ts';
import { DEFAULT_MATRIX, needOf, type MatrixRow, type Need } from './matrix.ts';
import { MatrixStore, type MatrixRecord } from './matrix.store.ts';

export const MATRIX_APPROVAL = 'approval-matrix' as const;
// CMP20: so many people face to face make a complaint a major one.
const MAJOR_FROM = 20;
const zone = Zone.of(DEFAULT_TIME_ZONE);

/** Who has to approve a decision, as the institution has laid it down. */
@Injectable()
export class MatrixService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(MatrixStore) private readonly store: MatrixStore,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
  ) {}

  /** What the version in force asks for; version 0 is the product's own. */
  async weigh(
    tx: Tx,
    complaint: ComplaintRecord,
    { amount, currency, severity }: Pick<DecisionRecord, 'amount' | 'currency' | 'severity'>,
  ): Promise<{ readonly need: Need | null; readonly version: number }> {
    const inForce = await this.store.inForce(tx, complaint.institutionId);
    const areas = await areasOf(tx, complaint);
    const major = complaint.groupSize >= MAJOR_FROM || (await this.store.isMajor(tx, complaint.id));
    const weight = { amount, currency, severity, major, areas };
    return { need: needOf(inForce?.rows ?? DEFAULT_MATRIX, weight), version: inForce?.version ?? 0 };
  }

  async list(principal: Principal): Promise<MatrixList> {
    return inTransaction(this.database, principal, async (tx) => {
      const records = await this.store.list(tx, principal.institutionId);
      const inForce = records.find(({ approvedAt }) => approvedAt !== null)?.version ?? 0;
      return { items: [...records.map((record) => toView(record, inForce)), ownOf(inForce === 0)] };
    });
  }

  /** Makes the next version and asks head office for its approval. Refuses with IDEMPOTENCY_KEY_REUSED. */
  async create(principal: Principal, request: MatrixRequest, idempotency: IdempotentRequest | null): Promise<MatrixView> {
    const { institutionId, subject: author } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      await this.store.lock(tx, institutionId);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return this.view(tx, institutionId, Number(claim.resource));
      const createdAt = await this.reading.now(tx);
      const { id, version } = await this.store.add(tx, { institutionId, rows: rowsOf(request), note: request.note, author, createdAt });
      const asking = {
        institutionId,
        kind: MATRIX_APPROVAL,
        ref: id,
        complaintId: null,
        role: 'head-office-approver',
        askedBy: author,
      } as const;
      await this.approvals.ask(tx, asking, createdAt);
      await rememberResource(tx, institutionId, idempotency, String(version));
      return this.view(tx, institutionId, version);
    });
  }

  /** Puts a version in force. Refuses with NOT_FOUND, OWN_REQUEST for its author, ALREADY_SETTLED, IDEMPOTENCY_KEY_REUSED. */
  async approve(principal: Principal, version: string, idempotency: IdempotentRequest | null): Promise<MatrixView> {
    const { institutionId, subject } = principal;
    const number = /^[1-9]\d{0,8}$/.test(version) ? Number(version) : 0;
    return inTransaction(this.database, principal, async (tx) => {
      await this.store.lock(tx, institutionId);
      const claim = await claimKey(tx, institutionId, idempotency);
      const record = await this.store.find(tx, institutionId, number);
      if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such version of the matrix here.' });
      if (claim) return this.view(tx, institutionId, number);
      const at = await this.reading.now(tx);
      await this.approvals.settle(tx, principal, { institutionId, kind: MATRIX_APPROVAL, ref: record.id }, 'approved', at);
      await this.store.approve(tx, record.id, subject, at);
      await rememberResource(tx, institutionId, idempotency, record.id);
      return this.view(tx, institutionId, number);
    });
  }

  private async view(tx: Tx, institutionId: string, version: number): Promise<MatrixView> {
    const [record, inForce] = [await this.store.find(tx, institutionId, version), await this.store.inForce(tx, institutionId)];
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such version of the matrix here.' });
    return toView(record, inForce?.version ?? 0);
  }
}

/** What a person has confirmed it to be, else the category that it was registered with; a finer category stays beside its area. */
async function areasOf(tx: Tx, { id, category }: ComplaintRecord): Promise<readonly string[]> {
  const told = category === null ? [] : [category];
  const classified = (await traitsOf(tx, [id])).get(id);
  if (!classified?.confirmed || classified.area === null) return told;
  const { area, business } = classified;
  return [...new Set([area, ...business, ...told.filter((code) => code.split(/[-.]/)[0] === area)])];
}

const rowsOf = ({ rows }: MatrixRequest): MatrixRow[] =>
  rows.map(({ amountAbove, currency, severity, major, area, role, approvers }) => ({
    amountAbove: amountAbove ?? null,
    currency: currency ?? 'CNY',
    severity: severity ?? null,
    major: major ?? false,
    area: area || null,
    role,
    approvers,
  }));

const toView = (record: MatrixRecord, inForce: number): MatrixView => ({
  version: record.version,
  inForce: record.version === inForce,
  rows: record.rows.map(({ amountAbove, currency, severity, major, area, role, approvers }) => ({
    amountAbove,
    currency,
    severity,
    major,
    area,
    role,
    approvers,
  })),
  note: record.note,
  author: record.author,
  createdAt: zone.format(record.createdAt.getTime()),
  approvedBy: record.approvedBy,
  approvedAt: record.approvedAt && zone.format(record.approvedAt.getTime()),
});

const ownOf = (inForce: boolean): MatrixView => ({
  version: 0,
  inForce,
  rows: DEFAULT_MATRIX,
  note: '',
  author: null,
  createdAt: null,
  approvedBy: null,
  approvedAt: null,
});
