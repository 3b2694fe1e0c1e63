import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, type Language } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import { Vault } from '#vault';
import { decodeCursor, isUuid, toPage, type Page, type PageRequest } from '#wire';
import { TimelineService } from '../timeline/timeline.service.ts';
import type { TimelineItem } from '../timeline/timeline.view.ts';
import type { ComplaintRequest } from './complaint.dto.ts';
import { toTimelineItem } from './complaint.mapper.ts';
import { EXTERNAL_REF_KNOWN } from './complaint.refusals.ts';
import { ComplaintStore } from './complaint.store.ts';
import type { ComplaintView } from './complaint.view.ts';
import { pastInstant } from './past-instant.ts';
import { ReadingService } from './reading.service.ts';
import { RegistrationService, type Registration } from './registration.service.ts';

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
   * EXTERNAL_REF_KNOWN, IDEMPOTENCY_KEY_REUSED.
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
      if (result?.kind === 'rejected') throw new Error(`a complaint without events was rejected: ${result.rejection.code}`);
      const id = result?.kind === 'registered' ? result.id : await this.knownWith(tx, institutionId, registration);
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

  /** The complaint that has the external reference. Refuses with EXTERNAL_REF_KNOWN when it says something else. */
  private async knownWith(tx: Tx, institutionId: string, { externalRef, contentHash }: Registration): Promise<string> {
    const [known] = externalRef === null ? [] : await this.store.findByRefs(tx, institutionId, [externalRef]);
    if (!known) throw new Error('a complaint was neither stored nor there');
    if (!known.contentHash.equals(contentHash))
      throw new Refusal(EXTERNAL_REF_KNOWN, { detail: `externalRef ${externalRef} is a complaint with other content: ${known.id}.` });
    return known.id;
  }
}

/** Refuses with INVALID for a receipt in the future. */
function toRegistration(vault: Vault, principal: Principal, request: ComplaintRequest, now: Date): Registration {
  const { complainant, against, channel, subject, narrative, requests } = request;
  const receivedAt = request.receivedAt ? pastInstant(request.receivedAt, now) : now;
  if (receivedAt === null) throw new Refusal(INVALID, { errors: [{ pointer: '/receivedAt', detail: 'is in the future' }] });
  const proxy = complainant.proxy ?? null;
  const facts = {
    externalRef: request.externalRef ?? null,
    channel,
    category: request.category ?? null,
    account: request.account ?? null,
    agencyId: against?.agencyId ?? null,
    collectorId: against?.collectorId ?? null,
    staffId: against?.staffId ?? null,
    groupSize: request.groupSize ?? 1,
  };
  const personal = {
    name: complainant.name,
    idNumber: complainant.idNumber ?? null,
    contact: complainant.contact,
    proxy: proxy && { name: proxy.name, idNumber: proxy.idNumber ?? null, contact: proxy.contact ?? null },
    subject,
    narrative,
    requests,
  };
  return {
    ...facts,
    personal,
    contentHash: vault.index(JSON.stringify([facts, personal, request.receivedAt ?? null]), 'content'),
    receivedAt,
    registeredAt: now,
    timeZone: DEFAULT_TIME_ZONE,
    source: 'api',
    registeredBy: principal.subject,
    registeredByHandler: principal.roles.includes('complaint-handler'),
    handler: null,
    events: [],
  };
}
