import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import type { DecisionView } from './decision.dto.ts';
import { DecisionStore, type DecisionRecord } from './decision.store.ts';
import { toDecisionView } from './decision.view.ts';
import { MatrixService } from './matrix.service.ts';

/** Shows decisions to their readers, and notes who read them. */
@Injectable()
export class DecisionShow {
  constructor(
    @Inject(DecisionStore) private readonly store: DecisionStore,
    @Inject(MatrixService) private readonly matrices: MatrixService,
    @Inject(ReadingService) private readonly reading: ReadingService,
  ) {}

  async views(
    tx: Tx,
    principal: Principal,
    complaint: ComplaintRecord,
    records: readonly DecisionRecord[],
    requestId: string,
  ): Promise<DecisionView[]> {
    const reading = this.reading.readingOf(principal, await this.reading.now(tx));
    const verdicts = await this.store.verdicts(
      tx,
      records.map(({ id }) => id),
    );
    const draft = records.find(({ state }) => state === 'draft');
    const need = draft ? (await this.matrices.weigh(tx, complaint, draft)).need : null;
    await this.reading.noteRead(tx, principal, reading, records.length > 0 ? [complaint.id] : [], ['decision'], requestId);
    return records.map((record) => toDecisionView(record, { complaint, reading, verdicts, need }));
  }

  /** Refuses with NOT_FOUND. */
  async view(tx: Tx, principal: Principal, complaint: ComplaintRecord, version: number, requestId: string): Promise<DecisionView> {
    const record = await this.store.find(tx, complaint.id, version);
    const [view] = record === null ? [] : await this.views(tx, principal, complaint, [record], requestId);
    if (!view) throw new Refusal(NOT_FOUND, { detail: 'There is no such version of a decision here.' });
    return view;
  }
}
