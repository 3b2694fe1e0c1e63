import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { ActService, type Action } from '../act/act.service.ts';
import { RegisterDesk } from '../case/register-desk.ts';
import { checkScript, variablesOf } from './check-script.ts';
import type { ScriptListRequest, ScriptRequest, ScriptView } from './script.dto.ts';
import { OWN_SCRIPT, SCRIPT_APPROVED, SCRIPT_REFUSED, SCRIPT_RETIRED } from './script.refusals.ts';
import { ScriptStore, type ScriptRecord } from './script.store.ts';

const DEFAULT_LIMIT = 50;
const zone = Zone.of(DEFAULT_TIME_ZONE);

/** A version of a script, as an address names it. */
export interface ScriptName {
  readonly scriptId: string;
  readonly version: string;
}

/** What collectors say: versions are never changed, and a second person approves each. */
@Injectable()
export class ScriptService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(RegisterDesk) private readonly desk: RegisterDesk,
    @Inject(ScriptStore) private readonly store: ScriptStore,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  /** Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: ScriptListRequest): Promise<Page<ScriptView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    const { scriptId = null, channel = null, state = null } = request;
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) =>
      toPage(await this.store.list(tx, { institutionId, scriptId, channel, state, after, limit }), limit, ({ id }) => id, toView),
    );
  }

  /** Makes the next version. Refuses with SCRIPT_REFUSED (no identity statement, words that may not be said), IDEMPOTENCY_KEY_REUSED. */
  async create(principal: Principal, request: ScriptRequest, idempotency: IdempotentRequest | null): Promise<ScriptView> {
    const errors = checkScript(request);
    if (errors.length > 0) throw new Refusal(SCRIPT_REFUSED, { errors });
    const { institutionId, subject: author } = principal;
    const { scriptId, channel, language, audience, products = [], stages = [], title, identity, text } = request;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return toView(await this.find(tx, principal, { scriptId, version: claim.resource }));
      const version = (await this.store.lockNewest(tx, institutionId, scriptId)) + 1;
      const createdAt = await this.desk.now(tx);
      const variables = variablesOf(`${identity}\n${text}`);
      const script = {
        scriptId,
        version,
        channel,
        language,
        audience,
        products,
        stages,
        title,
        identity,
        text,
        variables,
        author,
        createdAt,
      };
      const made = await this.store.add(tx, institutionId, script);
      await this.acts.note(tx, principal, { action: 'script-created', resource: resourceOf(made), detail: { channel, title } }, createdAt);
      await rememberResource(tx, institutionId, idempotency, String(version));
      return toView(made);
    });
  }

  /** Lets a version be said. Refuses with NOT_FOUND, OWN_SCRIPT for its author, SCRIPT_APPROVED, SCRIPT_RETIRED, IDEMPOTENCY_KEY_REUSED. */
  async approve(principal: Principal, name: ScriptName, idempotency: IdempotentRequest | null): Promise<ScriptView> {
    return this.change(principal, name, { idempotency, action: 'script-approved' }, async (tx, record, at) => {
      if (record.author === principal.subject) throw new Refusal(OWN_SCRIPT, { detail: 'Ask a colleague to read and approve it.' });
      if (record.retiredAt) throw new Refusal(SCRIPT_RETIRED, { detail: 'Make a new version.' });
      if (record.approvedAt)
        throw new Refusal(SCRIPT_APPROVED, { detail: `${record.approvedBy} approved it at ${record.approvedAt.toISOString()}.` });
      await this.store.approve(tx, record.id, principal.subject, at);
    });
  }

  /** Takes a version out of use. Refuses with NOT_FOUND, SCRIPT_RETIRED, IDEMPOTENCY_KEY_REUSED. */
  async retire(principal: Principal, name: ScriptName, reason: string, idempotency: IdempotentRequest | null): Promise<ScriptView> {
    return this.change(principal, name, { idempotency, action: 'script-retired', reason }, async (tx, record, at) => {
      if (record.retiredAt)
        throw new Refusal(SCRIPT_RETIRED, { detail: `${record.retiredBy} retired it at ${record.retiredAt.toISOString()}.` });
      await this.store.retire(tx, record.id, principal.subject, at);
    });
  }

  private async change(
    principal: Principal,
    name: ScriptName,
    { idempotency, ...act }: { readonly idempotency: IdempotentRequest | null; readonly action: Action; readonly reason?: string },
    work: (tx: Tx, record: ScriptRecord, at: Date) => Promise<void>,
  ): Promise<ScriptView> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      const record = await this.find(tx, principal, name, claim === null);
      if (claim) return toView(record);
      const at = await this.desk.now(tx);
      await work(tx, record, at);
      await this.acts.note(tx, principal, { ...act, resource: resourceOf(record) }, at);
      await rememberResource(tx, institutionId, idempotency, record.id);
      return toView(await this.find(tx, principal, name));
    });
  }

  private async find(tx: Tx, { institutionId }: Principal, { scriptId, version }: ScriptName, lock = false): Promise<ScriptRecord> {
    const number = /^[1-9]\d{0,8}$/.test(version) ? Number(version) : null;
    const record = number === null ? null : await this.store.find(tx, institutionId, scriptId, number, lock);
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such version of a script here.' });
    return record;
  }
}

const resourceOf = ({ scriptId, version }: ScriptRecord): string => `call-script/${scriptId}/${version}`;
const instant = (at: Date | null): string | null => at && zone.format(at.getTime());

const toView = ({ id: _id, createdAt, approvedAt, retiredAt, ...record }: ScriptRecord): ScriptView => ({
  scriptId: record.scriptId,
  version: record.version,
  channel: record.channel,
  language: record.language,
  audience: record.audience,
  products: record.products,
  stages: record.stages,
  state: retiredAt ? 'retired' : approvedAt ? 'approved' : 'draft',
  title: record.title,
  identity: record.identity,
  text: record.text,
  variables: record.variables,
  author: record.author,
  createdAt: zone.format(createdAt.getTime()),
  approvedBy: record.approvedBy,
  approvedAt: instant(approvedAt),
  retiredBy: record.retiredBy,
  retiredAt: instant(retiredAt),
});
