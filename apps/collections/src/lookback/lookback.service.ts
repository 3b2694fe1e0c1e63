import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { PACK_NAMES, type Language } from '#contact-rules';
import { claimKey, hashOf, rememberResource } from '#idempotency';
import { enqueue } from '#outbox';
import { inTransaction, type Tx } from '#pg';
import { CONFLICT, INVALID, NOT_FOUND, Refusal, type RefusalKind } from '#problem';
import { isUuid } from '#wire';
import { CONFIG } from '#service';
import type { CollectionsConfig } from '../config.ts';
import { PolicyService } from '../policy/policy.service.ts';
import { UploadService } from '#uploads';
import { findingsHeader, FindingText, type FindingsFormat } from './finding-text.ts';
import type { LookbackView } from './lookback.dto.ts';
import { LOOKBACK_REQUESTED } from './lookback.topic.ts';
import { LookbackStore, type LookbackRecord } from './lookback.store.ts';
import { errorDetail } from './row-errors.ts';

const NOT_FINISHED: RefusalKind = { ...CONFLICT, code: 'lookback-not-finished', title: 'The look-back has no findings to give yet' };
const PAGE = 5000;

/** How a file comes in. */
@Injectable()
export class Intake {
  constructor(
    @Inject(CONFIG) readonly config: CollectionsConfig,
    @Inject(UploadService) readonly uploads: UploadService,
  ) {}
}

@Injectable()
export class LookbackService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Intake) private readonly intake: Intake,
    @Inject(LookbackStore) private readonly store: LookbackStore,
    @Inject(PolicyService) private readonly policies: PolicyService,
  ) {}

  /** Takes a past log in and has it audited. Refuses with INVALID, TOO_LARGE, UNSUPPORTED_MEDIA, UNPARSABLE, IDEMPOTENCY_KEY_REUSED. */
  async create(principal: Principal, request: FastifyRequest, key: string | null, language: Language): Promise<LookbackView> {
    const { institutionId, agencyId } = principal;
    const { uploads, config } = this.intake;
    const { fields, upload, fileName } = await uploads.receive(request, institutionId, config.uploadLimitBytes, ['packs']);
    const packs = fields['packs'] === undefined ? null : [...new Set(fields['packs'].split(',').map((pack) => pack.trim()))];
    const idempotency = key === null ? null : { key, hash: hashOf('POST /v1/lookbacks', { packs, sha256: upload.sha256.toString('hex') }) };
    const create = async (tx: Tx): Promise<{ record: LookbackRecord; taken: boolean }> => {
      if (packs?.some((pack) => !PACK_NAMES.includes(pack))) {
        throw new Refusal(INVALID, {
          errors: [{ pointer: '/packs', detail: `must be a list out of ${PACK_NAMES.join(', ')}, separated by commas` }],
        });
      }
      const claim = await claimKey(tx, institutionId, idempotency);
      const seen = claim && (await this.store.find(tx, institutionId, claim.resource));
      if (seen) return { record: seen, taken: false };
      // Without packs each attempt is judged by what was in force at its time; `policy` then says what is in force now.
      const { ref } = await this.policies.inForceAt(tx, institutionId, null, null);
      const policy = packs === null ? { ...ref, byDate: true } : { ...ref, ...this.policies.refOf(packs) };
      await uploads.finish(tx, upload);
      const requestedBy = principal.subject;
      const created = await this.store.create(tx, {
        institutionId,
        agencyId,
        policy,
        upload: upload.id,
        uploadBytes: upload.bytes,
        fileName,
        requestedBy,
      });
      await rememberResource(tx, institutionId, idempotency, created.id);
      await enqueue(tx, institutionId, LOOKBACK_REQUESTED, { lookbackId: created.id });
      return { record: created, taken: true };
    };
    const { record } = await uploads.handOver(institutionId, upload, () => inTransaction(this.database, principal, create));
    return toView(record, language);
  }

  /** Refuses with NOT_FOUND. */
  async find(principal: Principal, id: string, language: Language): Promise<LookbackView> {
    return toView(await this.record(principal, id), language);
  }

  /** The findings in the order of the log, as text, some at a time. Refuses with NOT_FOUND, NOT_FINISHED. */
  async findings(principal: Principal, id: string, format: FindingsFormat, language: Language): Promise<AsyncIterable<string>> {
    const record = await this.record(principal, id);
    if (record.state !== 'done')
      throw new Refusal(NOT_FINISHED, { detail: `It is ${record.state}.`, retryAfterSeconds: record.state === 'failed' ? undefined : 2 });
    return this.lines(principal, id, format, language);
  }

  private async *lines(principal: Principal, id: string, format: FindingsFormat, language: Language): AsyncGenerator<string> {
    const text = new FindingText(format, language);
    yield findingsHeader(format);
    for (let after = -1; ;) {
      const page = await inTransaction(this.database, principal, (tx) => this.store.findings(tx, id, after, PAGE));
      if (page.length > 0) yield page.map(({ finding }) => text.line(finding)).join('');
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = last.seq;
    }
  }

  private async record(principal: Principal, id: string): Promise<LookbackRecord> {
    const record = isUuid(id)
      ? await inTransaction(this.database, principal, (tx) => this.store.find(tx, principal.institutionId, id))
      : null;
    if (record === null || (principal.agencyId !== null && record.agencyId !== principal.agencyId)) {
      throw new Refusal(NOT_FOUND, { detail: 'There is no such look-back here.' });
    }
    return record;
  }
}

function toView(record: LookbackRecord, language: Language): LookbackView {
  const { summary } = record;
  const errors =
    summary?.errors.first.map(({ row, column, code, allowed }) => ({
      row,
      column,
      code,
      detail: errorDetail({ code, allowed }, language),
    })) ?? [];
  return {
    id: record.id,
    fileName: record.fileName,
    state: record.state,
    packs: summary?.packs ?? record.policy.packs,
    progress: record.progress,
    rows: summary?.rows ?? null,
    period: summary?.period ?? null,
    findings: summary?.findings ?? null,
    attemptsWithFindings: summary?.attemptsWithFindings ?? null,
    byRule: summary?.byRule ?? [],
    byAgency: summary?.byAgency ?? [],
    byHour: summary?.byHour ?? [],
    worstDebtors: summary?.worstDebtors ?? [],
    leftOut: summary?.leftOut ?? [],
    withoutConsents: summary?.withoutConsents ?? null,
    errors: record.failure === null ? errors : [record.failure],
    createdAt: record.createdAt.toISOString(),
    finishedAt: record.finishedAt?.toISOString() ?? null,
  };
}
