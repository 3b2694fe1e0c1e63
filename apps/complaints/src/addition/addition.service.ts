import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { StoredUpload } from '#uploads';
import { Vault } from '#vault';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { sealNote } from '../complaint/registration.service.ts';
import { FileService } from '../file/file.service.ts';
import { TellingService } from '../notification/telling.service.ts';
import { SearchService } from '../search/search.service.ts';
import { TimelineService } from '../timeline/timeline.service.ts';

/** A file that came with what the complainant wrote. */
export interface BroughtFile {
  readonly fileName: string;
  readonly upload: StoredUpload;
  readonly mime: string;
}

export interface Addition {
  readonly via: 'web' | 'email';
  /** Whether it is known to come from the complainant: by the access code, or an address that the complaint has. */
  readonly senderKnown: boolean;
  /** Where it came from: the row of the asking room; null: of none. */
  readonly ref: string | null;
  readonly text: string;
  readonly files: readonly BroughtFile[];
}

/** Who writes where no person of the bank does. */
export const COMPLAINANT = 'complainant';

/** What a complainant brings to a complaint that is there: an entry of its timeline and files, and whoever handles it is told. */
@Injectable()
export class AdditionService {
  constructor(
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(FileService) private readonly files: FileService,
    @Inject(SearchService) private readonly search: SearchService,
    @Inject(TellingService) private readonly telling: TellingService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Of a complaint that is locked. Returns the id of the entry. Refuses with TOO_MANY_FILES. */
  async add(tx: Tx, record: ComplaintRecord, addition: Addition, now: Date): Promise<string> {
    const { id: complaintId, institutionId, handler, dueOn } = record;
    const { via, senderKnown, ref, text, files } = addition;
    const [entryId = ''] = await this.timeline.add(tx, institutionId, [
      {
        complaintId,
        at: now,
        kind: 'complainant-added',
        actor: COMPLAINANT,
        data: { via, senderKnown, files: files.length, ...(ref === null ? {} : { mailId: ref }) },
        noteSealed: text === '' ? null : sealNote(this.vault, { text }),
      },
    ]);
    await this.keep(tx, record, files, senderKnown, now);
    if (text !== '') await this.search.put(tx, complaintId, `addition:${entryId}`, text);
    const recipient = handler === null ? { recipient: null, role: 'complaint-supervisor' } : { recipient: handler, role: null };
    await this.telling.tell(tx, institutionId, [{ complaintId, kind: 'complainant-added', ...recipient, dueOn, data: { entryId } }], now);
    return entryId;
  }

  /** Files of whoever complains; shown to them again unless somebody else may have sent them. Refuses with TOO_MANY_FILES. */
  async keep(
    tx: Tx,
    { id: complaintId, institutionId }: Pick<ComplaintRecord, 'id' | 'institutionId'>,
    files: readonly BroughtFile[],
    visibleToComplainant: boolean,
    now: Date,
  ): Promise<void> {
    for (const { fileName, upload, mime } of files) {
      const content = { upload, mime };
      await this.files.keep(
        tx,
        { institutionId, complaintId, kind: 'evidence', fileName, content, visibleToComplainant, by: COMPLAINANT },
        now,
      );
    }
  }
}
