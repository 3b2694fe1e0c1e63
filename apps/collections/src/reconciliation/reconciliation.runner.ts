import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { RunFailure, Runs, type Run } from '#runs';
import { readTable, TableError } from '#tabular';
import { UploadService } from '#uploads';
import { maskContactPoint, Vault } from '#vault';
import { normalizeContactPoint } from '../contact/contact-point.ts';
import { Matcher, type Matched } from './match.ts';
import { CallReader, type Call } from './reading.ts';
import {
  ReconciliationStore,
  type CallFinding,
  type KnownPermit,
  type ReconciliationRecord,
  type StoredCall,
} from './reconciliation.store.ts';
import { RECONCILIATION_REQUESTED } from './reconciliation.topic.ts';
import { Tally } from './tally.ts';

const BATCH = 1000;

const instant = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** Holds call records against the permits: reads the file, puts the calls in order of time, gives each the permit that it was made under. */
@Injectable()
export class ReconciliationRunner implements BeforeApplicationShutdown {
  readonly runs: Runs;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ReconciliationStore) private readonly store: ReconciliationStore,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(Vault) private readonly vault: Vault,
  ) {
    this.runs = new Runs(database, {
      table: 'reconciliation',
      topic: RECONCILIATION_REQUESTED,
      idName: 'reconciliationId',
      clear: (tx, id) => store.clear(tx, id),
    });
  }

  beforeApplicationShutdown(): void {
    this.runs.stop();
  }

  /** Twice at once does no harm: the later run takes over. */
  async run(institutionId: string, id: string, isLastTry = false): Promise<void> {
    await this.runs.carryOut(institutionId, id, isLastTry, async (run) => {
      const record = await run.write((tx) => this.store.find(tx, institutionId, id, null));
      if (!record?.upload) throw new RunFailure({ code: 'file-gone', detail: 'The file is no longer there; send it again.' });
      const tally = new Tally();
      const reader = new CallReader(record.reading, (number) => normalizeContactPoint('voice', number));
      try {
        await this.read(run, record, record.upload, reader, tally);
      } catch (error) {
        if (!(error instanceof TableError)) throw error;
        const { row, column, code, detail } = error;
        throw new RunFailure({ row: row ?? null, column: column ?? null, code, detail });
      }
      await this.match(run, record, tally);
      await run.write((tx) => this.store.removeCalls(tx, id));
      return tally.toSummary(reader.unmapped);
    });
  }

  wakeAbandoned(tx: Tx, staleAfterMs: number): Promise<void> {
    return this.runs.wakeAbandoned(tx, staleAfterMs);
  }

  private async read(run: Run, record: ReconciliationRecord, upload: string, reader: CallReader, tally: Tally): Promise<void> {
    const source = this.uploads.source(record.institutionId, upload, record.uploadBytes);
    for await (const { rows, errors } of readTable(source, reader.columns, { others: 'ignore', batchRows: BATCH })) {
      const calls: StoredCall[] = [];
      for (const { row, values } of rows) {
        const call = reader.read(row, values);
        if ('code' in call) tally.reject({ row, ...call });
        else if (call.result === 'cancelled') tally.neverPlaced += 1;
        else calls.push(this.toStored(call));
      }
      for (const { row, column, code } of errors) tally.reject({ row, column: column ?? null, code });
      tally.read += rows.length + errors.length;
      run.progress(tally.read, null);
      await run.write((tx) => this.store.addCalls(tx, record.institutionId, record.id, calls));
    }
  }

  /** Of a number only its hash and its masked form are kept. */
  private toStored({ number, ...call }: Call): StoredCall {
    return { ...call, valueIndex: this.vault.index(number, 'contact.value').toString('hex'), masked: maskContactPoint(number) };
  }

  private async match(run: Run, record: ReconciliationRecord, tally: Tally): Promise<void> {
    const { institutionId, id, reading } = record;
    const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(this.database, { institutionId }, work);
    const now = this.clock.override ?? (await inTenant(databaseNow));
    const toleranceMs = reading.toleranceSeconds * 1000;
    const matcher = new Matcher(toleranceMs, now.getTime());
    const total = tally.read;
    let [done, seq, after]: [number, number, StoredCall | null] = [total - countOf(tally), 0, null];
    for (;;) {
      const calls: StoredCall[] = await inTenant((tx) => this.store.calls(tx, id, after, BATCH));
      if (calls.length === 0) return;
      const permits = await inTenant(async (tx) => [
        ...(await this.store.permits(tx, institutionId, calls)),
        ...(await this.store.heldBy(tx, institutionId, calls, toleranceMs)),
      ]);
      const candidates = new Candidates(permits);
      const findings: CallFinding[] = [];
      for (const call of calls) {
        const matched = matcher.match(call, candidates.of(call));
        tally.add(call, matched);
        const finding = toFinding(call, matched, candidates);
        if (finding) findings.push(finding);
      }
      await run.write((tx) => this.store.addFindings(tx, institutionId, id, seq, findings));
      seq += findings.length;
      done += calls.length;
      run.progress(done, total);
      after = calls.at(-1) ?? null;
    }
  }
}

const countOf = ({ read, neverPlaced, rejectedRows }: Tally): number => read - neverPlaced - rejectedRows;

/** The permits of a batch, by what a call can find them by. */
class Candidates {
  private readonly byId = new Map<string, KnownPermit>();
  private readonly byNumber = new Map<string, KnownPermit[]>();
  private readonly byCollector = new Map<string, KnownPermit[]>();

  constructor(permits: readonly KnownPermit[]) {
    for (const permit of permits) {
      if (this.byId.has(permit.id)) continue;
      this.byId.set(permit.id, permit);
      push(this.byNumber, permit.valueIndex, permit);
      for (const collector of permit.collectorIds) push(this.byCollector, collector, permit);
    }
  }

  of({ attemptId, valueIndex, collectorId }: StoredCall): readonly KnownPermit[] {
    if (attemptId !== null) {
      const named = this.byId.get(attemptId.toLowerCase());
      return named ? [named] : [];
    }
    const toNumber = this.byNumber.get(valueIndex) ?? [];
    const held = collectorId === null ? [] : (this.byCollector.get(collectorId) ?? []);
    return held.length === 0 ? toNumber : [...toNumber, ...held.filter((permit) => permit.valueIndex !== valueIndex)];
  }

  caseOf(id: string | null): string | null {
    return id === null ? null : (this.byId.get(id)?.caseId ?? null);
  }
}

function push(map: Map<string, KnownPermit[]>, key: string, permit: KnownPermit): void {
  const there = map.get(key);
  if (there) there.push(permit);
  else map.set(key, [permit]);
}

function toFinding(call: StoredCall, { kind, why, permit }: Matched, candidates: Candidates): CallFinding | null {
  if (kind === null) return null;
  return {
    row: call.row,
    callId: call.callId,
    finding: kind,
    why,
    attemptId: permit?.id ?? call.attemptId,
    caseId: candidates.caseOf(permit?.id ?? null),
    agencyId: call.agencyId,
    collectorId: call.collectorId,
    number: call.masked,
    startedAt: new Date(call.startedAt).toISOString(),
    permittedFrom: instant(permit?.decidedAt ?? null),
    permittedUntil: instant(permit?.expiresAt ?? null),
    recorded: call.result,
    reported: permit?.result ?? null,
  };
}
