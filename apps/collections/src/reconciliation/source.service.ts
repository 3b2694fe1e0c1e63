import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, RESULTS, type Result } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { FORBIDDEN, INVALID, NOT_FOUND, Refusal, type FieldError } from '#problem';
import { decodeCursor, isUuid, toPage, type PageRequest } from '#wire';
import type { Reading } from './reading.ts';
import { SOURCE_CHANGED, SOURCE_NAME_TAKEN } from './reconciliation.refusals.ts';
import type { SourceChange, SourcePage, SourceReading, SourceRequest, SourceView } from './source.dto.ts';
import { SourceStore, type NewSource, type SourceRecord } from './source.store.ts';

const DEFAULT_TOLERANCE_SECONDS = 60;
const MAX_WORDS = 200;

/** How call records of dialers and carriers are read: one mapping for each source, kept for the next file. */
@Injectable()
export class SourceService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(SourceStore) private readonly store: SourceStore,
  ) {}

  /** Refuses with INVALID, FORBIDDEN (another agency's), SOURCE_NAME_TAKEN, IDEMPOTENCY_KEY_REUSED. */
  async create(principal: Principal, request: SourceRequest, idempotency: IdempotentRequest | null): Promise<SourceView> {
    const source = toNewSource(principal, request);
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, principal.institutionId, idempotency);
      if (claim) return toView(await this.find(tx, principal, claim.resource));
      const name = request.name.trim();
      const created = await this.store.create(tx, name, source);
      if (created === null) throw nameTaken(name);
      await rememberResource(tx, principal.institutionId, idempotency, created.id);
      return toView(created);
    });
  }

  /** Past reconciliations keep the mapping that they were read by. Refuses with NOT_FOUND, INVALID, FORBIDDEN, SOURCE_CHANGED. */
  async change(principal: Principal, id: string, request: SourceChange): Promise<SourceView> {
    const source = toNewSource(principal, request);
    return inTransaction(this.database, principal, async (tx) => {
      const found = await this.find(tx, principal, id);
      const changed = await this.store.change(tx, found.id, request.version, source);
      if (changed === null)
        throw new Refusal(SOURCE_CHANGED, { detail: `It is version ${found.version} now. Read it again, then change it.` });
      return toView(changed);
    });
  }

  /** Refuses with NOT_FOUND. */
  async show(principal: Principal, id: string): Promise<SourceView> {
    return inTransaction(this.database, principal, async (tx) => toView(await this.find(tx, principal, id)));
  }

  async list(principal: Principal, { limit = 50, cursor }: PageRequest): Promise<SourcePage> {
    const after = decodeCursor(cursor, isUuid);
    const rows = await inTransaction(this.database, principal, (tx) =>
      this.store.list(tx, principal.institutionId, principal.agencyId, after, limit),
    );
    return toPage(rows, limit, ({ id }) => id, toView);
  }

  /** By id or name, in the transaction of the caller. Refuses with NOT_FOUND. */
  async find(tx: Tx, principal: Principal, idOrName: string): Promise<SourceRecord> {
    const found = await this.store.find(tx, principal.institutionId, idOrName, principal.agencyId);
    if (found === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such source of call records here.' });
    return found;
  }
}

const nameTaken = (name: string): Refusal =>
  new Refusal(SOURCE_NAME_TAKEN, { errors: [{ pointer: '/name', detail: `another source is called ${name}; choose another name` }] });

const isResult = (value: unknown): value is Result => RESULTS.some((result) => result === value);

/** Checks what the shapes cannot say. */
function toNewSource(principal: Principal, request: SourceReading): NewSource {
  const agencyId = request.agencyId ?? principal.agencyId;
  if (principal.agencyId !== null && agencyId !== principal.agencyId)
    throw new Refusal(FORBIDDEN, { detail: 'An agency keeps sources of its own calls only.' });
  const errors: FieldError[] = [];
  const columns = Object.fromEntries(Object.entries(request.columns).filter(([, name]) => name !== undefined));
  const names = Object.entries(columns);
  for (const [index, [field, name]] of names.entries()) {
    if (names.findIndex(([, other]) => other === name) < index)
      errors.push({ pointer: `/columns/${field}`, detail: `the column ${name} is named twice; a column holds one thing` });
  }
  if (principal.agencyId !== null && columns['agencyId'] !== undefined)
    errors.push({ pointer: '/columns/agencyId', detail: 'an agency sends its own calls: leave this column out' });
  const words = Object.entries(request.results ?? {});
  if (words.length > MAX_WORDS) errors.push({ pointer: '/results', detail: `must have at most ${MAX_WORDS} words` });
  const results: Record<string, Result> = {};
  for (const [word, result] of words) {
    if (isResult(result)) results[word.trim().toLowerCase()] = result;
    else
      errors.push({
        pointer: `/results/${word.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        detail: `must be one of ${RESULTS.join(', ')}`,
      });
  }
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
  const reading: Reading = {
    timeZone: request.timeZone ?? DEFAULT_TIME_ZONE,
    agencyId,
    toleranceSeconds: request.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS,
    columns,
    results,
  };
  return { institutionId: principal.institutionId, reading, changedBy: principal.subject };
}

const toView = ({ id, name, agencyId, reading, version, changedBy, changedAt }: SourceRecord): SourceView => ({
  id,
  name,
  agencyId,
  timeZone: reading.timeZone,
  toleranceSeconds: reading.toleranceSeconds,
  columns: reading.columns,
  results: reading.results,
  version,
  changedBy,
  changedAt: changedAt.toISOString(),
});
