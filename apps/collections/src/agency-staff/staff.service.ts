import { Inject, Injectable } from '@nestjs/common';
import type { Principal, Role } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { maskIdNumber, maskName, Vault } from '#vault';
import { decodeCursor, toPage, type Page } from '#wire';
import { ActService, type Action } from '../act/act.service.ts';
import { AgencyDesk, agencyInstant, agencyResource, type AtDesk } from '../agency/agency-desk.ts';
import { FitnessService } from './fitness.service.ts';
import type { AgencyStaffView, SeatRequest, StaffChangeRequest, StaffListRequest, StaffReasonRequest, StaffRequest } from './staff.dto.ts';
import { SEAT_TAKEN, STAFF_KNOWN, STAFF_LEFT } from './staff.refusals.ts';
import { StaffStore, type StaffContent, type StaffKey, type StaffRecord } from './staff.store.ts';
import { staffGaps, unfitReasons } from './fitness.ts';

const DEFAULT_LIMIT = 50;
const NAME = 'agency_staff.name';
const ID_NUMBER = 'agency_staff.idNumber';
const SEES_NAMES: readonly Role[] = ['collections-manager', 'agency-supervisor', 'integration'];
const GIVEN_ID = /^[^\p{Cc}]{1,200}$/u;

/** A collector, as an address names them, and the request that does something to them. */
export interface StaffCommand {
  readonly agencyId: string;
  readonly collectorId: string;
  readonly idempotency: IdempotentRequest | null;
  readonly requestId: string;
}

export interface StaffAct {
  readonly action: Action;
  readonly agencyId: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly reason?: string;
}

/** Who collects for an agency. The agency and the bank keep it; what makes somebody fit is the bank's to see. */
@Injectable()
export class StaffService {
  constructor(
    @Inject(AgencyDesk) private readonly desk: AgencyDesk,
    @Inject(StaffStore) private readonly store: StaffStore,
    @Inject(FitnessService) private readonly fitness: FitnessService,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** In order of their ids. Refuses with NOT_FOUND, INVALID for a cursor that is not ours. */
  async list(principal: Principal, agencyId: string, request: StaffListRequest, requestId: string): Promise<Page<AgencyStaffView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, (key) => GIVEN_ID.test(key));
    const { institutionId } = principal;
    return this.desk.read(principal, agencyId, async (tx, at) => {
      const records = await this.store.list(tx, { institutionId, agencyId, active: request.active ?? null, after, limit });
      await this.noteRead(tx, principal, agencyId, requestId, records.length);
      return toPage(
        records,
        limit,
        ({ collectorId }) => collectorId,
        (record) => this.toView(record, at, isMasked(principal)),
      );
    });
  }

  /** Registers a collector, or who has left anew. Refuses with NOT_FOUND, INVALID, STAFF_KNOWN, IDEMPOTENCY_KEY_REUSED. */
  async register(principal: Principal, request: StaffRequest, command: Omit<StaffCommand, 'collectorId'>): Promise<AgencyStaffView> {
    const { collectorId } = request;
    if (!GIVEN_ID.test(collectorId))
      throw new Refusal(INVALID, { errors: [{ pointer: '/collectorId', detail: 'must not have control characters' }] });
    return this.change(principal, { ...command, collectorId }, async (tx, key) => {
      const known = await this.store.find(tx, key);
      if (known?.active) throw new Refusal(STAFF_KNOWN, { errors: [{ pointer: '/collectorId', detail: 'works for the agency already' }] });
      await this.store.register(tx, key, this.contentOf(request));
      return {
        action: 'agency-staff',
        detail: { collectorId, what: known ? 'returned' : 'registered', employer: request.employer ?? null },
      };
    });
  }

  /** Of another name or number than was checked, the check is void. Refuses with NOT_FOUND, STAFF_LEFT, IDEMPOTENCY_KEY_REUSED. */
  async write(principal: Principal, request: StaffChangeRequest, command: StaffCommand): Promise<AgencyStaffView> {
    return this.change(principal, command, async (tx, key) => {
      const known = await this.working(tx, key);
      const content = this.contentOf(request);
      const isSomebodyElse =
        this.vault.open(known.nameSealed, NAME) !== request.name || !sameIndex(known.idNumberIndex, content.idNumberIndex);
      await this.store.change(tx, key, content, isSomebodyElse);
      const { collectorId } = key;
      return { action: 'agency-staff', detail: { collectorId, what: 'changed', employer: content.employer, identityVoid: isSomebodyElse } };
    });
  }

  /** Ends the seat and the work tools too, and takes back what was permitted. Refuses with NOT_FOUND, STAFF_LEFT, IDEMPOTENCY_KEY_REUSED. */
  async leave(principal: Principal, { reason }: StaffReasonRequest, command: StaffCommand): Promise<AgencyStaffView> {
    return this.change(principal, command, async (tx, key, { now, day }) => {
      await this.working(tx, key);
      await this.store.leave(tx, key, { leftOn: day, at: now, by: principal.subject });
      return { action: 'agency-staff', detail: { collectorId: key.collectorId, what: 'left' }, reason };
    });
  }

  /** Gives somebody a seat, another seat, or none. Refuses with NOT_FOUND, STAFF_LEFT, SEAT_TAKEN, IDEMPOTENCY_KEY_REUSED. */
  async sit(principal: Principal, { seatId = null }: SeatRequest, command: StaffCommand): Promise<AgencyStaffView> {
    return this.change(principal, command, async (tx, key, { now }) => {
      const known = await this.working(tx, key);
      if (known.seat?.seatId !== seatId) {
        await this.store.endSeat(tx, key, now);
        if (seatId !== null && !(await this.store.bindSeat(tx, key, { seatId, at: now, by: principal.subject })))
          throw new Refusal(SEAT_TAKEN, { errors: [{ pointer: '/seatId', detail: 'belongs to another collector; end theirs first' }] });
      }
      return { action: 'agency-seat', detail: { collectorId: key.collectorId, seatId } };
    });
  }

  /** The one shape of a change to a collector: the gates wait, and what the gate reads follows. */
  async change(
    principal: Principal,
    command: StaffCommand,
    work: (tx: Tx, key: StaffKey, at: AtDesk) => Promise<Omit<StaffAct, 'agencyId'>>,
  ): Promise<AgencyStaffView> {
    const { institutionId } = principal;
    const { agencyId, collectorId } = command;
    const key = { institutionId, agencyId, collectorId };
    return this.desk.change(
      principal,
      command,
      async (tx, at) => {
        const now = await this.fitness.hold(tx, institutionId);
        const act = await work(tx, key, { ...at, now });
        await this.fitness.follow(tx, institutionId, { agencyId, collectorIds: [collectorId] }, now);
        await this.acts.note(tx, principal, { ...act, resource: agencyResource(agencyId) }, now);
        return collectorId;
      },
      async (tx, _id, at) => {
        const record = await this.store.find(tx, key);
        if (record === null) throw noStaff();
        await this.noteRead(tx, principal, agencyId, command.requestId, 1);
        return this.toView(record, at, isMasked(principal));
      },
    );
  }

  /** Refuses with NOT_FOUND, STAFF_LEFT. */
  async working(tx: Tx, key: StaffKey): Promise<StaffRecord> {
    const record = await this.store.find(tx, key);
    if (record === null) throw noStaff();
    if (!record.active)
      throw new Refusal(STAFF_LEFT, { detail: `${key.collectorId} left on ${record.leftOn ?? 'a day that the file did not say'}.` });
    return record;
  }

  /** Takes something away from the staff of an agency while the gates wait, and the permits that hang on it; when that is. */
  async revoking(
    tx: Tx,
    { institutionId, agencyId }: { readonly institutionId: string; readonly agencyId: string },
    work: (at: Date) => Promise<void>,
  ): Promise<Date> {
    const now = await this.fitness.hold(tx, institutionId);
    await work(now);
    await this.fitness.follow(tx, institutionId, { agencyId, collectorIds: [] }, now);
    return now;
  }

  /** How many the gate lets make contacts on a day; for other rooms. */
  fitCount(tx: Tx, institutionId: string, agencyId: string, day: string): Promise<number> {
    return this.store.fitCount(tx, institutionId, agencyId, day);
  }

  /** Of an agency that leaves. */
  endSeats(tx: Tx, institutionId: string, agencyId: string, at: Date): Promise<void> {
    return this.store.endSeats(tx, institutionId, agencyId, at);
  }

  private contentOf(request: StaffChangeRequest): StaffContent {
    const { name, employer = null, joinedOn = null } = request;
    const idNumber = request.idNumber?.trim().toUpperCase() || null;
    return {
      nameSealed: this.vault.seal(name, NAME),
      nameIndex: this.vault.index(name, NAME),
      idNumberSealed: idNumber === null ? null : this.vault.seal(idNumber, ID_NUMBER),
      idNumberIndex: idNumber === null ? null : this.vault.index(idNumber, ID_NUMBER),
      employer,
      joinedOn,
    };
  }

  private async noteRead(tx: Tx, principal: Principal, agencyId: string, requestId: string, count: number): Promise<void> {
    if (!isMasked(principal) && count > 0) await this.desk.noteRead(tx, principal, agencyId, requestId, ['staff.name']);
  }

  private toView(record: StaffRecord, { agency, day }: Pick<AtDesk, 'agency' | 'day'>, masked: boolean): AgencyStaffView {
    const name = this.vault.open(record.nameSealed, NAME);
    const { collectorId, employer, joinedOn, leftOn, active, identityNeeded, identityHow, identityAt, certificateUntil, deviceIds } =
      record;
    const hasUnconfirmed = record.certificates.some(
      ({ confirmedBy, revoked, validTo }) => confirmedBy === null && !revoked && validTo >= day,
    );
    const unfit = unfitReasons(day, { active, identityNeeded, identityChecked: identityAt !== null, certificateUntil, hasUnconfirmed });
    const { seat, lastTrainedOn } = record;
    const facts = { agencyName: agency.name, employer, hasSeat: seat !== null, devices: deviceIds.length, lastTrainedOn };
    return {
      collectorId,
      name: masked ? maskName(name) : name,
      idNumber: record.idNumberSealed && maskIdNumber(this.vault.open(record.idNumberSealed, ID_NUMBER)),
      employer,
      joinedOn,
      leftOn,
      active,
      fit: unfit.length === 0,
      unfit,
      gaps: active ? staffGaps(day, facts) : [],
      identity:
        identityHow === null || identityAt === null
          ? null
          : { how: identityHow, by: record.identityBy ?? '', at: agencyInstant(identityAt) },
      certificateUntil,
      certificates: record.certificates,
      seat: seat && { seatId: seat.seatId, since: agencyInstant(new Date(seat.since)) },
      deviceIds,
      lastTrainedOn,
    };
  }
}

const noStaff = (): Refusal => new Refusal(NOT_FOUND, { detail: 'The agency has no such collector.' });
const isMasked = (principal: Principal): boolean => !principal.roles.some((role) => SEES_NAMES.includes(role));
const sameIndex = (a: Buffer | null, b: Buffer | null): boolean => (a === null || b === null ? a === b : a.equals(b));
