import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Language } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { CONFLICT, NOT_FOUND, Refusal, type RefusalKind } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { DraftDesk } from '../policy/draft.desk.ts';
import type { PolicySimulationItem, PolicySimulationView, SimulationFilter } from './simulation.dto.ts';
import { SimulationRuns } from './simulation.runs.ts';
import { SimulationStore, type SimulationRecord } from './simulation.store.ts';
import { toItem, toView } from './simulation.view.ts';

const DAY_MS = 86_400_000;

const SIMULATION_RUNNING: RefusalKind = { ...CONFLICT, code: 'simulation-running', title: 'A simulation of this draft is under way' };

/** What a draft would have changed: asked for, and read. */
@Injectable()
export class SimulationService {
  constructor(
    @Inject(DraftDesk) private readonly desk: DraftDesk,
    @Inject(SimulationRuns) private readonly runs: SimulationRuns,
    @Inject(SimulationStore) private readonly store: SimulationStore,
  ) {}

  /** Has the draft, as it is now, tried on the last days. Refuses with NOT_FOUND, SIMULATION_RUNNING, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  async create(
    principal: Principal,
    draftId: string,
    days: number,
    idempotency: IdempotentRequest | null,
    language: Language,
  ): Promise<PolicySimulationView> {
    const { institutionId, subject } = principal;
    return this.desk.read(principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim !== null) return toView(await this.record(tx, principal, claim.resource), [], language);
      // Taken in hand, so that of two who ask at once the second finds the simulation of the first.
      const { id, revision, content, product } = await this.desk.take(tx, principal, draftId);
      const running = await this.store.unfinished(tx, id);
      if (running !== null) throw new Refusal(SIMULATION_RUNNING, { detail: `It is ${running}; wait for it to end.` });
      const periodTo = await this.desk.now(tx);
      const periodFrom = new Date(periodTo.getTime() - days * DAY_MS);
      const asked = { institutionId, draftId: id, revision, content, product, periodFrom, periodTo, requestedBy: subject };
      const simulationId = await this.store.create(tx, asked);
      await rememberResource(tx, institutionId, idempotency, simulationId);
      await this.runs.wake(tx, institutionId, simulationId);
      return toView(await this.record(tx, principal, simulationId), [], language);
    });
  }

  /** Refuses with NOT_FOUND, FORBIDDEN. */
  async find(principal: Principal, id: string, language: Language): Promise<PolicySimulationView> {
    return this.desk.read(principal, async (tx) => {
      const record = await this.record(tx, principal, id);
      return toView(record, record.state === 'done' ? await this.store.samples(tx, record.id) : [], language);
    });
  }

  /** Of a draft, the newest first. Refuses with NOT_FOUND, INVALID (a cursor that we did not give), FORBIDDEN. */
  async list(principal: Principal, draftId: string, { limit = 50, cursor }: SimulationFilter): Promise<Page<PolicySimulationItem>> {
    const before = decodeCursor(cursor, isUuid);
    const records = await this.desk.read(principal, async (tx) => {
      const { id } = await this.desk.find(tx, principal, draftId);
      return this.store.list(tx, principal.institutionId, id, before, limit + 1);
    });
    return toPage(records, limit, ({ id }) => id, toItem);
  }

  private async record(tx: Tx, { institutionId }: Principal, id: string): Promise<SimulationRecord> {
    const record = isUuid(id) ? await this.store.find(tx, institutionId, id) : null;
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such simulation here.' });
    return record;
  }
}
