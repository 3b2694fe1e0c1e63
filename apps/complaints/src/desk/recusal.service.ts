import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { Refusal } from '#problem';
import { RECUSED } from '../complaint/complaint.refusals.ts';
import { DeskStore } from './desk.store.ts';
import { recusalOf, type Complained, type Recusal } from './recusal.ts';

type About = Complained & { readonly institutionId: string };

/** Who may not act on a complaint, and why (CMP20 17). */
@Injectable()
export class RecusalService {
  constructor(@Inject(DeskStore) private readonly store: DeskStore) {}

  /** Of these subjects those who may not act, each with the reason. */
  async among(tx: Tx, subjects: readonly string[], complaint: About): Promise<ReadonlyMap<string, Recusal>> {
    return this.judge(tx, new Map(subjects.map((subject) => [subject, null])), complaint);
  }

  /** Why the subject may not act; null: he may. */
  async recusalOf(tx: Tx, subject: string, complaint: About): Promise<Recusal | null> {
    return (await this.among(tx, [subject], complaint)).get(subject) ?? null;
  }

  /** Refuses with RECUSED an act of the principal. */
  async refuse(tx: Tx, { subject, agencyId }: Principal, complaint: About): Promise<void> {
    const recusal = (await this.judge(tx, new Map([[subject, agencyId]]), complaint)).get(subject);
    if (recusal) throw recused('', recusal);
  }

  /** Refuses with RECUSED when one of those a request names may not act; the pointer says where they are named. */
  async refuseNamed(tx: Tx, subjects: readonly string[], complaint: About, pointer: string): Promise<void> {
    const [recusal] = (await this.among(tx, subjects, complaint)).values();
    if (recusal) throw recused(pointer, recusal);
  }

  /** The agency of a token counts beside that of the desk's list. */
  private async judge(tx: Tx, given: ReadonlyMap<string, string | null>, complaint: About): Promise<ReadonlyMap<string, Recusal>> {
    const { institutionId, staffId, collectorId, agencyId } = complaint;
    const recused = new Map<string, Recusal>();
    // Nobody is named: nobody is in the way, and nothing has to be asked.
    if ((staffId ?? collectorId ?? agencyId) === null) return recused;
    const line = await this.store.line(tx, institutionId, complaint);
    const members = agencyId === null ? [] : await this.store.bySubjects(tx, institutionId, [...given.keys()]);
    const agencyOf = new Map(members.map((member) => [member.subject, member.agencyId]));
    for (const [subject, ofToken] of given) {
      const agencies = [ofToken, agencyOf.get(subject) ?? null].filter((one) => one !== null);
      const recusal = recusalOf(subject, agencies, complaint, line);
      if (recusal) recused.set(subject, recusal);
    }
    return recused;
  }
}

const recused = (pointer: string, { detail, source }: Recusal): Refusal =>
  new Refusal(RECUSED, { detail, errors: [{ pointer, detail, source }] });
