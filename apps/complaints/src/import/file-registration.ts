import { Inject, Injectable } from '@nestjs/common';
import type { BatchOutcome, ImportRecord, RowFault } from '#imports';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { ReadingService } from '../complaint/reading.service.ts';
import { RegistrationService, type PastEvent, type Registered, type Registration } from '../complaint/registration.service.ts';
import type { ImportedComplaint } from './imported-complaint.ts';

/** Puts batches of rows into the ledger; what is known is never changed by a file. */
@Injectable()
export class FileRegistration {
  constructor(
    @Inject(RegistrationService) private readonly registrations: RegistrationService,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async store(tx: Tx, { institutionId, requestedBy }: ImportRecord, rows: readonly ImportedComplaint[]): Promise<BatchOutcome> {
    const now = await this.reading.now(tx);
    const early = rows.flatMap((row) => inFuture(row, now) ?? []);
    const faulty = new Set(early.map(({ row }) => row));
    const possible = rows
      .filter(({ row }) => !faulty.has(row))
      .map((row) => ({ row, registration: this.toRegistration(row, requestedBy, now) }));
    const registered = await this.registrations.register(
      tx,
      institutionId,
      possible.map(({ registration }) => registration),
      now,
    );
    const hashes = await this.registrations.hashesOf(
      tx,
      institutionId,
      possible.flatMap(({ row }, at) => (registered[at]?.kind === 'known' ? [row.externalRef] : [])),
    );
    const faults = [...early];
    let [inserted, unchanged] = [0, 0];
    for (const [at, { row, registration }] of possible.entries()) {
      const result = registered[at];
      if (result?.kind === 'registered') inserted += 1;
      else if (result?.kind === 'rejected') faults.push(impossible(row, result));
      else if (result?.kind === 'forwarded-known') faults.push(forwardedKnown(row, result.number));
      else if (hashes.get(row.externalRef)?.equals(registration.contentHash)) unchanged += 1;
      else faults.push(conflict(row));
    }
    return { inserted, updated: 0, unchanged, faults: faults.toSorted((a, b) => a.row - b.row) };
  }

  private toRegistration({ row: _row, events, ...facts }: ImportedComplaint, requestedBy: string, now: Date): Registration {
    const happened = events.map(({ type, at, inTime, more }): PastEvent => ({
      event: { type, at: (at ?? now).toISOString(), ...(inTime === undefined ? {} : { inTime }) },
      more,
      note: {},
      recordedAt: now,
      recordedBy: requestedBy,
    }));
    return {
      ...facts,
      events: happened,
      contentHash: this.vault.index(JSON.stringify([facts, events]), 'content'),
      regulator: facts.intake?.forwarded?.regulator ?? null,
      registeredAt: now,
      source: 'import',
      registeredBy: requestedBy,
      registeredByHandler: false,
    };
  }
}

function inFuture({ row, receivedAt, events }: ImportedComplaint, now: Date): RowFault | null {
  const times = [{ column: 'receivedAt', at: receivedAt }, ...events];
  const late = times.find(({ at }) => at !== null && at > now);
  return late ? { row, column: late.column, code: 'in-future', detail: `${late.column} is in the future` } : null;
}

function impossible({ row, events }: ImportedComplaint, { rejection }: Extract<Registered, { kind: 'rejected' }>): RowFault {
  const column = events[rejection.index]?.column ?? null;
  return { row, column, code: rejection.code, detail: `${column ?? 'an event'}: ${rejection.detail} (${rejection.source})` };
}

const forwardedKnown = ({ row }: ImportedComplaint, number: string): RowFault => ({
  row,
  column: 'regulatorReference',
  code: 'regulator-reference-known',
  detail: `regulatorReference of this regulator is that of ${number} already (CMP20 33)`,
});

const conflict = ({ row }: ImportedComplaint): RowFault => ({
  row,
  column: 'externalRef',
  code: 'conflict',
  detail: 'The complaint is known with other content; a file cannot change it',
});
