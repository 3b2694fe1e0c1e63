import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { Refusal } from '#problem';
import { AssignmentService } from '../assignment/assignment.service.ts';
import { ClassificationService } from '../classification/classification.service.ts';
import { toCommand } from '../clock/event-command.ts';
import { EventService } from '../clock/event.service.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { HANDLED_BY_OTHER } from '../complaint/complaint.refusals.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { TagService } from '../tag/tag.service.ts';
import type { BulkAction } from './bulk.dto.ts';
import type { BulkArgument } from './bulk.store.ts';

/** What an act came to; what is refused by a service is thrown, what is refused by the clock's rules is said. */
export type ActResult =
  { readonly state: 'done' | 'unchanged' } | { readonly state: 'refused'; readonly code: string; readonly source: string };

export interface Act {
  readonly action: BulkAction;
  readonly argument: BulkArgument;
  readonly note: string | null;
}

/** The single acts, as their own rooms do them. */
@Injectable()
export class BulkActs {
  constructor(
    @Inject(AssignmentService) private readonly assignments: AssignmentService,
    @Inject(EventService) private readonly events: EventService,
    @Inject(TagService) private readonly tags: TagService,
    @Inject(ClassificationService) private readonly classifications: ClassificationService,
    @Inject(ReadingService) private readonly reading: ReadingService,
  ) {}

  /** Does it to a complaint that is locked. Refuses with whatever the single act refuses with. */
  async act(tx: Tx, principal: Principal, record: ComplaintRecord, { action, argument, note }: Act): Promise<ActResult> {
    const now = await this.reading.now(tx);
    switch (action) {
      case 'assign':
        if (record.handler !== null && record.handler !== argument.handler)
          throw new Refusal(HANDLED_BY_OTHER, { detail: `${record.handler} handles it.` });
        return this.give(tx, principal, record, argument.handler ?? '', now);
      case 'reassign':
        return this.give(tx, principal, record, argument.handler ?? '', now);
      case 'add-tag':
        return said(await this.tags.addIn(tx, principal, record, argument.tag ?? '', now));
      case 'take-suggested':
        return said((await this.classifications.confirmSuggested(tx, [record], principal.subject, now)).length > 0);
      case 'declare-complex': {
        const { rejected } = await this.events.recordIn(tx, principal, record, toCommand.complexity({ note }));
        return rejected ? { state: 'refused', code: rejected.code, source: rejected.source } : { state: 'done' };
      }
    }
  }

  private async give(tx: Tx, principal: Principal, record: ComplaintRecord, handler: string, now: Date): Promise<ActResult> {
    await this.assignments.assignIn(tx, principal, record, { handler }, now);
    return said(record.handler !== handler);
  }
}

const said = (changed: boolean): ActResult => ({ state: changed ? 'done' : 'unchanged' });
