import { Inject, Injectable } from '@nestjs/common';
import { Refusal } from '#problem';
import type { At } from './aftercare.desk.ts';
import { TOOK_PART } from './aftercare.refusals.ts';
import { InvolvementStore } from './involvement.store.ts';

const JUSTIFIED: readonly (string | null)[] = ['upheld', 'partly-upheld'];

/** Who had a part in a complaint, and what came of it. */
@Injectable()
export class InvolvementService {
  constructor(@Inject(InvolvementStore) private readonly store: InvolvementStore) {}

  /** Refuses with TOOK_PART whoever handled the complaint, recorded or approved anything on its clock, or is complained of. */
  async refuseInvolved(at: At, source: string): Promise<void> {
    const { record, principal } = at;
    if (await this.isInvolved(at))
      throw new Refusal(TOOK_PART, {
        detail: `${principal.subject} had a part in ${record.number}: somebody else judges it.`,
        errors: [{ pointer: '', detail: 'is for somebody who had no part in the matter', source }],
      });
  }

  /** The unit of the principal; null: none is known. Refuses with TOOK_PART where it is the unit that decided, or one below that. */
  async superiorUnit({ tx, record, principal }: At, source: string): Promise<string | null> {
    const unit = await this.store.unitOf(tx, record.institutionId, principal.subject, record.id);
    if (unit?.decided)
      throw new Refusal(TOOK_PART, {
        detail: `${unit.code} decided ${record.number}, or stands below the unit that did: its superior reviews it.`,
        errors: [{ pointer: '', detail: 'is for the superior of the unit that decided', source }],
      });
    return unit?.code ?? null;
  }

  async isInvolved({ tx, record, principal }: At): Promise<boolean> {
    return (await this.store.subjects(tx, record.id)).includes(principal.subject);
  }

  /** Whether the decision found the complaint justified, in whole or in part. */
  async isJustified({ tx, record }: At): Promise<boolean> {
    return JUSTIFIED.includes(await this.store.outcome(tx, record.id));
  }
}
