import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { claimKey, rememberResource } from '#idempotency';
import { inTransaction } from '#pg';
import { INVALID, Refusal } from '#problem';
import { Vault } from '#vault';
import { isUuid } from '#wire';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import type { HoldScope } from '../hold/hold.scope.ts';
import { HoldService } from '../hold/hold.service.ts';
import { TimelineService } from '../timeline/timeline.service.ts';
import type { CollectionHoldRequest, DossierView } from './dossier.dto.ts';
import { HOLD_OVER } from './dossier.refusals.ts';
import type { Asked } from './dossier.service.ts';
import { HOLD_REASON } from './dossier.view.ts';
import { ShowingService } from './showing.service.ts';

/** In which scope collection is held while a complaint is open, where somebody says so. */
@Injectable()
export class ScopeService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(HoldService) private readonly holds: HoldService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(ShowingService) private readonly showing: ShowingService,
  ) {}

  /** Refuses with NOT_FOUND, RECUSED, HOLD_OVER, and with INVALID for a scope without what it is about, or without an account. */
  async choose(principal: Principal, id: string, request: CollectionHoldRequest, { idempotency, requestId }: Asked): Promise<DossierView> {
    const { institutionId, subject } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.reading.lock(tx, principal, id);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (!claim) {
        if (record.closedAt !== null || record.decidedAt !== null)
          throw new Refusal(HOLD_OVER, { detail: 'Collection goes on when a complaint is decided; reopen it to hold again.' });
        const account = (await this.holds.choiceOf(tx, record.id))?.account ?? null;
        if (record.account === null && account === null)
          throw invalid('/scope', 'holds nothing without an account: choose the account of the file first');
        const now = await this.reading.now(tx);
        const scope = scopeOf(record, request);
        const reasonSealed = this.vault.seal(request.reason, HOLD_REASON);
        const choice = { ...scope, scope: request.scope, account, reasonSealed, chosenBy: subject, chosenAt: now };
        await this.timeline.add(tx, institutionId, [
          { complaintId: record.id, at: now, kind: 'hold-chosen', actor: subject, data: { scope: request.scope, ...scope } },
        ]);
        await this.holds.choose(tx, institutionId, record, choice);
        await rememberResource(tx, institutionId, idempotency, record.id);
      }
      return this.showing.view(tx, principal, record.id, requestId);
    });
  }
}

const invalid = (pointer: string, detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer, detail }] });

const ALL: HoldScope = { agencyId: null, collectorId: null, channel: null, contactPoint: null };

function scopeOf(record: ComplaintRecord, { scope, channel, contactPointId, ...request }: CollectionHoldRequest): HoldScope {
  switch (scope) {
    case 'account':
    case 'none':
      return ALL;
    case 'agency': {
      const agencyId = request.agencyId || record.agencyId;
      if (!agencyId) throw invalid('/agencyId', 'is needed: the complaint names no agency');
      return { ...ALL, agencyId };
    }
    case 'collector': {
      const collectorId = request.collectorId || record.collectorId;
      if (!collectorId) throw invalid('/collectorId', 'is needed: the complaint names no collector');
      return { ...ALL, collectorId, agencyId: request.agencyId || record.agencyId };
    }
    case 'channel':
      if (!channel) throw invalid('/channel', 'is needed');
      return { ...ALL, channel };
    case 'contact-point':
      if (!contactPointId || !isUuid(contactPointId))
        throw invalid('/contactPointId', 'must be the contactPointId of a contact in the file');
      return { ...ALL, contactPoint: contactPointId };
  }
}
