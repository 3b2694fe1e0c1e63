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

  async isInvolved({ tx, record, principal }: At): Promise<boolean> {
    return (await this.store.subjects(tx, record.id)).includes(principal.subject);
  }

  /** Whether the decision found the complaint justified, in whole or in part. */
  async isJustified({ tx, record }: At): Promise<boolean> {
    return JUSTIFIED.includes(await this.store.outcome(tx, record.id));
  }
}
