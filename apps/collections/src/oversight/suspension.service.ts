import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { ActService } from '../act/act.service.ts';
import { StandingService } from '../standing/standing.service.ts';
import { TaskService } from '../task/task.service.ts';
import { OversightDesk } from './oversight.desk.ts';
import { SuspensionStore, type SuspensionCause } from './suspension.store.ts';

export interface Suspension {
  readonly agencyId: string;
  readonly cause: SuspensionCause;
  /** What it follows from, as an act names it. */
  readonly resource: string;
  /** In words; kept sealed. */
  readonly reason: string;
}

/** Suspends agencies for causes, and lets them work again when the last cause has ended and nobody has suspended them by hand. */
@Injectable()
export class SuspensionService {
  constructor(
    @Inject(OversightDesk) private readonly desk: OversightDesk,
    @Inject(SuspensionStore) private readonly store: SuspensionStore,
    @Inject(StandingService) private readonly standing: StandingService,
    @Inject(TaskService) private readonly tasks: TaskService,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  /** Under the agency's lock, near the end of the transaction: gates wait until it commits. Whether it is a new cause. */
  async suspend(tx: Tx, by: Principal, { agencyId, cause, resource, reason }: Suspension): Promise<boolean> {
    const { institutionId, subject, clientId } = by;
    const { status } = await this.desk.agency(tx, by, agencyId);
    const [first] = await this.store.open(tx, institutionId, agencyId);
    const since = await this.desk.now(tx);
    // Whoever is suspended for another cause was not suspended by hand for that.
    const statusBefore = status === 'suspended' && first ? first.statusBefore : status;
    if (!(await this.store.add(tx, institutionId, { agencyId, cause, resource, since, statusBefore }))) return false;
    await this.acts.note(tx, by, { action: 'suspension-begun', resource, detail: { agencyId, cause } }, since);
    if (status === 'active') {
      const change = { reason, detail: { suspension: cause } };
      await this.standing.change(tx, { institutionId, by: subject, clientId }, agencyId, { status: 'suspended' }, change);
    }
    return true;
  }

  /** Ends a cause, under the agency's lock. Whether there was one. */
  async lift(tx: Tx, by: Principal, { agencyId, cause, resource, reason }: Suspension): Promise<boolean> {
    const { institutionId, subject, clientId } = by;
    const open = await this.store.open(tx, institutionId, agencyId);
    const ended = open.find((one) => one.cause === cause && one.resource === resource);
    if (!ended) return false;
    const at = await this.desk.now(tx);
    await this.store.lift(tx, ended.id, { by: subject, at });
    await this.acts.note(tx, by, { action: 'suspension-ended', resource, detail: { agencyId, cause } }, at);
    const { status } = await this.desk.agency(tx, by, agencyId);
    if (status !== 'suspended' || open.length > 1) return true;
    const byHand = ended.statusBefore !== 'active' || (await this.store.byHandSince(tx, institutionId, agencyId, ended.since));
    if (byHand) {
      const task = { kind: 'review-suspension', resource: `agency/${agencyId}`, detail: { agencyId, cause } } as const;
      await this.tasks.open(tx, institutionId, task, at);
      return true;
    }
    const change = { reason, detail: { suspension: cause } };
    await this.standing.change(tx, { institutionId, by: subject, clientId }, agencyId, { status: 'active' }, change);
    return true;
  }

  /** The agency was evaluated: the gate's last day of it, and the end of what followed from its being late. */
  async evaluated(
    tx: Tx,
    by: Principal,
    { agencyId, duty, evaluatedOn }: { readonly agencyId: string; readonly duty: string; readonly evaluatedOn: string },
  ): Promise<void> {
    const { institutionId, subject, clientId } = by;
    const change = { reason: `Evaluated on ${evaluatedOn}`, detail: { evaluation: evaluatedOn } };
    await this.standing.change(tx, { institutionId, by: subject, clientId }, agencyId, { lastEvaluatedOn: evaluatedOn }, change);
    await this.lift(tx, by, { agencyId, cause: 'evaluation-overdue', resource: duty, reason: 'Evaluated' });
  }

  /** An agency that is expelled: off the list, and out. Nothing suspends it any more. */
  async expel(tx: Tx, by: Principal, agencyId: string, reason: string): Promise<void> {
    const { institutionId, subject, clientId } = by;
    const at = await this.desk.now(tx);
    for (const { id } of await this.store.open(tx, institutionId, agencyId)) await this.store.lift(tx, id, { by: subject, at });
    const change = { reason, detail: { sanction: 'expulsion' } };
    await this.standing.change(tx, { institutionId, by: subject, clientId }, agencyId, { status: 'exited', published: false }, change);
  }
}
