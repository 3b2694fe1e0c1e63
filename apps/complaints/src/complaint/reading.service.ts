import { Inject, Injectable } from '@nestjs/common';
import type { Principal, Role } from '#auth';
import { Clock } from '#clock';
import type { Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { isUuid } from '#wire';
import { calendarsFor } from '../calendar/stored-calendars.ts';
import { RecusalService } from '../desk/recusal.service.ts';
import { toComplaintView, type Reading } from './complaint.mapper.ts';
import type { ComplaintRecord } from './complaint.record.ts';
import { ComplaintStore } from './complaint.store.ts';
import type { ComplaintView } from './complaint.view.ts';
import { answerAt } from './ledger.ts';
import { LedgerStore } from './ledger.store.ts';

// Whoever works on complaints. Everyone else reads them with personal data masked.
const SEES_PERSONAL_DATA: readonly Role[] = ['complaint-handler', 'complaint-supervisor', 'head-office-approver'];

const WHOLE = ['complainant', 'subject', 'narrative', 'requests'];

/** Shows complaints to their readers, and notes whose personal data were shown to whom. */
@Injectable()
export class ReadingService {
  constructor(
    @Inject(ComplaintStore) private readonly store: ComplaintStore,
    @Inject(LedgerStore) private readonly ledger: LedgerStore,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(RecusalService) private readonly recusals: RecusalService,
  ) {}

  async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? this.store.now(tx);
  }

  readingOf(principal: Principal, now: Date): Reading {
    return { now, masked: !principal.roles.some((role) => SEES_PERSONAL_DATA.includes(role)), vault: this.vault };
  }

  /** Refuses with NOT_FOUND, also for another institution's. */
  async find(tx: Tx, principal: Principal, id: string): Promise<ComplaintRecord> {
    return found(isUuid(id) ? await this.store.find(tx, principal.institutionId, id) : null);
  }

  /** Several at once, by id. Refuses with NOT_FOUND when one of them is not there. */
  async findAll(tx: Tx, principal: Principal, ids: readonly string[]): Promise<ReadonlyMap<string, ComplaintRecord>> {
    const wanted = [...new Set(ids)];
    const records = await this.store.findAll(tx, principal.institutionId, wanted);
    if (records.length < wanted.length) throw new Refusal(NOT_FOUND);
    return new Map(records.map((record) => [record.id, record]));
  }

  /** The same to act on it: nobody else changes it until the transaction ends. Refuses with NOT_FOUND, RECUSED for who may not act on it (CMP20 17). */
  async lock(tx: Tx, principal: Principal, id: string): Promise<ComplaintRecord> {
    const record = await this.lockAsParty(tx, principal, id);
    await this.recusals.refuse(tx, principal, record);
    return record;
  }

  /** The same for those who only answer, also about themselves. Refuses with NOT_FOUND. */
  async lockAsParty(tx: Tx, principal: Principal, id: string): Promise<ComplaintRecord> {
    return found(isUuid(id) ? await this.store.lock(tx, principal.institutionId, id) : null);
  }

  /** The complaints that were merged into this one, and into those. */
  mergedInto(tx: Tx, id: string): Promise<ComplaintRecord[]> {
    return this.store.mergedInto(tx, id);
  }

  /** Refuses with RECUSED when the complaint would be given to somebody who may not act on it; `pointer`: where the request names him. */
  async refuseRecused(tx: Tx, subject: string, record: ComplaintRecord, pointer: string): Promise<void> {
    await this.recusals.refuseNamed(tx, [subject], record, pointer);
  }

  /** The complaint as it is now, as the principal may see it. Refuses with NOT_FOUND. */
  async view(tx: Tx, principal: Principal, id: string, requestId: string): Promise<ComplaintView> {
    const record = await this.find(tx, principal, id);
    const reading = this.readingOf(principal, await this.now(tx));
    const calendars = await calendarsFor(tx, record.institutionId, [record.pack]);
    const answer = answerAt(record, await this.ledger.events(tx, record.id), reading.now, calendars);
    await this.noteRead(tx, principal, reading, [record.id], WHOLE, requestId);
    return toComplaintView(record, answer, reading);
  }

  async noteRead(
    tx: Tx,
    principal: Principal,
    { masked }: Reading,
    resourceIds: readonly string[],
    fields: readonly string[],
    requestId: string,
  ): Promise<void> {
    if (masked || resourceIds.length === 0) return;
    const { institutionId, subject, clientId } = principal;
    await this.store.noteRead(tx, { institutionId, subject, clientId, resourceIds, fields, requestId });
  }
}

function found(record: ComplaintRecord | null): ComplaintRecord {
  if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such complaint here.' });
  return record;
}
