import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { UnitKind } from './desk.dto.ts';
import type { Complained, Line } from './recusal.ts';

export interface UnitRecord {
  readonly id: string;
  readonly code: string;
  readonly kind: UnitKind;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly parentId: string | null;
  readonly parent: string | null;
  readonly contactSealed: Buffer | null;
  readonly members: number;
  readonly retired: boolean;
}

export type NewUnit = Omit<UnitRecord, 'id' | 'parent' | 'members'>;

export interface MemberRecord {
  readonly id: string;
  readonly subject: string;
  readonly nameSealed: Buffer;
  readonly unitId: string | null;
  readonly unit: string | null;
  readonly manager: string | null;
  readonly agencyId: string | null;
  readonly areas: readonly string[];
  readonly causes: readonly string[];
  readonly channels: readonly string[];
  readonly languages: readonly string[];
  readonly dailyCapacity: number;
  readonly active: boolean;
}

export type NewMember = Omit<MemberRecord, 'id' | 'unit'>;

export interface AbsenceRecord {
  readonly id: string;
  readonly memberId: string;
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly reasonSealed: Buffer | null;
}

export interface ChangeRecord {
  readonly id: string;
  readonly kind: 'unit' | 'member';
  readonly of: string;
  readonly action: string;
  readonly actor: string;
  readonly at: Date;
  readonly data: Readonly<Record<string, unknown>>;
}

const UNIT = `select u.id, u.code, u.kind, u.name_zh as "nameZh", u.name_en as "nameEn", u.parent as "parentId", p.code as parent, u.contact_sealed as "contactSealed",
  (select count(*)::int from desk_member m where m.unit = u.id and m.active) as members, u.retired_at is not null as retired
  from desk_unit u left join desk_unit p on p.id = u.parent`;

const MEMBER = `select m.id, m.subject, m.name_sealed as "nameSealed", m.unit as "unitId", u.code as unit, m.manager, m.agency_id as "agencyId", m.areas, m.causes, m.channels,
  m.languages, m.daily_capacity as "dailyCapacity", m.active from desk_member m left join desk_unit u on u.id = m.unit`;

@Injectable()
export class DeskStore {
  /** Whoever changes who stands where does so alone: or two changes that are right each by itself make a ring. */
  async lock(tx: Tx, institutionId: string): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtext('desk'), hashtext($1))`, [institutionId]);
  }

  async units(tx: Tx, institutionId: string): Promise<UnitRecord[]> {
    return tx.query<UnitRecord>(`${UNIT} where u.institution_id = $1 order by u.code`, [institutionId]);
  }

  async unit(tx: Tx, institutionId: string, code: string): Promise<UnitRecord | null> {
    const [row] = await tx.query<UnitRecord>(`${UNIT} where u.institution_id = $1 and u.code = $2`, [institutionId, code]);
    return row ?? null;
  }

  /** Whether a unit, or one above it, is the other. */
  async isBelow(tx: Tx, id: string, other: string): Promise<boolean> {
    const [row] = await tx.query<{ below: boolean }>(
      `with recursive up(id) as (select $1::uuid union select u.parent from up join desk_unit u on u.id = up.id where u.parent is not null)
       select exists (select from up where id = $2) as below`,
      [id, other],
    );
    return row?.below ?? false;
  }

  /** Whether somebody or something is still below it. */
  async isUsed(tx: Tx, id: string): Promise<boolean> {
    const [row] = await tx.query<{ used: boolean }>(
      `select exists (select from desk_unit where parent = $1 and retired_at is null) or exists (select from desk_member where unit = $1 and active) as used`,
      [id],
    );
    return row?.used ?? false;
  }

  async putUnit(tx: Tx, institutionId: string, unit: NewUnit, now: Date): Promise<void> {
    await tx.query(
      `insert into desk_unit (institution_id, code, kind, name_zh, name_en, parent, contact_sealed, retired_at) values ($1, $2, $3, $4, $5, $6, $7, case when $8 then $9::timestamptz end)
       on conflict on constraint desk_unit_code do update set kind = excluded.kind, name_zh = excluded.name_zh, name_en = excluded.name_en, parent = excluded.parent,
         contact_sealed = excluded.contact_sealed, retired_at = case when $8 then coalesce(desk_unit.retired_at, $9) end`,
      [institutionId, unit.code, unit.kind, unit.nameZh, unit.nameEn, unit.parentId, unit.contactSealed, unit.retired, now],
    );
  }

  async members(
    tx: Tx,
    institutionId: string,
    filter: { unit: string | null; agencyId: string | null; all: boolean },
  ): Promise<MemberRecord[]> {
    return tx.query<MemberRecord>(
      `${MEMBER} where m.institution_id = $1 and ($2::text is null or u.code = $2) and ($3::text is null or m.agency_id = $3) and (m.active or $4)
       order by u.code nulls last, m.subject`,
      [institutionId, filter.unit, filter.agencyId, filter.all],
    );
  }

  async bySubjects(tx: Tx, institutionId: string, subjects: readonly string[]): Promise<MemberRecord[]> {
    return tx.query<MemberRecord>(`${MEMBER} where m.institution_id = $1 and m.subject = any($2)`, [institutionId, subjects]);
  }

  async putMember(tx: Tx, institutionId: string, member: NewMember): Promise<void> {
    const { subject, nameSealed, unitId, manager, agencyId, areas, causes, channels, languages, dailyCapacity, active } = member;
    await tx.query(
      `insert into desk_member (institution_id, subject, name_sealed, unit, manager, agency_id, areas, causes, channels, languages, daily_capacity, active)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       on conflict on constraint desk_member_subject do update set name_sealed = excluded.name_sealed, unit = excluded.unit, manager = excluded.manager,
         agency_id = excluded.agency_id, areas = excluded.areas, causes = excluded.causes, channels = excluded.channels, languages = excluded.languages,
         daily_capacity = excluded.daily_capacity, active = excluded.active`,
      [institutionId, subject, nameSealed, unitId, manager, agencyId, areas, causes, channels, languages, dailyCapacity, active],
    );
  }

  /** Absences that are not over on the day, the earliest first. */
  async absences(tx: Tx, institutionId: string, subjects: readonly string[], day: string): Promise<AbsenceRecord[]> {
    return tx.query<AbsenceRecord>(
      `select a.id, a.member as "memberId", m.subject, a.from_on as "from", a.to_on as "to", a.reason_sealed as "reasonSealed" from desk_absence a join desk_member m on m.id = a.member
       where m.institution_id = $1 and m.subject = any($2) and a.to_on >= $3 and a.cancelled_at is null order by a.from_on, a.id`,
      [institutionId, subjects, day],
    );
  }

  async addAbsence(
    tx: Tx,
    institutionId: string,
    absence: { memberId: string; from: string; to: string; reasonSealed: Buffer | null; by: string; at: Date },
  ): Promise<string> {
    const { memberId, from, to, reasonSealed, by, at } = absence;
    const [row] = await tx.query<{ id: string }>(
      `insert into desk_absence (institution_id, member, from_on, to_on, reason_sealed, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [institutionId, memberId, from, to, reasonSealed, by, at],
    );
    if (!row) throw new Error('the absence was not stored');
    return row.id;
  }

  /** The subject of whose absence it was; null when there is none that stands. */
  async cancelAbsence(tx: Tx, institutionId: string, id: string, by: string, at: Date): Promise<string | null> {
    const [row] = await tx.query<{ subject: string }>(
      `with gone as (update desk_absence set cancelled_by = $3, cancelled_at = $4 where id = $2 and institution_id = $1 and cancelled_at is null returning member)
       select m.subject from gone join desk_member m on m.id = gone.member`,
      [institutionId, id, by, at],
    );
    return row?.subject ?? null;
  }

  /** The line of whom the complaint names: all above, and all below. */
  async line(tx: Tx, institutionId: string, { staffId, collectorId }: Complained): Promise<Line> {
    const named = [staffId, collectorId].filter((one) => one !== null);
    if (named.length === 0) return { above: new Set(), below: new Set() };
    const rows = await tx.query<{ subject: string; isAbove: boolean }>(
      `with recursive up(subject) as (
         select manager from desk_member where institution_id = $1 and subject = any($2) and manager is not null
         union select m.manager from up join desk_member m on m.subject = up.subject and m.institution_id = $1 where m.manager is not null),
       down(subject) as (
         select subject from desk_member where institution_id = $1 and manager = any($2)
         union select m.subject from down join desk_member m on m.manager = down.subject and m.institution_id = $1)
       select subject, true as "isAbove" from up union all select subject, false from down`,
      [institutionId, named],
    );
    const side = (above: boolean): Set<string> => new Set(rows.filter(({ isAbove }) => isAbove === above).map(({ subject }) => subject));
    return { above: side(true), below: side(false) };
  }

  /** Whether the subject is the other, or the other stands above him. */
  async reportsTo(tx: Tx, institutionId: string, subject: string, other: string): Promise<boolean> {
    const [row] = await tx.query<{ reports: boolean }>(
      `with recursive up(subject) as (
         select $2::text union select m.manager from up join desk_member m on m.subject = up.subject and m.institution_id = $1 where m.manager is not null)
       select exists (select from up where subject = $3) as reports`,
      [institutionId, subject, other],
    );
    return row?.reports ?? false;
  }

  async noteChange(tx: Tx, institutionId: string, change: Omit<ChangeRecord, 'id'>): Promise<void> {
    await tx.query(
      `insert into desk_change (institution_id, subject_kind, subject, action, actor, at, data) values ($1, $2, $3, $4, $5, $6, $7)`,
      [institutionId, change.kind, change.of, change.action, change.actor, change.at, JSON.stringify(change.data)],
    );
  }

  /** The newest first; one more than the limit, if there are so many. */
  async changes(tx: Tx, institutionId: string, of: string | null, before: string | null, limit: number): Promise<ChangeRecord[]> {
    return tx.query<ChangeRecord>(
      `select id, subject_kind as kind, subject as of, action, actor, at, data from desk_change
       where institution_id = $1 and ($2::text is null or subject = $2) and ($3::uuid is null or id < $3) order by id desc limit $4`,
      [institutionId, of, before, limit + 1],
    );
  }
}
