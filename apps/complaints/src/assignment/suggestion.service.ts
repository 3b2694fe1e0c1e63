import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { traitsOf } from '../classification/traits.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { openData } from '../complaint/sealing.ts';
import { DeskService, type Member } from '../desk/desk.service.ts';
import { RecusalService } from '../desk/recusal.service.ts';
import type { OutReason } from './assignment.dto.ts';
import { AssignmentStore, type Rule } from './assignment.store.ts';
import { ranked, type Candidate, type Scored, type Traits } from './score.ts';

export interface Out {
  readonly subject: string;
  readonly reason: OutReason;
  readonly until: string | null;
  readonly source: string | null;
}

export interface Weighed {
  readonly rule: Rule;
  readonly candidates: readonly Scored[];
  readonly out: readonly Out[];
}

/** Who could take a complaint, why he and not another. */
@Injectable()
export class SuggestionService {
  constructor(
    @Inject(AssignmentStore) private readonly store: AssignmentStore,
    @Inject(DeskService) private readonly desk: DeskService,
    @Inject(RecusalService) private readonly recusals: RecusalService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** As it is at the instant; `not`: who is not to have it. Whoever acts on it has the lock of the loads. */
  async weigh(tx: Tx, record: ComplaintRecord, now: Date, not: string | null = null): Promise<Weighed> {
    const { institutionId } = record;
    const rule = await this.store.rule(tx, institutionId);
    const members = (await this.desk.members(tx, institutionId, now)).filter(({ subject }) => subject !== not);
    const subjects = members.map(({ subject }) => subject);
    const recused = await this.recusals.among(tx, subjects, record);
    const loads = await this.store.loads(tx, institutionId, subjects, now);
    const out: Out[] = [];
    const fit: Candidate[] = [];
    for (const member of members) {
      const { open = 0, load = 0 } = loads.get(member.subject) ?? {};
      // What he has already does not speak against his keeping it.
      const isHis = record.handler === member.subject;
      const recusal = recused.get(member.subject);
      const reason = recusal?.reason ?? unfit(member, load, isHis);
      if (reason === null) fit.push(toCandidate(member, open, load));
      else out.push({ subject: member.subject, reason, until: member.away?.to ?? null, source: recusal?.source ?? null });
    }
    return { rule, candidates: ranked(fit, await this.traitsOf(tx, record), rule.weights), out };
  }

  /** What it is classified as, or what rules suggest; the category that it was registered with until a person has said what it is. */
  private async traitsOf(tx: Tx, record: ComplaintRecord): Promise<Traits> {
    const { narrative } = openData(this.vault, record);
    const of = (await traitsOf(tx, [record.id])).get(record.id);
    const codes = [...(of?.area ? [of.area] : []), ...(of?.business ?? []), ...(of?.confirmed ? [] : codesOf(record.category))];
    return {
      area: [...new Set(codes)],
      cause: of?.cause ?? [],
      channel: [record.channel],
      language: [/\p{Script=Han}/u.test(narrative) ? 'zh' : 'en'],
    };
  }
}

/** `collection-night` is at home with whoever does `collection`. */
function codesOf(code: string | null): string[] {
  if (code === null) return [];
  const [head = code] = code.split(/[-.]/);
  return head === code ? [code] : [code, head];
}

function unfit(member: Member, load: number, isHis: boolean): OutReason | null {
  if (member.agencyId !== null) return 'of-agency';
  if (member.dailyCapacity === 0) return 'takes-none';
  if (member.away !== null) return 'away';
  return !isHis && load >= member.dailyCapacity ? 'full' : null;
}

const toCandidate = (member: Member, open: number, load: number): Candidate => ({
  subject: member.subject,
  unit: member.unit,
  skills: { area: member.areas, cause: member.causes, channel: member.channels, language: member.languages },
  capacity: member.dailyCapacity,
  load,
  open,
});
