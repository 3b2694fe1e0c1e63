import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { CalendarYear } from '#clock-rules';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { isUuid } from '#wire';
import { ApprovalService, type ApprovalOf } from '../approval/approval.service.ts';
import { otherThan, SortingDesk } from '../sorting/sorting.desk.ts';
import type { CalendarDaysRequest, CalendarDraftRequest, CalendarVersionView } from './calendar.dto.ts';
import { CalendarReading } from './calendar.reading.ts';
import { CALENDAR_CHANGED, CALENDAR_OPEN, CALENDAR_STATE } from './calendar.refusals.ts';
import type { VersionState } from './calendar.states.ts';
import { CalendarStore, type VersionRecord } from './calendar.store.ts';
import { CalendarPublisher } from './calendar.publisher.ts';
import { calendarsOf, lockCalendars } from './stored-calendars.ts';
import { faultsOf } from './year-check.ts';

const LOCK = 'calendar';
export const CALENDAR_APPROVAL = 'calendar';
const APPROVER = 'head-office-approver';

interface Change {
  readonly id: string;
  readonly from: VersionState;
  readonly idempotency: IdempotentRequest | null;
}

/** Years of calendars: drafted by one, approved by another, published, and then the clocks that rest on them are moved. */
@Injectable()
export class CalendarService {
  constructor(
    @Inject(SortingDesk) private readonly desk: SortingDesk,
    @Inject(CalendarStore) private readonly store: CalendarStore,
    @Inject(CalendarReading) private readonly reading: CalendarReading,
    @Inject(CalendarPublisher) private readonly publisher: CalendarPublisher,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
  ) {}

  /** Refuses with INVALID naming each day that is wrong, CALENDAR_OPEN, IDEMPOTENCY_KEY_REUSED. */
  draft(principal: Principal, request: CalendarDraftRequest, idempotency: IdempotentRequest | null): Promise<CalendarVersionView> {
    const { institutionId, subject } = principal;
    return this.desk.alone(
      { principal, lock: LOCK, idempotency },
      async (tx, now) => {
        const { country, year, source, note } = request;
        const days = await this.check(tx, institutionId, country, year, request);
        const id = await this.store.draft(tx, institutionId, { ...days, country, source, note }, subject, now);
        if (id === null) throw new Refusal(CALENDAR_OPEN, { detail: `${country} ${year} has a version that is not published yet.` });
        return id;
      },
      (tx, id) => this.view(tx, institutionId, id),
    );
  }

  /** Refuses with NOT_FOUND, CALENDAR_STATE, INVALID, IDEMPOTENCY_KEY_REUSED. */
  change(
    principal: Principal,
    id: string,
    request: CalendarDaysRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<CalendarVersionView> {
    return this.move(principal, { id, from: 'draft', idempotency }, async (tx, record, now) => {
      const { country, year, institutionId } = record;
      const days = await this.check(tx, institutionId, country, year, request);
      await this.store.change(tx, record.id, { ...days, source: request.source, note: request.note }, principal.subject, now);
    });
  }

  /** Refuses with NOT_FOUND, CALENDAR_STATE, IDEMPOTENCY_KEY_REUSED. */
  propose(principal: Principal, id: string, idempotency: IdempotentRequest | null): Promise<CalendarVersionView> {
    const { subject } = principal;
    return this.move(principal, { id, from: 'draft', idempotency }, async (tx, record, now) => {
      await this.store.propose(tx, record.id, subject, now);
      const asking = { ...approvalOf(record), complaintId: null, role: APPROVER, askedBy: subject, note: record.note } as const;
      await this.approvals.ask(tx, asking, now);
    });
  }

  /**
   * Publishes what others drafted and proposed, and begins the job that moves the clocks. Refuses with NOT_FOUND, CALENDAR_STATE, CALENDAR_CHANGED for another
   * revision, FORBIDDEN and OWN_REQUEST for who had a hand in it, INVALID for one that would change nothing any more, IDEMPOTENCY_KEY_REUSED.
   */
  approve(principal: Principal, id: string, revision: number, idempotency: IdempotentRequest | null): Promise<CalendarVersionView> {
    return this.move(principal, { id, from: 'proposed', idempotency }, async (tx, record) => {
      if (record.revision !== revision)
        throw new Refusal(CALENDAR_CHANGED, { detail: `It is at revision ${record.revision}; look at that one.` });
      otherThan(principal, record.draftedBy, 'this calendar');
      // From here on nobody writes a date by the calendar that held until now; so the instant is read behind the lock.
      await lockCalendars(tx, record.institutionId);
      const now = await this.desk.now(tx);
      refuseFaults(record, (await calendarsOf(tx, record.institutionId)).year(record.country, record.year));
      await this.approvals.settle(tx, principal, approvalOf(record), 'approved', now);
      await this.publisher.publish(tx, record, principal.subject, now);
    });
  }

  /** To be a draft again. Refuses with NOT_FOUND, CALENDAR_STATE, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  giveBack(principal: Principal, id: string, reason: string, idempotency: IdempotentRequest | null): Promise<CalendarVersionView> {
    return this.move(principal, { id, from: 'proposed', idempotency }, async (tx, record, now) => {
      const outcome = record.proposedBy === principal.subject ? 'withdrawn' : 'refused';
      await this.approvals.settle(tx, principal, approvalOf(record), outcome, now);
      await this.store.giveBack(tx, record.id, principal.subject, reason);
    });
  }

  /** Refuses with NOT_FOUND, CALENDAR_STATE, IDEMPOTENCY_KEY_REUSED. */
  cancel(principal: Principal, id: string, idempotency: IdempotentRequest | null): Promise<CalendarVersionView> {
    return this.move(principal, { id, from: 'draft', idempotency }, (tx, record, now) =>
      this.store.cancel(tx, record.id, principal.subject, now),
    );
  }

  private move(
    principal: Principal,
    { id, from, idempotency }: Change,
    work: (tx: Tx, record: VersionRecord, now: Date) => Promise<void>,
  ): Promise<CalendarVersionView> {
    const { institutionId } = principal;
    return this.desk.alone(
      { principal, lock: LOCK, idempotency },
      async (tx, now) => {
        const record = isUuid(id) ? await this.store.find(tx, institutionId, id) : null;
        if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such version of a calendar here.' });
        if (record.state !== from) throw new Refusal(CALENDAR_STATE, { detail: `It is ${record.state}, not ${from}.` });
        await work(tx, record, now);
        return record.id;
      },
      (tx, resource) => this.view(tx, institutionId, resource),
    );
  }

  private async view(tx: Tx, institutionId: string, id: string): Promise<CalendarVersionView> {
    return this.reading.view(tx, institutionId, id);
  }

  /** The days in their order. Refuses with INVALID. */
  private async check(
    tx: Tx,
    institutionId: string,
    country: string,
    year: number,
    { daysOff, makeUpDays }: CalendarDaysRequest,
  ): Promise<CalendarYear> {
    refuseFaults({ year, daysOff, makeUpDays }, (await calendarsOf(tx, institutionId)).year(country, year));
    return { year, daysOff: daysOff.toSorted(), makeUpDays: makeUpDays.toSorted() };
  }
}

const approvalOf = ({ institutionId, id }: VersionRecord): ApprovalOf => ({ institutionId, kind: CALENDAR_APPROVAL, ref: id });

function refuseFaults(year: CalendarYear, holding: CalendarYear | null): void {
  const errors = faultsOf(year, holding);
  if (errors.length > 0) throw new Refusal(INVALID, { errors: errors.slice(0, 100) });
}
