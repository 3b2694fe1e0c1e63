import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { localDay } from '../oversight/local-days.ts';
import { OversightDesk } from '../oversight/oversight.desk.ts';
import { bankOnly, invalid } from '../oversight/oversight.refusals.ts';
import { ChecklistService } from './checklist.service.ts';
import { InspectionDesk, toItem } from './inspection.desk.ts';
import type { InspectionItem, InspectionListRequest, InspectionRequest, InspectionView, ReschedulingRequest } from './inspection.dto.ts';
import { NOT_PLANNED } from './inspection.refusals.ts';
import { InspectionStore, type InspectionRecord, type NewInspection } from './inspection.store.ts';
import { PlanNotes } from './plan-notes.ts';

const DEFAULT_LIMIT = 50;

/** Which inspections there are, and when. */
@Injectable()
export class InspectionService {
  constructor(
    @Inject(OversightDesk) private readonly oversight: OversightDesk,
    @Inject(InspectionDesk) private readonly desk: InspectionDesk,
    @Inject(InspectionStore) private readonly store: InspectionStore,
    @Inject(ChecklistService) private readonly checklists: ChecklistService,
    @Inject(PlanNotes) private readonly notes: PlanNotes,
  ) {}

  /** An agency finds its own alone, when they are done. Refuses with INVALID for a cursor that is not ours. */
  list(principal: Principal, request: InspectionListRequest): Promise<Page<InspectionItem>> {
    const { institutionId, agencyId: own } = principal;
    const { agencyId = null, kind = null, state = null, limit = DEFAULT_LIMIT } = request;
    const after = decodeCursor(request.cursor, isUuid);
    return this.oversight.read(principal, async (tx) =>
      toPage(await this.store.list(tx, { institutionId, own, agencyId, kind, state, after, limit }), limit, ({ id }) => id, toItem),
    );
  }

  async find(principal: Principal, id: string): Promise<InspectionView> {
    return this.oversight.read(principal, (tx) => this.desk.view(tx, principal, id));
  }

  /** Refuses with FORBIDDEN, NOT_FOUND, INVALID for a day that has passed or an agency that has left, IDEMPOTENCY_KEY_REUSED. */
  async plan(principal: Principal, request: InspectionRequest, idempotency: IdempotentRequest | null): Promise<InspectionView> {
    bankOnly(principal);
    const { institutionId, subject } = principal;
    const { agencyId, kind, plannedOn, inspector = subject } = request;
    const work = async (tx: Tx): Promise<string> => {
      const agency = await this.oversight.lockAgency(tx, principal, agencyId);
      if (agency.status === 'exited') throw invalid('/agencyId', 'has left: nothing is inspected any more');
      const at = await this.oversight.now(tx);
      checkDay(plannedOn, at);
      const { version: checklistVersion } = await this.checklists.inForce(tx, institutionId, kind);
      const made: NewInspection = { agencyId, kind, plannedOn, inspector, checklistVersion };
      const [id = ''] = await this.store.add(tx, institutionId, [made], { subject, at });
      await this.notes.planned(tx, principal, [{ id, ...made }], at);
      return id;
    };
    return this.oversight.write(principal, idempotency, work, (tx, id) => this.desk.view(tx, principal, id));
  }

  /** Another day, or another inspector. Refuses with FORBIDDEN, NOT_FOUND, NOT_PLANNED, INVALID, IDEMPOTENCY_KEY_REUSED. */
  reschedule(
    principal: Principal,
    id: string,
    { plannedOn, inspector, reason }: ReschedulingRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<InspectionView> {
    return this.change(principal, id, idempotency, async (tx, record, at) => {
      checkDay(plannedOn, at);
      const next = { plannedOn, inspector: inspector ?? record.inspector };
      await this.store.reschedule(tx, id, next);
      await this.notes.rescheduled(tx, principal, { ...record, ...next }, { reason, at });
    });
  }

  /** Refuses with FORBIDDEN, NOT_FOUND, NOT_PLANNED, IDEMPOTENCY_KEY_REUSED. */
  cancel(principal: Principal, id: string, reason: string, idempotency: IdempotentRequest | null): Promise<InspectionView> {
    return this.change(principal, id, idempotency, async (tx, record, at) => {
      await this.store.cancel(tx, id);
      await this.notes.cancelled(tx, principal, record, { reason, at });
    });
  }

  private async change(
    principal: Principal,
    id: string,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx, record: InspectionRecord, at: Date) => Promise<void>,
  ): Promise<InspectionView> {
    bankOnly(principal);
    const planned = async (tx: Tx): Promise<string> => {
      const record = await this.desk.inspection(tx, principal, id, { lock: true });
      if (record.state !== 'planned') throw new Refusal(NOT_PLANNED, { detail: `It is ${record.state}.` });
      await work(tx, record, await this.oversight.now(tx));
      return id;
    };
    return this.oversight.write(principal, idempotency, planned, (tx) => this.desk.view(tx, principal, id));
  }
}

function checkDay(plannedOn: string, at: Date): void {
  if (plannedOn < localDay(at)) throw invalid('/plannedOn', 'has passed: give today or a later day');
}
