import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal, Role } from '#auth';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal, type FieldError } from '#problem';
import { Vault } from '#vault';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import type {
  AbsenceRequest,
  DeskChange,
  DeskChangeListRequest,
  MemberList,
  MemberListRequest,
  MemberRequest,
  MemberView,
  UnitList,
  UnitRequest,
  UnitView,
} from './desk.dto.ts';
import { UNIT_IN_USE } from './desk.refusals.ts';
import { dayOf, NAME } from './desk.service.ts';
import { DeskStore, type AbsenceRecord, type ChangeRecord, type MemberRecord, type NewMember, type UnitRecord } from './desk.store.ts';

const CONTACT = 'desk_unit.contact';
const REASON = 'desk_absence.reason';
const DEFAULT_CAPACITY = 20;
const DEFAULT_LIMIT = 50;
// A code stands in addresses and files; a subject comes from the issuer.
const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const SUBJECT = /^[\x21-\x7e]{1,200}$/;
const SEES_NAMES: readonly Role[] = ['complaint-handler', 'complaint-supervisor', 'head-office-approver', 'admin'];

/** Units, people and absences of the desk, as admin and supervisors keep them. Every change is kept. */
@Injectable()
export class DeskAdminService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DeskStore) private readonly store: DeskStore,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async units(principal: Principal): Promise<UnitList> {
    return inTransaction(this.database, principal, async (tx) => ({
      items: (await this.store.units(tx, principal.institutionId)).map((record) => this.toUnit(principal, record)),
    }));
  }

  /** Makes a unit or changes it. Refuses with INVALID for a parent that is not there or below it, UNIT_IN_USE. */
  async putUnit(principal: Principal, code: string, request: UnitRequest): Promise<UnitView> {
    const { institutionId } = principal;
    check(CODE.test(code), '/code', 'must be a code of 1 to 64 letters, digits, points, dashes');
    return this.change(principal, async (tx, now) => {
      const [known, parent] = [
        await this.store.unit(tx, institutionId, code),
        await this.parentOf(tx, institutionId, request.parent ?? null),
      ];
      if (known && parent) check(!(await this.store.isBelow(tx, parent.id, known.id)), '/parent', 'is the unit itself or below it');
      const retired = request.retired ?? false;
      if (retired && known && !known.retired && (await this.store.isUsed(tx, known.id)))
        throw new Refusal(UNIT_IN_USE, { detail: `Move what is below ${code} first.` });
      const { kind, nameZh, nameEn, contact } = request;
      const contactSealed = contact ? this.vault.seal(contact, CONTACT) : null;
      await this.store.putUnit(
        tx,
        institutionId,
        { code, kind, nameZh, nameEn, parentId: parent?.id ?? null, contactSealed, retired },
        now,
      );
      const data = { kind, nameZh, nameEn, parent: parent?.code ?? null, retired };
      await this.note(tx, principal, { kind: 'unit', of: code, action: known ? 'changed' : 'added', at: now, data });
      const stored = await this.store.unit(tx, institutionId, code);
      if (!stored) throw new Error('the unit was not stored');
      return this.toUnit(principal, stored);
    });
  }

  async members(principal: Principal, { unit, agencyId, all }: MemberListRequest): Promise<MemberList> {
    return inTransaction(this.database, principal, async (tx) => {
      const { institutionId } = principal;
      const filter = { unit: unit ?? null, agencyId: agencyId ?? null, all: all ?? false };
      return { items: await this.show(tx, principal, await this.store.members(tx, institutionId, filter), await this.now(tx)) };
    });
  }

  /** Makes a member or changes one. Refuses with INVALID for a unit that is not there, and for a line that would be a ring. */
  async putMember(principal: Principal, subject: string, request: MemberRequest): Promise<MemberView> {
    const { institutionId } = principal;
    check(SUBJECT.test(subject), '/subject', 'must be 1 to 200 printable ASCII characters');
    return this.change(principal, async (tx, now) => {
      const [known] = await this.store.bySubjects(tx, institutionId, [subject]);
      const member = await this.toMember(tx, institutionId, subject, request);
      await this.store.putMember(tx, institutionId, member);
      const { nameSealed: _name, unitId: _unit, ...data } = member;
      const action = known ? 'changed' : 'added';
      await this.note(tx, principal, { kind: 'member', of: subject, action, at: now, data: { ...data, unit: request.unit ?? null } });
      return this.one(tx, principal, subject, now);
    });
  }

  /** Refuses with NOT_FOUND, IDEMPOTENCY_KEY_REUSED, and with INVALID for days that do not follow each other. */
  async addAbsence(
    principal: Principal,
    subject: string,
    request: AbsenceRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<MemberView> {
    const { institutionId } = principal;
    const { from, to, reason } = request;
    check(from <= to, '/to', 'must not be before `from`');
    return this.change(principal, async (tx, now) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (!claim) {
        const [member] = await this.store.bySubjects(tx, institutionId, [subject]);
        if (!member) throw new Refusal(NOT_FOUND, { detail: 'The desk has no such member.' });
        const reasonSealed = reason ? this.vault.seal(reason, REASON) : null;
        const absence = { memberId: member.id, from, to, reasonSealed, by: principal.subject, at: now };
        const id = await this.store.addAbsence(tx, institutionId, absence);
        await this.note(tx, principal, { kind: 'member', of: subject, action: 'absence-added', at: now, data: { from, to } });
        await rememberResource(tx, institutionId, idempotency, id);
      }
      return this.one(tx, principal, subject, now);
    });
  }

  /** Refuses with NOT_FOUND, also for one that is cancelled already. */
  async cancelAbsence(principal: Principal, id: string): Promise<MemberView> {
    return this.change(principal, async (tx, now) => {
      const subject = isUuid(id) ? await this.store.cancelAbsence(tx, principal.institutionId, id, principal.subject, now) : null;
      if (subject === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such absence.' });
      await this.note(tx, principal, { kind: 'member', of: subject, action: 'absence-cancelled', at: now, data: { absence: id } });
      return this.one(tx, principal, subject, now);
    });
  }

  /** The newest first. Refuses with INVALID for a cursor that is not ours. */
  async changes(principal: Principal, request: DeskChangeListRequest): Promise<Page<DeskChange>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const before = decodeCursor(request.cursor, isUuid);
    return inTransaction(this.database, principal, async (tx) =>
      toPage(await this.store.changes(tx, principal.institutionId, request.of ?? null, before, limit), limit, ({ id }) => id, toChange),
    );
  }

  private async toMember(tx: Tx, institutionId: string, subject: string, request: MemberRequest): Promise<NewMember> {
    const { name, unit, manager, agencyId } = request;
    const place = unit ? await this.store.unit(tx, institutionId, unit) : null;
    check(!unit || (place !== null && !place.retired), '/unit', 'is no unit of the desk that takes people');
    if (manager) check(!(await this.store.reportsTo(tx, institutionId, manager, subject)), '/manager', 'is the member or reports to him');
    return {
      subject,
      nameSealed: this.vault.seal(name, NAME),
      unitId: place?.id ?? null,
      manager: manager || null,
      agencyId: agencyId || null,
      areas: distinct(request.areas),
      causes: distinct(request.causes),
      channels: distinct(request.channels),
      languages: distinct(request.languages),
      dailyCapacity: request.dailyCapacity ?? DEFAULT_CAPACITY,
      active: request.active ?? true,
    };
  }

  private async parentOf(tx: Tx, institutionId: string, code: string | null): Promise<UnitRecord | null> {
    const parent = code ? await this.store.unit(tx, institutionId, code) : null;
    check(!code || (parent !== null && !parent.retired), '/parent', 'is no unit of the desk');
    return parent;
  }

  private async change<T>(principal: Principal, work: (tx: Tx, now: Date) => Promise<T>): Promise<T> {
    return inTransaction(this.database, principal, async (tx) => {
      await this.store.lock(tx, principal.institutionId);
      return work(tx, await this.now(tx));
    });
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }

  private note(tx: Tx, { institutionId, subject: actor }: Principal, change: Omit<ChangeRecord, 'id' | 'actor'>): Promise<void> {
    return this.store.noteChange(tx, institutionId, { ...change, actor });
  }

  private async one(tx: Tx, principal: Principal, subject: string, now: Date): Promise<MemberView> {
    const [view] = await this.show(tx, principal, await this.store.bySubjects(tx, principal.institutionId, [subject]), now);
    if (!view) throw new Refusal(NOT_FOUND, { detail: 'The desk has no such member.' });
    return view;
  }

  private async show(tx: Tx, principal: Principal, records: readonly MemberRecord[], now: Date): Promise<MemberView[]> {
    const subjects = records.map(({ subject }) => subject);
    const absences = subjects.length === 0 ? [] : await this.store.absences(tx, principal.institutionId, subjects, dayOf(now));
    return records.map((record) => this.toMemberView(principal, record, absences, dayOf(now)));
  }

  private toMemberView(principal: Principal, record: MemberRecord, all: readonly AbsenceRecord[], day: string): MemberView {
    const { id: _id, nameSealed, unitId: _unit, ...shown } = record;
    const absences = all.filter(({ subject }) => subject === record.subject);
    const isOpen = seesNames(principal);
    return {
      ...shown,
      name: isOpen ? this.vault.open(nameSealed, NAME) : '',
      absences: absences.map(({ id, from, to, reasonSealed }) => ({
        id,
        from,
        to,
        reason: reasonSealed && isOpen ? this.vault.open(reasonSealed, REASON) : null,
      })),
      away: absences.some(({ from }) => from <= day),
    };
  }

  private toUnit(principal: Principal, record: UnitRecord): UnitView {
    const { code, kind, nameZh, nameEn, parent, contactSealed, members, retired } = record;
    const contact = contactSealed && seesNames(principal) ? this.vault.open(contactSealed, CONTACT) : null;
    return { code, kind, nameZh, nameEn, parent, contact, members, retired };
  }
}

const seesNames = ({ roles }: Principal): boolean => roles.some((role) => SEES_NAMES.includes(role));
const distinct = (codes: readonly string[] | null | undefined): string[] => [...new Set(codes ?? [])];

function check(holds: boolean, pointer: FieldError['pointer'], detail: string): void {
  if (!holds) throw new Refusal(INVALID, { errors: [{ pointer, detail }] });
}

const toChange = (record: ChangeRecord): DeskChange => ({
  id: record.id,
  kind: record.kind,
  of: record.of,
  action: record.action,
  actor: record.actor,
  at: Zone.of(DEFAULT_TIME_ZONE).format(record.at.getTime()),
  data: record.data,
});
