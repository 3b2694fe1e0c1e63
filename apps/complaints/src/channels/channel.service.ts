import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone, type Language } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { CONFIG } from '#service';
import { ApprovalService } from '../approval/approval.service.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import type { ComplaintsConfig } from '../config.ts';
import type { ChannelPageList, ChannelPageRequest, ChannelPageView, PublishedChannels } from './channel.dto.ts';
import { CHANNELS_SETTLED, CHANNELS_WAIT } from './channel.refusals.ts';
import { BUILT_IN, faultsOf } from './channel.rules.ts';
import { ChannelStore, type ChannelContent, type ChannelPageRecord } from './channel.store.ts';
import { publicTerms } from './terms.ts';

const APPROVAL = 'channel-page';
// Whoever approves answers for what the bank says in public.
const APPROVER = 'compliance';
const zone = Zone.of(DEFAULT_TIME_ZONE);
const say = (at: Date): string => zone.format(at.getTime());

/** What the institution publishes of how to complain (HLJ 25): versions, each approved by a second person; the terms are those of the packs. */
@Injectable()
export class ChannelService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ChannelStore) private readonly store: ChannelStore,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
    @Inject(CONFIG) private readonly config: Pick<ComplaintsConfig, 'publicInstitutionId' | 'publicUrl'>,
  ) {}

  /** Refuses with INVALID where neither the caller nor the installation says whose page it is. */
  institution(given: string | null | undefined): string {
    const id = given || this.config.publicInstitutionId;
    if (id === '') throw invalid('/institutionId', 'say whose page; this installation has no institution of its own');
    // It stands for all of them where the database looks at rows.
    if (id === EVERY_INSTITUTION) throw invalid('/institutionId', 'is no institution');
    return id;
  }

  /** As everybody may read it. Refuses with INVALID. */
  async published(given: string | undefined, language: Language): Promise<PublishedChannels> {
    const institutionId = this.institution(given);
    return inTransaction(this.database, { institutionId }, async (tx) => {
      const now = await this.reading.now(tx);
      const record = await this.store.inForce(tx, institutionId);
      const { channels, process } = record?.content ?? BUILT_IN;
      return {
        institutionId,
        version: record?.version ?? 0,
        publishedAt: record?.settledAt ? say(record.settledAt) : null,
        channels,
        process,
        terms: publicTerms(say(now).slice(0, 10), language),
        takesComplaints: record !== null || institutionId === this.config.publicInstitutionId,
      };
    });
  }

  /** Whether the institution takes complaints on the public page: it has published how, or the installation is its own. */
  async takesComplaints(tx: Tx, institutionId: string): Promise<boolean> {
    return institutionId === this.config.publicInstitutionId || (await this.store.inForce(tx, institutionId)) !== null;
  }

  /** Every version, the newest first, the built-in one last. Refuses with NOT_FOUND for an agency's people. */
  async list(principal: Principal): Promise<ChannelPageList> {
    return this.within(principal, async (tx) => {
      const records = await this.store.list(tx, principal.institutionId);
      const inForce = records.find(({ state }) => state === 'published')?.version ?? 0;
      const items = [...records.map((record) => toView(record, inForce)), builtIn(inForce === 0)];
      return { items, address: this.addressOf(principal.institutionId) };
    });
  }

  /** Makes the next version, which waits for a second person. Refuses with INVALID naming the article, CHANNELS_WAIT, IDEMPOTENCY_KEY_REUSED. */
  async propose(principal: Principal, request: ChannelPageRequest, idempotency: IdempotentRequest | null): Promise<ChannelPageView> {
    const { institutionId, subject: author } = principal;
    const content = contentOf(request);
    return this.within(principal, async (tx) => {
      await this.store.lock(tx, institutionId);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return this.view(tx, institutionId, Number(claim.resource));
      const errors = faultsOf(content);
      if (errors.length > 0) throw new Refusal(INVALID, { errors });
      const open = await this.store.waiting(tx, institutionId);
      if (open) throw new Refusal(CHANNELS_WAIT, { detail: `Version ${open.version} of ${open.author} waits for ${APPROVER}.` });
      const createdAt = await this.reading.now(tx);
      const { id, version } = await this.store.add(tx, { institutionId, content, note: request.note, author, createdAt });
      await this.approvals.ask(
        tx,
        { institutionId, kind: APPROVAL, ref: id, complaintId: null, role: APPROVER, askedBy: author, note: request.note },
        createdAt,
      );
      await rememberResource(tx, institutionId, idempotency, String(version));
      return this.view(tx, institutionId, version);
    });
  }

  /** Publishes a version at once. Refuses with NOT_FOUND, CHANNELS_SETTLED, OWN_REQUEST for its author, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  async approve(principal: Principal, version: string, idempotency: IdempotentRequest | null): Promise<ChannelPageView> {
    return this.settle(principal, version, idempotency, null);
  }

  /** Refuses a version; its author takes it back so. Refuses with NOT_FOUND, CHANNELS_SETTLED, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  async refuse(principal: Principal, version: string, reason: string, idempotency: IdempotentRequest | null): Promise<ChannelPageView> {
    return this.settle(principal, version, idempotency, reason);
  }

  private settle(
    principal: Principal,
    version: string,
    idempotency: IdempotentRequest | null,
    refusal: string | null,
  ): Promise<ChannelPageView> {
    const { institutionId, subject: by } = principal;
    return this.within(principal, async (tx) => {
      await this.store.lock(tx, institutionId);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return this.view(tx, institutionId, Number(claim.resource));
      const record = await this.record(tx, institutionId, version);
      if (record.state !== 'proposed') throw new Refusal(CHANNELS_SETTLED, { detail: `${record.settledBy ?? ''}: ${record.state}.` });
      const at = await this.reading.now(tx);
      const isOwn = record.author === by;
      const outcome = refusal === null ? 'approved' : isOwn ? 'withdrawn' : 'refused';
      await this.approvals.settle(tx, principal, { institutionId, kind: APPROVAL, ref: record.id }, outcome, at);
      await this.store.settle(tx, record.id, { state: refusal === null ? 'published' : 'refused', by, at, refusal });
      await rememberResource(tx, institutionId, idempotency, String(record.version));
      return this.view(tx, institutionId, record.version);
    });
  }

  private within<T>(principal: Principal, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (principal.agencyId !== null) throw new Refusal(NOT_FOUND, { detail: 'There is nothing here for an agency.' });
    return inTransaction(this.database, principal, work);
  }

  private async record(tx: Tx, institutionId: string, version: string): Promise<ChannelPageRecord> {
    const found = /^[1-9]\d{0,8}$/.test(version) ? await this.store.find(tx, institutionId, Number(version)) : null;
    if (found === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such version here.' });
    return found;
  }

  private async view(tx: Tx, institutionId: string, version: number): Promise<ChannelPageView> {
    const inForce = await this.store.inForce(tx, institutionId);
    return toView(await this.record(tx, institutionId, String(version)), inForce?.version ?? 0);
  }

  private addressOf(institutionId: string): string {
    const whose = institutionId === this.config.publicInstitutionId ? '' : `?${new URLSearchParams({ institutionId })}`;
    return `${this.config.publicUrl.replace(/\/$/, '')}/public/complaint-channels${whose}`;
  }
}

const invalid = (pointer: string, detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer, detail }] });

const contentOf = ({ channels, process }: ChannelPageRequest): ChannelContent => ({
  channels: channels.map(({ kind, labelZh, labelEn, value, hoursZh, hoursEn }) => ({
    kind,
    labelZh,
    labelEn,
    value: value.trim(),
    hoursZh: hoursZh || null,
    hoursEn: hoursEn || null,
  })),
  process: process.map(({ zh, en }) => ({ zh, en })),
});

const toView = (record: ChannelPageRecord, inForce: number): ChannelPageView => ({
  version: record.version,
  state: record.state,
  inForce: record.version === inForce,
  channels: record.content.channels,
  process: record.content.process,
  note: record.note,
  author: record.author,
  createdAt: say(record.createdAt),
  settledBy: record.settledBy,
  settledAt: record.settledAt && say(record.settledAt),
  refusal: record.refusal,
});

const builtIn = (inForce: boolean): ChannelPageView => ({
  version: 0,
  state: 'built-in',
  inForce,
  channels: BUILT_IN.channels,
  process: BUILT_IN.process,
  note: '',
  author: null,
  createdAt: null,
  settledBy: null,
  settledAt: null,
  refusal: null,
});
