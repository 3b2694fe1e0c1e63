import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal, type FieldError } from '#problem';
import { decodeCursor, isUuid, toPage, type Page, type PageRequest } from '#wire';
import { ActService } from '../act/act.service.ts';
import { AgencyDesk, agencyInstant, agencyResource } from '../agency/agency-desk.ts';
import { DocumentService } from '../agency-document/document.service.ts';
import type { AgencyTrainingView, TrainingRequest } from './training.dto.ts';
import { TrainingStore, type TrainingRecord } from './training.store.ts';

const DEFAULT_LIMIT = 50;
const MAX_HOURS = 1000;

/** Who was trained when, about what, and with which result: at least yearly (HLJ 23, GBT 5.4). */
@Injectable()
export class TrainingService {
  constructor(
    @Inject(AgencyDesk) private readonly desk: AgencyDesk,
    @Inject(TrainingStore) private readonly store: TrainingStore,
    @Inject(DocumentService) private readonly documents: DocumentService,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  /** Refuses with NOT_FOUND, INVALID, IDEMPOTENCY_KEY_REUSED. */
  async note(
    principal: Principal,
    agencyId: string,
    request: TrainingRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<AgencyTrainingView> {
    const { institutionId, subject: notedBy } = principal;
    const { heldOn, subject, hours } = request;
    const attendants = request.attendants.map(({ collectorId, result }) => ({ collectorId, result }));
    return this.desk.change(
      principal,
      { agencyId, idempotency },
      async (tx, { now, day }) => {
        const documentId = request.documentId ?? null;
        const errors = [
          ...faultsOf(request, day),
          ...(await this.strangers(tx, principal, agencyId, request)),
          ...(documentId !== null && (await this.documents.kindOf(tx, institutionId, agencyId, documentId)) === null
            ? [{ pointer: '/documentId', detail: 'is no document of this agency; upload it first' }]
            : []),
        ];
        if (errors.length > 0) throw new Refusal(INVALID, { errors });
        const id = await this.store.add(tx, {
          institutionId,
          agencyId,
          heldOn,
          subject,
          hours,
          attendants,
          documentId,
          notedBy,
          notedAt: now,
        });
        const detail = { heldOn, subject, hours, attendants: attendants.length };
        await this.acts.note(tx, principal, { action: 'agency-training', resource: agencyResource(agencyId), detail }, now);
        return id;
      },
      async (tx, id) => {
        const record = await this.store.find(tx, institutionId, agencyId, id);
        if (record === null) throw new Refusal(NOT_FOUND, { detail: 'It is not here any more.' });
        return toView(record);
      },
    );
  }

  /** The last noted first. Refuses with NOT_FOUND, INVALID for a cursor that is not ours. */
  async list(principal: Principal, agencyId: string, request: PageRequest): Promise<Page<AgencyTrainingView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    const { institutionId } = principal;
    return this.desk.read(principal, agencyId, async (tx) =>
      toPage(await this.store.list(tx, { institutionId, agencyId, after, limit }), limit, ({ id }) => id, toView),
    );
  }

  private async strangers(tx: Tx, { institutionId }: Principal, agencyId: string, { attendants }: TrainingRequest): Promise<FieldError[]> {
    const ids = attendants.map(({ collectorId }) => collectorId);
    const strangers = await this.store.strangers(tx, institutionId, agencyId, ids);
    return strangers.map((id) => ({
      pointer: `/attendants/${ids.indexOf(id)}/collectorId`,
      detail: 'is no collector of this agency; register them first',
    }));
  }
}

function faultsOf({ heldOn, hours, attendants }: TrainingRequest, day: string): FieldError[] {
  const ids = attendants.map(({ collectorId }) => collectorId);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  return [
    ...(heldOn > day ? [{ pointer: '/heldOn', detail: `has not come; today is ${day}` }] : []),
    ...(!/^\d+(\.\d)?$/.test(hours) || Number(hours) <= 0 || Number(hours) > MAX_HOURS
      ? [{ pointer: '/hours', detail: `must be more than 0 and at most ${MAX_HOURS}, with one decimal at most` }]
      : []),
    ...(twice >= 0 ? [{ pointer: `/attendants/${twice}/collectorId`, detail: 'is in the list twice' }] : []),
  ];
}

const toView = ({ notedAt, ...record }: TrainingRecord): AgencyTrainingView => ({
  id: record.id,
  heldOn: record.heldOn,
  subject: record.subject,
  hours: record.hours,
  attendants: record.attendants,
  documentId: record.documentId,
  notedBy: record.notedBy,
  notedAt: agencyInstant(notedAt),
});
