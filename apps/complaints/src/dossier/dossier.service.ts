import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import { ownFiles } from '../file/own-files.ts';
import { pastInstant } from '../complaint/past-instant.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { TimelineService } from '../timeline/timeline.service.ts';
import type { AttachmentRequest, DossierRequest, DossierView } from './dossier.dto.ts';
import { FILE_OVER } from './dossier.refusals.ts';
import { FileDesk } from './file.desk.ts';
import { ShowingService } from './showing.service.ts';

/** How a request came. */
export interface Asked {
  readonly idempotency: IdempotentRequest | null;
  readonly requestId: string;
}

/** What people of the desk do with the file of a complaint. */
@Injectable()
export class DossierService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(FileDesk) private readonly desk: FileDesk,
    @Inject(ShowingService) private readonly showing: ShowingService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
  ) {}

  /** Says which account the complaint is about, and asks collections for its file. Refuses with NOT_FOUND, RECUSED, FILE_OVER, INVALID. */
  request(principal: Principal, id: string, { account, from }: DossierRequest, asked: Asked): Promise<DossierView> {
    return this.change(principal, id, asked, async (tx, record, now) => {
      const fromAt = from ? pastInstant(from, now) : null;
      if (from && fromAt === null) throw new Refusal(INVALID, { errors: [{ pointer: '/from', detail: 'is in the future' }] });
      await this.desk.choose(tx, record, { account, fromAt, by: principal.subject, now });
      await this.note(tx, record, now, 'dossier-requested', principal, { account });
      return record.id;
    });
  }

  /** Reads it again now. Refuses with NOT_FOUND, RECUSED, FILE_OVER. */
  readAgain(principal: Principal, id: string, asked: Asked): Promise<DossierView> {
    return this.change(principal, id, asked, async (tx, record, now) => {
      await this.desk.readAgain(tx, record, now);
      return record.id;
    });
  }

  /** Adds what collections does not give, or cannot at the moment. Refuses with NOT_FOUND, RECUSED, FILE_OVER, INVALID for an instant to come. */
  attach(principal: Principal, id: string, request: AttachmentRequest, asked: Asked): Promise<DossierView> {
    return this.change(principal, id, asked, async (tx, record, now) => {
      const at = pastInstant(request.at, now);
      if (at === null) throw new Refusal(INVALID, { errors: [{ pointer: '/at', detail: 'is in the future' }] });
      const { summary, caseId = null, agencyId = null, collectorId = null, fileId = null } = request;
      if (fileId !== null) await ownFiles(tx, [record.id], '/fileId', [fileId]);
      const body = { summary, collectorIds: collectorId === null ? [] : [collectorId], fileId };
      const ref = randomUUID();
      const itemId = await this.desk.attach(
        tx,
        record,
        {
          kind: 'attached',
          ref,
          at: at.toISOString(),
          caseId,
          agencyId,
          channel: null,
          verdict: null,
          ruleIds: [],
          collectorIds: body.collectorIds,
          sha256: createHash('sha256')
            .update(JSON.stringify([ref, body]))
            .digest(),
          addedBy: principal.subject,
        },
        body,
        now,
      );
      await this.note(tx, record, now, 'dossier-attached', principal, { itemId });
      return record.id;
    });
  }

  private async change(
    principal: Principal,
    id: string,
    { idempotency, requestId }: Asked,
    work: (tx: Tx, record: ComplaintRecord, now: Date) => Promise<string>,
  ): Promise<DossierView> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.reading.lock(tx, principal, id);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (!claim) {
        if (record.closedAt !== null)
          throw new Refusal(FILE_OVER, { detail: `Since ${Zone.of(record.timeZone).format(record.closedAt.getTime())}.` });
        await rememberResource(tx, institutionId, idempotency, await work(tx, record, await this.reading.now(tx)));
      }
      return this.showing.view(tx, principal, record.id, requestId);
    });
  }

  private async note(
    tx: Tx,
    { id, institutionId }: ComplaintRecord,
    at: Date,
    kind: 'dossier-requested' | 'dossier-attached',
    { subject }: Principal,
    data: object,
  ): Promise<void> {
    await this.timeline.add(tx, institutionId, [{ complaintId: id, at, kind, actor: subject, data: { ...data } }]);
  }
}
