import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Principal, Role } from '#auth';
import { FixedClock } from '#clock';
import type { IdempotentRequest } from '#idempotency';
import { createDataSource, EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { testDatabase, type TestDatabase } from '#testkit';
import { Vault } from '#vault';
import { toCommand, type EventCommand } from '../src/clock/event-command.ts';
import type { ClockEventAnswer } from '../src/clock/event.dto.ts';
import { ClockService } from '../src/clock/clock.service.ts';
import { EventService } from '../src/clock/event.service.ts';
import { ComplaintListStore } from '../src/complaint/complaint-list.store.ts';
import type { ComplaintRequest } from '../src/complaint/complaint.dto.ts';
import { ComplaintService } from '../src/complaint/complaint.service.ts';
import { ComplaintStore } from '../src/complaint/complaint.store.ts';
import type { ComplaintView } from '../src/complaint/complaint.view.ts';
import { LedgerService } from '../src/complaint/ledger.service.ts';
import { LedgerStore } from '../src/complaint/ledger.store.ts';
import { ListingService } from '../src/complaint/listing.service.ts';
import { OpenLedgerStore } from '../src/complaint/open-ledger.store.ts';
import { ReadingService } from '../src/complaint/reading.service.ts';
import { RegistrationService } from '../src/complaint/registration.service.ts';
import { DeadlineJobs } from '../src/deadline/deadline.jobs.ts';
import { DeadlineStore } from '../src/deadline/deadline.store.ts';
import { AssignmentDesk, AssignmentService } from '../src/assignment/assignment.service.ts';
import { AssignmentStore } from '../src/assignment/assignment.store.ts';
import { SuggestionService } from '../src/assignment/suggestion.service.ts';
import { HandingService } from '../src/complaint/handing.service.ts';
import { DeskService } from '../src/desk/desk.service.ts';
import { DeskStore } from '../src/desk/desk.store.ts';
import { RecusalService } from '../src/desk/recusal.service.ts';
import { OpeningService } from '../src/dossier/opening.service.ts';
import { OpeningStore } from '../src/dossier/opening.store.ts';
import { HoldService } from '../src/hold/hold.service.ts';
import { HoldStore } from '../src/hold/hold.store.ts';
import { SearchService } from '../src/search/search.service.ts';
import { SearchStore } from '../src/search/search.store.ts';
import { TimelineService } from '../src/timeline/timeline.service.ts';
import { TimelineStore } from '../src/timeline/timeline.store.ts';

export const BANK = 'bank-1';

export const principal = (role: Role, more: Partial<Principal> = {}): Principal => ({
  subject: `${role}-1`,
  clientId: null,
  institutionId: BANK,
  agencyId: null,
  roles: [role],
  ...more,
});

export const handler = principal('complaint-handler');
export const supervisor = principal('complaint-supervisor');
export const headOffice = principal('head-office-approver');

export const complaintRequest = (more: Partial<ComplaintRequest> = {}): ComplaintRequest => ({
  channel: 'phone',
  complainant: { name: '张三', idNumber: '230100199001011234', contact: '+8613800000001' },
  subject: '深夜催收',
  narrative: '催收人员在晚上十一点给本人 13800000001 打电话。',
  requests: ['停止夜间来电'],
  ...more,
});

const newVault = (): Vault => new Vault([`k1:${randomBytes(32).toString('base64')}`], randomBytes(32).toString('base64'));

/** The desk on a database of its own, with a clock that the test sets. */
export class Stage {
  readonly clock = new FixedClock(new Date('2026-11-21T15:00:00+08:00'));
  readonly timeline = new TimelineService(new TimelineStore());
  readonly assignments: AssignmentService;
  readonly search: SearchService;
  readonly recusals = new RecusalService(new DeskStore());
  readonly holds: HoldService;
  readonly reading: ReadingService;
  readonly registrations: RegistrationService;
  readonly ledger: LedgerService;
  readonly complaints: ComplaintService;
  readonly listing: ListingService;
  readonly events: EventService;
  readonly clocks: ClockService;
  readonly deadlines: DeadlineJobs;

  private constructor(
    readonly db: TestDatabase,
    readonly source: DataSource,
    readonly vault: Vault,
  ) {
    const [store, ledger] = [new ComplaintStore(), new LedgerStore()];
    this.holds = new HoldService(new HoldStore(), this.timeline, this.clock, new OpeningService(new OpeningStore()));
    this.search = new SearchService(new SearchStore(), vault);
    this.registrations = new RegistrationService(store, ledger, this.timeline, this.holds, vault, this.search);
    this.ledger = new LedgerService(ledger, new OpenLedgerStore(), this.timeline, vault, this.search);
    this.reading = new ReadingService(store, ledger, this.clock, vault, this.recusals);
    this.complaints = new ComplaintService(source, store, this.registrations, this.reading, this.timeline, vault);
    const desk = new DeskService(new DeskStore(), this.recusals, vault);
    const handing = new HandingService(store, this.timeline, vault);
    this.assignments = new AssignmentService(
      new AssignmentDesk(source, this.reading, handing, desk),
      new SuggestionService(new AssignmentStore(), desk, this.recusals, vault),
    );
    this.listing = new ListingService(source, new ComplaintListStore(), this.reading);
    this.events = new EventService(source, this.reading, this.ledger, this.holds, this.timeline);
    this.clocks = new ClockService(source, this.reading, this.ledger);
    this.deadlines = new DeadlineJobs(source, this.clock, new DeadlineStore());
  }

  static async open(vault = newVault()): Promise<Stage> {
    const db = await testDatabase('complaints');
    const source = await createDataSource({ url: db.appUrl, poolSize: 16, applicationName: 'stage' });
    return new Stage(db, source, vault);
  }

  async close(): Promise<void> {
    await this.source.destroy();
    await this.db.drop();
  }

  /** Takes all complaints away, with whatever refers to them, and what waits to be sent. Only an owner may. */
  async clear(): Promise<void> {
    await this.asOwner('truncate complaint, due_check, outbox, event, idempotency, search_rebuild cascade');
  }

  async asOwner(sql: string): Promise<void> {
    const owner = await createDataSource({ url: this.db.ownerUrl, poolSize: 1, applicationName: 'stage' });
    await owner.query(sql);
    await owner.destroy();
  }

  inEvery<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.source, { institutionId: EVERY_INSTITUTION }, work);
  }

  set now(instant: string) {
    this.clock.override = new Date(instant);
  }

  register(
    more: Partial<ComplaintRequest> = {},
    by: Principal = handler,
    idempotency: IdempotentRequest | null = null,
  ): Promise<ComplaintView> {
    return this.complaints.create(by, complaintRequest(more), idempotency, 'request-1');
  }

  record(
    id: string,
    command: EventCommand,
    by: Principal = handler,
    idempotency: IdempotentRequest | null = null,
  ): Promise<ClockEventAnswer> {
    return this.events.record({ principal: by, complaintId: id, idempotency, requestId: 'request-1', language: 'en' }, command);
  }

  decide(id: string, at: string | null = null, by: Principal = handler): Promise<ClockEventAnswer> {
    return this.record(id, toCommand.decision({ at, outcome: 'upheld', text: '属实' }), by);
  }

  tell(id: string, at: string | null = null): Promise<ClockEventAnswer> {
    return this.record(id, toCommand.notice({ at, form: 'sms' }));
  }

  sql<Row>(text: string, values: readonly unknown[] = [], institutionId = BANK): Promise<Row[]> {
    return inTransaction(this.source, { institutionId }, (tx) => tx.query<Row>(text, values));
  }
}
