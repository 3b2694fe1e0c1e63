import { Inject, Injectable } from '@nestjs/common';
import { Zone } from '#contact-rules';
import { AfterDesk, dueAfter, type At } from '../aftercare/aftercare.desk.ts';
import type { SatisfactionAnswerRequest } from './callback.dto.ts';
import { CallbackPens } from './callback.pens.ts';
import { CallbackStore, type CallbackRecord } from './callback.store.ts';

const LOOK_DAYS = 3;
export const COMMENT = 'callback.comment';

/** One answer, however it came. */
@Injectable()
export class CallbackAnswering {
  constructor(
    @Inject(AfterDesk) private readonly desk: AfterDesk,
    @Inject(CallbackStore) private readonly store: CallbackStore,
    @Inject(CallbackPens) private readonly pens: CallbackPens,
  ) {}

  /** Takes an answer to a call-back whose complaint is locked; a low score is for a supervisor to look at. */
  async take(
    at: At,
    { id }: CallbackRecord,
    given: SatisfactionAnswerRequest,
    how: { via: 'link' | 'phone'; by: string | null; language: string | null },
  ): Promise<void> {
    const { tx, record, now } = at;
    const { lowScore } = await this.pens.setting(tx, record.institutionId);
    const low = given.score <= lowScore;
    const commentSealed = given.comment ? this.desk.seal(given.comment, COMMENT) : null;
    await this.store.answer(tx, id, now, { score: given.score, resolved: given.resolved ?? null, commentSealed, ...how, low });
    await this.pens.called(tx, id, now);
    if (low) await this.pens.lookBy(at, id, dueAfter(Zone.of(record.timeZone), now, LOOK_DAYS));
    // No score: whoever reads the timeline is not who may see single answers.
    await this.desk.note(at, 'callback-answered', { callbackId: id, via: how.via });
  }
}
