import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { ApprovalService } from '../approval/approval.service.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import type { LetterKind } from './letter-kinds.ts';
import { checkTemplate } from './template-check.ts';
import type { NoticeSettingRequest, NoticeSettingView, TemplateList, TemplateRequest, TemplateView } from './template.dto.ts';
import { TEMPLATE_STATE } from './template.refusals.ts';
import { TemplateStore, type TemplateRecord } from './template.store.ts';
import { toSettingView, toTemplateView } from './template.view.ts';

/** A version of a template, as an address names it. */
export interface VersionName {
  readonly kind: string;
  readonly version: string;
}

export const TEMPLATE_APPROVAL = 'letter-template' as const;

/** Templates of letters and notices: versions are never changed, a second person approves each, the newest approved one is in use. */
@Injectable()
export class TemplateService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TemplateStore) private readonly store: TemplateStore,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
  ) {}

  async list(principal: Principal, kind: LetterKind | null): Promise<TemplateList> {
    return inTransaction(this.database, principal, async (tx) => ({
      items: (await this.store.list(tx, principal.institutionId, kind)).map(toTemplateView),
    }));
  }

  /** Makes the next version and asks for its approval. Refuses with INVALID, TEMPLATE_REFUSED, LETTER_INCOMPLETE, IDEMPOTENCY_KEY_REUSED. */
  async create(principal: Principal, request: TemplateRequest, idempotency: IdempotentRequest | null): Promise<TemplateView> {
    checkTemplate(request);
    const { institutionId, subject } = principal;
    const { kind } = request;
    return inTransaction(this.database, principal, async (tx) => {
      const newest = await this.store.lockKind(tx, institutionId, kind);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return toTemplateView(await this.version(tx, principal, { kind, version: claim.resource }));
      const createdAt = await this.reading.now(tx);
      const version = newest + 1;
      const id = await this.store.add(tx, {
        institutionId,
        kind,
        version,
        titleZh: request.titleZh,
        blocksZh: request.blocksZh,
        smsZh: request.smsZh || null,
        titleEn: request.titleEn || null,
        blocksEn: request.blocksEn?.length ? request.blocksEn : null,
        smsEn: request.smsEn || null,
        author: subject,
        createdAt,
      });
      const asking = {
        institutionId,
        kind: TEMPLATE_APPROVAL,
        ref: id,
        complaintId: null,
        role: 'complaint-supervisor',
        askedBy: subject,
      } as const;
      await this.approvals.ask(tx, asking, createdAt);
      await rememberResource(tx, institutionId, idempotency, String(version));
      return toTemplateView(await this.version(tx, principal, { kind, version: String(version) }));
    });
  }

  /** Lets letters be made of a version. Refuses with NOT_FOUND, OWN_REQUEST for its author, ALREADY_SETTLED, TEMPLATE_STATE, IDEMPOTENCY_KEY_REUSED. */
  async approve(principal: Principal, name: VersionName, idempotency: IdempotentRequest | null): Promise<TemplateView> {
    return this.change(principal, name, idempotency, async (tx, record, at) => {
      if (record.retiredAt) throw new Refusal(TEMPLATE_STATE, { detail: 'It is retired; make a new version.' });
      const of = { institutionId: record.institutionId, kind: TEMPLATE_APPROVAL, ref: record.id };
      await this.approvals.settle(tx, principal, of, 'approved', at);
      await this.store.approve(tx, record.id, principal.subject, at);
    });
  }

  /** Takes a version out of use, approved or not. Refuses with NOT_FOUND, TEMPLATE_STATE, IDEMPOTENCY_KEY_REUSED. */
  async retire(principal: Principal, name: VersionName, idempotency: IdempotentRequest | null): Promise<TemplateView> {
    return this.change(principal, name, idempotency, async (tx, record, at) => {
      if (record.retiredAt) throw new Refusal(TEMPLATE_STATE, { detail: `${record.retiredBy ?? ''} retired it already.` });
      const of = { institutionId: record.institutionId, kind: TEMPLATE_APPROVAL, ref: record.id };
      await this.approvals.moot(tx, of, principal.subject, at);
      await this.store.retire(tx, record.id, principal.subject, at);
    });
  }

  async setting(principal: Principal): Promise<NoticeSettingView> {
    return inTransaction(this.database, principal, async (tx) => toSettingView(await this.store.setting(tx, principal.institutionId)));
  }

  async set(principal: Principal, request: NoticeSettingRequest): Promise<NoticeSettingView> {
    const { institutionId, subject } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      await this.store.set(tx, institutionId, request, subject, await this.reading.now(tx));
      return toSettingView(await this.store.setting(tx, institutionId));
    });
  }

  private async change(
    principal: Principal,
    name: VersionName,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx, record: TemplateRecord, at: Date) => Promise<void>,
  ): Promise<TemplateView> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      await this.store.lockKind(tx, institutionId, name.kind);
      const claim = await claimKey(tx, institutionId, idempotency);
      const record = await this.version(tx, principal, name);
      if (claim) return toTemplateView(record);
      await work(tx, record, await this.reading.now(tx));
      await rememberResource(tx, institutionId, idempotency, record.id);
      return toTemplateView(await this.version(tx, principal, name));
    });
  }

  private async version(tx: Tx, { institutionId }: Principal, { kind, version }: VersionName): Promise<TemplateRecord> {
    const number = /^[1-9]\d{0,8}$/.test(version) ? Number(version) : null;
    const record = number === null ? null : await this.store.find(tx, institutionId, kind, number);
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such version of a template here.' });
    return record;
  }
}
