import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { PaperService } from '../sorting/paper.service.ts';
import { TimelineService } from '../timeline/timeline.service.ts';
import type { TimelineKind } from '../timeline/timeline.view.ts';

const CONTEXT = 'bad-faith.note';

/** What the desk lends to this room: readings, papers, the timeline, and a seal for what people write. */
@Injectable()
export class BadFaithRoom {
  constructor(
    @Inject(ReadingService) readonly reading: ReadingService,
    @Inject(PaperService) readonly papers: PaperService,
    @Inject(Vault) readonly vault: Vault,
    @Inject(TimelineService) private readonly timeline: TimelineService,
  ) {}

  seal(text: string): Buffer {
    return this.vault.seal(text, CONTEXT);
  }

  open(sealed: Buffer): string {
    return this.vault.open(sealed, CONTEXT);
  }

  async note(
    tx: Tx,
    { id, institutionId }: ComplaintRecord,
    kind: TimelineKind,
    actor: string,
    at: Date,
    data: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.timeline.add(tx, institutionId, [{ complaintId: id, at, kind, actor, data }]);
  }
}
