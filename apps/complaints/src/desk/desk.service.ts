import { Inject, Injectable } from '@nestjs/common';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { DeskStore, type MemberRecord } from './desk.store.ts';
import type { Complained, Recusal } from './recusal.ts';
import { RecusalService } from './recusal.service.ts';

/** A unit as other rooms see it. */
export interface Unit {
  readonly id: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly retired: boolean;
}

/** Somebody of the desk as other rooms see him; names through `names`. */
export type Member = Omit<MemberRecord, 'nameSealed' | 'id'> & { readonly away: { readonly from: string; readonly to: string } | null };

export const NAME = 'desk_member.name';

/** The day in the zone of the institution. */
export const dayOf = (now: Date): string => Zone.of(DEFAULT_TIME_ZONE).format(now.getTime()).slice(0, 10);

/** Who works on complaints, for other rooms; `DeskAdminService` changes it. */
@Injectable()
export class DeskService {
  constructor(
    @Inject(DeskStore) private readonly store: DeskStore,
    @Inject(RecusalService) private readonly recusals: RecusalService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Why the subject may not act on the complaint; null: he may. */
  recusalOf(tx: Tx, subject: string, complaint: Complained & { readonly institutionId: string }): Promise<Recusal | null> {
    return this.recusals.recusalOf(tx, subject, complaint);
  }

  /** The unit that the subject works in; null for who has none, or is no member. */
  async unitOf(tx: Tx, institutionId: string, subject: string): Promise<Unit | null> {
    const [member] = await this.store.bySubjects(tx, institutionId, [subject]);
    return member?.unit ? this.unit(tx, institutionId, member.unit) : null;
  }

  async unit(tx: Tx, institutionId: string, code: string): Promise<Unit | null> {
    return this.store.unit(tx, institutionId, code);
  }

  /** What these subjects are called; who is no member is left out. */
  async names(tx: Tx, institutionId: string, subjects: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const wanted = [...new Set(subjects)];
    const members = wanted.length === 0 ? [] : await this.store.bySubjects(tx, institutionId, wanted);
    return new Map(members.map(({ subject, nameSealed }) => [subject, this.vault.open(nameSealed, NAME)]));
  }

  /** Those who are there, with who is away on the day of the instant. */
  async members(tx: Tx, institutionId: string, now: Date, unit: string | null = null): Promise<Member[]> {
    const records = await this.store.members(tx, institutionId, { unit, agencyId: null, all: false });
    return this.withAbsences(tx, institutionId, records, now);
  }

  async member(tx: Tx, institutionId: string, subject: string, now: Date): Promise<Member | null> {
    const records = await this.store.bySubjects(tx, institutionId, [subject]);
    return (await this.withAbsences(tx, institutionId, records, now))[0] ?? null;
  }

  private async withAbsences(tx: Tx, institutionId: string, records: readonly MemberRecord[], now: Date): Promise<Member[]> {
    const day = dayOf(now);
    const subjects = records.map(({ subject }) => subject);
    const absences = subjects.length === 0 ? [] : await this.store.absences(tx, institutionId, subjects, day);
    const away = new Map(absences.filter(({ from }) => from <= day).map((absence) => [absence.subject, absence]));
    return records.map(({ id: _id, nameSealed: _name, ...member }) => {
      const absence = away.get(member.subject);
      return { ...member, away: absence ? { from: absence.from, to: absence.to } : null };
    });
  }
}
