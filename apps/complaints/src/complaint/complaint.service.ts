import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import type { Language } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { Refusal } from '#problem';
import { Vault } from '#vault';
import { decodeCursor, isUuid, toPage, type Page, type PageRequest } from '#wire';
import { TimelineService } from '../timeline/timeline.service.ts';
import type { TimelineItem } from '../timeline/timeline.view.ts';
import { toTimelineItem } from './complaint.mapper.ts';
import { EXTERNAL_REF_KNOWN, REGULATOR_REFERENCE_KNOWN } from './complaint.refusals.ts';
import { ComplaintStore } from './complaint.store.ts';
import type { ComplaintView } from './complaint.view.ts';
import type { ComplaintRequest } from './complaint.dto.ts';
import { ReadingService } from './reading.service.ts';
import { RegistrationService, type Registered, type Registration } from './registration.service.ts';
import { toRegistration } from './requested.ts';

const DEFAULT_LIMIT = 50;

@Injectable()
export class ComplaintService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ComplaintStore) private readonly store: ComplaintStore,
    @Inject(RegistrationService) private readonly registrations: RegistrationService,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(TimelineService) private readonly timelines: TimelineService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /**
   * Registers a complaint; the same external reference with the same content is the complaint that is there. Refuses with INVALID,
   * EXTERNAL_REF_KNOWN, REGULATOR_REFERENCE_KNOWN, IDEMPOTENCY_KEY_REUSED.
   */
  async create(
    principal: Principal,
    request: ComplaintRequest,
    idempotency: IdempotentRequest | null,
    requestId: string,
  ): Promise<ComplaintView> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return this.reading.view(tx, principal, claim.resource, requestId);
      const now = await this.reading.now(tx);
      const registration = toRegistration(this.vault, principal, request, now);
      const [result] = await this.registrations.register(tx, institutionId, [registration], now);
      const id = result?.kind === 'registered' ? result.id : await this.knownWith(tx, institutionId, registration, result);
      await rememberResource(tx, institutionId, idempotency, id);
      return this.reading.view(tx, principal, id, requestId);
    });
  }

  /** Refuses with NOT_FOUND. */
  async find(principal: Principal, id: string, requestId: string): Promise<ComplaintView> {
    return inTransaction(this.database, principal, (tx) => this.reading.view(tx, principal, id, requestId));
  }

  /** Refuses with NOT_FOUND, and with INVALID for a cursor that is not ours. */
  async timeline(
    principal: Principal,
    id: string,
    request: PageRequest,
    { requestId, language }: { readonly requestId: string; readonly language: Language },
  ): Promise<Page<TimelineItem>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.reading.find(tx, principal, id);
      const reading = this.reading.readingOf(principal, record.registeredAt);
      const entries = await this.timelines.list(tx, record.id, after, limit);
      await this.reading.noteRead(tx, principal, reading, [record.id], ['timeline'], requestId);
      return toPage(
        entries,
        limit,
        (entry) => entry.id,
        (entry) => toTimelineItem(entry, record, reading, language),
      );
    });
  }

  /** The complaint that has the external reference. Refuses with EXTERNAL_REF_KNOWN when it says something else, REGULATOR_REFERENCE_KNOWN. */
  private async knownWith(
    tx: Tx,
    institutionId: string,
    { externalRef, contentHash, intake }: Registration,
    result: Registered | undefined,
  ): Promise<string> {
    if (result?.kind === 'rejected') throw new Error(`a complaint without events was rejected: ${result.rejection.code}`);
    if (result?.kind === 'forwarded-known') {
      const detail = `${intake?.forwarded?.regulator ?? ''} ${intake?.forwarded?.reference ?? ''} is ${result.number}: ${result.id}. Go on there.`;
      throw new Refusal(REGULATOR_REFERENCE_KNOWN, { detail, errors: [{ pointer: '/forwarded/reference', detail, source: 'CMP20 33' }] });
    }
    const [known] = externalRef === null ? [] : await this.store.findByRefs(tx, institutionId, [externalRef]);
    if (!known) throw new Error('a complaint was neither stored nor there');
    if (!known.contentHash.equals(contentHash))
      throw new Refusal(EXTERNAL_REF_KNOWN, { detail: `externalRef ${externalRef} is a complaint with other content: ${known.id}.` });
    return known.id;
  }
}
