import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { BAN_SOURCES, DEFAULT_TIME_ZONE, screenText, Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal, type FieldError } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { ActService, type Action } from '../act/act.service.ts';
import { checkLetter, textOfBlocks } from './letter-items.ts';
import type { RetirementRequest, TemplateListRequest, TemplateRequest, TemplateView } from './message.dto.ts';
import { ALREADY_APPROVED, CONTENT_REFUSED, OTHER_CHANNEL, OWN_TEMPLATE, RETIRED } from './message.refusals.ts';
import { MessageStore, type Block, type TemplateRecord } from './message.store.ts';
import { placeholdersOf } from './placeholders.ts';

const DEFAULT_LIMIT = 50;
// Of a text, and of the paragraphs of a letter together.
const LONGEST = 10_000;
const zone = Zone.of(DEFAULT_TIME_ZONE);

/** A version of a template, as an address names it. */
export interface VersionName {
  readonly templateId: string;
  readonly version: string;
}

/** Templates of messages: versions are never changed, and a second person approves each. */
@Injectable()
export class MessageService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(MessageStore) private readonly store: MessageStore,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  /** Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: TemplateListRequest): Promise<Page<TemplateView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    const { templateId = null, channel = null, state = null } = request;
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) =>
      toPage(await this.store.list(tx, { institutionId, templateId, channel, state, after, limit }), limit, ({ id }) => id, toView),
    );
  }

  /** A version as other rooms need it, the newest approved where none is named; null: there is none. */
  async versionOf(
    tx: Tx,
    institutionId: string,
    templateId: string,
    version: number | null,
  ): Promise<Pick<TemplateRecord, 'version' | 'channel' | 'title' | 'text' | 'variables' | 'blocks'> | null> {
    return version === null
      ? this.store.newestApproved(tx, institutionId, templateId)
      : this.store.find(tx, institutionId, { templateId, version });
  }

  /** Makes the next version of a template. Refuses with CONTENT_REFUSED, INVALID (a letter without an item of CC11 Art. 69 among it), OTHER_CHANNEL, IDEMPOTENCY_KEY_REUSED. */
  async create(principal: Principal, request: TemplateRequest, idempotency: IdempotentRequest | null): Promise<TemplateView> {
    const { institutionId, subject: author } = principal;
    const { templateId, channel, title } = request;
    const { text, blocks } = checkForm(request);
    const variables = checkText(title, text, blocks);
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return toView(await this.version(tx, principal, { templateId, version: claim.resource }));
      const newest = await this.store.lockNewest(tx, institutionId, templateId);
      if (newest && newest.channel !== channel)
        throw new Refusal(OTHER_CHANNEL, { detail: `${templateId} is a template for ${newest.channel}; take another templateId.` });
      const createdAt = await this.now(tx);
      const version = (newest?.version ?? 0) + 1;
      const made = await this.store.add(tx, {
        institutionId,
        templateId,
        version,
        channel,
        title,
        text,
        variables,
        blocks,
        author,
        createdAt,
      });
      await this.acts.note(
        tx,
        principal,
        { action: 'template-created', resource: resourceOf(made), detail: { channel, title } },
        createdAt,
      );
      await rememberResource(tx, institutionId, idempotency, String(version));
      return toView(made);
    });
  }

  /** Lets a version be sent. Refuses with NOT_FOUND, OWN_TEMPLATE for its author, ALREADY_APPROVED, RETIRED, IDEMPOTENCY_KEY_REUSED. */
  async approve(principal: Principal, name: VersionName, idempotency: IdempotentRequest | null): Promise<TemplateView> {
    return this.change(principal, name, { idempotency, action: 'template-approved' }, async (tx, record, at) => {
      if (record.author === principal.subject) throw new Refusal(OWN_TEMPLATE, { detail: 'Ask a colleague to read and approve it.' });
      if (record.retiredAt) throw new Refusal(RETIRED, { detail: 'Make a new version.' });
      if (record.approvedAt)
        throw new Refusal(ALREADY_APPROVED, { detail: `${record.approvedBy} approved it at ${record.approvedAt.toISOString()}.` });
      await this.store.approve(tx, record.id, principal.subject, at);
    });
  }

  /** Takes a version out of use, approved or not. Refuses with NOT_FOUND, RETIRED, IDEMPOTENCY_KEY_REUSED. */
  async retire(
    principal: Principal,
    name: VersionName,
    { reason }: RetirementRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<TemplateView> {
    return this.change(principal, name, { idempotency, action: 'template-retired', reason }, async (tx, record, at) => {
      if (record.retiredAt) throw new Refusal(RETIRED, { detail: `${record.retiredBy} retired it at ${record.retiredAt.toISOString()}.` });
      await this.store.retire(tx, record.id, principal.subject, at);
    });
  }

  private async change(
    principal: Principal,
    name: VersionName,
    { idempotency, ...act }: { readonly idempotency: IdempotentRequest | null; readonly action: Action; readonly reason?: string },
    work: (tx: Tx, record: TemplateRecord, at: Date) => Promise<void>,
  ): Promise<TemplateView> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      const record = await this.version(tx, principal, name, claim === null);
      if (claim) return toView(record);
      const at = await this.now(tx);
      await work(tx, record, at);
      await this.acts.note(tx, principal, { ...act, resource: resourceOf(record) }, at);
      await rememberResource(tx, institutionId, idempotency, record.id);
      return toView(await this.version(tx, principal, name));
    });
  }

  private async version(tx: Tx, principal: Principal, { templateId, version }: VersionName, lock = false): Promise<TemplateRecord> {
    const number = /^[1-9]\d{0,8}$/.test(version) ? Number(version) : null;
    const record = number === null ? null : await this.store.find(tx, principal.institutionId, { templateId, version: number }, lock);
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such version of a template here.' });
    return record;
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? this.store.now(tx);
  }
}

const resourceOf = ({ templateId, version }: TemplateRecord): string => `message-template/${templateId}/${version}`;

/** The text as it will be read: of a letter, its paragraphs. Refuses with INVALID. */
function checkForm({ channel, text, blocks }: TemplateRequest): { text: string; blocks: readonly Block[] | null } {
  const errors: FieldError[] = [];
  if (channel === 'letter') {
    if (text !== undefined && text !== null) errors.push({ pointer: '/text', detail: 'is made of the blocks of a letter; leave it out' });
    errors.push(...checkLetter(blocks ?? []));
  } else {
    if (blocks !== undefined && blocks !== null) errors.push({ pointer: '/blocks', detail: 'are for letters; write a text' });
    if (!text) errors.push({ pointer: '/text', detail: 'must not be empty' });
  }
  const whole = channel === 'letter' ? textOfBlocks(blocks ?? []) : (text ?? '');
  if (whole.length > LONGEST) errors.push({ pointer: '/blocks', detail: `must have at most ${LONGEST} characters together` });
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
  const kept = blocks?.map(({ kind, text: words }) => ({ kind, text: words.trim() })) ?? null;
  return { text: whole, blocks: channel === 'letter' ? kept : null };
}

/** The variables of a text that may be sent. Refuses with INVALID, CONTENT_REFUSED. */
function checkText(title: string, text: string, blocks: readonly Block[] | null): readonly string[] {
  const { variables, fault } = placeholdersOf(text);
  const faults: FieldError[] = fault === null ? [] : [{ pointer: blocks === null ? '/text' : '/blocks', detail: fault }];
  // Nobody fills a subject in.
  if (/[{}]/.test(title)) faults.push({ pointer: '/title', detail: 'has a brace; variables are for the text' });
  if (faults.length > 0) throw new Refusal(INVALID, { errors: faults });
  // Whoever sends it is not known yet: what an agency alone may not say is screened again by the gate.
  const context = { byAgency: false, balance: null, variables: null };
  const parts = blocks === null ? [['/text', text] as const] : blocks.map((block, index) => [`/blocks/${index}/text`, block.text] as const);
  const errors = [['/title', title] as const, ...parts].flatMap(([pointer, words]): FieldError[] => {
    const { bans, unknownAmounts } = screenText(words, context);
    const detail = 'names an amount of its own; write {{balance}}, which the ledger fills';
    const amounts = unknownAmounts ? [{ pointer, detail, source: BAN_SOURCES.amount }] : [];
    const hits = bans.map((hit) => ({
      pointer,
      detail: `is refused (${hit.ban}) for: ${hit.words.join(', ')}`,
      source: BAN_SOURCES[hit.ban],
    }));
    return [...hits, ...amounts];
  });
  if (errors.length > 0)
    throw new Refusal(CONTENT_REFUSED, { detail: 'Debt collection may not say this (HLJ Art. 21-22, CBA26).', errors });
  return variables;
}

const instant = (at: Date | null): string | null => (at === null ? null : zone.format(at.getTime()));

const toView = (record: TemplateRecord): TemplateView => ({
  templateId: record.templateId,
  version: record.version,
  channel: record.channel,
  state: record.retiredAt ? 'retired' : record.approvedAt ? 'approved' : 'draft',
  title: record.title,
  text: record.text,
  variables: record.variables,
  blocks: record.blocks,
  author: record.author,
  createdAt: zone.format(record.createdAt.getTime()),
  approvedBy: record.approvedBy,
  approvedAt: instant(record.approvedAt),
  retiredBy: record.retiredBy,
  retiredAt: instant(record.retiredAt),
});
