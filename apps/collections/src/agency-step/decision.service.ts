import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { FORBIDDEN, Refusal } from '#problem';
import { AgencyDesk, bankOnly, type AtDesk } from '../agency/agency-desk.ts';
import { StaffService } from '../agency-staff/staff.service.ts';
import { StandingService } from '../standing/standing.service.ts';
import { toFieldError } from './gaps.ts';
import { ReadinessService } from './readiness.service.ts';
import type { AgencyStepView, DecisionRequest, ReadinessView, StepReasonRequest } from './step.dto.ts';
import { NOT_READY, OWN_STEP, STEP_NOT_NOW } from './step.refusals.ts';
import { checkFrom, StepService } from './step.service.ts';

export interface StepName {
  readonly agencyId: string;
  readonly stepId: string;
}

/** The second pair of eyes: approves or rejects what somebody else has proposed; and lets an admitted agency go to work. */
@Injectable()
export class DecisionService {
  constructor(
    @Inject(AgencyDesk) private readonly desk: AgencyDesk,
    @Inject(StepService) private readonly steps: StepService,
    @Inject(ReadinessService) private readonly readiness: ReadinessService,
    @Inject(StandingService) private readonly standings: StandingService,
    @Inject(StaffService) private readonly staff: StaffService,
  ) {}

  /**
   * What is missing meanwhile is asked for again. With an exit the agency leaves the published list, its permits are taken back, and its cases are to be
   * recalled. Refuses with FORBIDDEN, NOT_FOUND, OWN_STEP, STEP_SETTLED, STEP_NOT_NOW, NOT_READY, IDEMPOTENCY_KEY_REUSED, UNAVAILABLE.
   */
  async approve(
    principal: Principal,
    name: StepName,
    { reason = null }: DecisionRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<AgencyStepView> {
    return this.decide(principal, name, idempotency, async (tx, step, at) => {
      checkFrom(step.kind, at.agency.status);
      const { institutionId, subject: by, clientId } = principal;
      const { agencyId } = name;
      const gaps = step.kind === 'admission' ? await this.readiness.admission(tx, institutionId, at) : [];
      if (gaps.length > 0) throw new Refusal(NOT_READY, { errors: gaps.map(toFieldError) });
      const status = step.kind === 'admission' ? 'approved' : 'exited';
      await this.standings.change(tx, { institutionId, by, clientId }, agencyId, { status, published: false }, { reason });
      if (step.kind === 'exit') await this.staff.endSeats(tx, institutionId, agencyId, at.now);
      return { state: 'approved', reason };
    });
  }

  /** Refuses with FORBIDDEN, NOT_FOUND, OWN_STEP, STEP_SETTLED, IDEMPOTENCY_KEY_REUSED. */
  async reject(
    principal: Principal,
    name: StepName,
    { reason }: StepReasonRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<AgencyStepView> {
    return this.decide(principal, name, idempotency, async () => ({ state: 'rejected', reason }));
  }

  /** By who proposed it. Refuses with FORBIDDEN for others, NOT_FOUND, STEP_SETTLED, IDEMPOTENCY_KEY_REUSED. */
  async withdraw(
    principal: Principal,
    name: StepName,
    { reason }: StepReasonRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<AgencyStepView> {
    bankOnly(principal);
    const { agencyId, stepId } = name;
    return this.desk.change(
      principal,
      { agencyId, idempotency },
      async (tx, { now }) => {
        const step = await this.steps.open(tx, principal, agencyId, stepId);
        if (step.proposedBy !== principal.subject)
          throw new Refusal(FORBIDDEN, { detail: `${step.proposedBy} proposed it; reject it instead.` });
        await this.steps.settle(tx, principal, { agencyId, step }, { state: 'withdrawn', reason, at: now });
        return stepId;
      },
      (tx) => this.steps.show(tx, principal, agencyId, stepId),
    );
  }

  /**
   * An admitted agency goes to work and on the published list: with a contract in force, a licence and a collector who is fit. Refuses with FORBIDDEN,
   * NOT_FOUND, STEP_NOT_NOW, NOT_READY, IDEMPOTENCY_KEY_REUSED, UNAVAILABLE.
   */
  async activate(
    principal: Principal,
    agencyId: string,
    { reason }: StepReasonRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<ReadinessView> {
    bankOnly(principal);
    const { institutionId, subject: by, clientId } = principal;
    await this.desk.change(
      principal,
      { agencyId, idempotency },
      async (tx, at) => {
        if (at.agency.status !== 'approved')
          throw new Refusal(STEP_NOT_NOW, { detail: `It is ${at.agency.status}; only an approved agency is activated.` });
        const gaps = await this.readiness.activation(tx, institutionId, at);
        if (gaps.length > 0) throw new Refusal(NOT_READY, { errors: gaps.map(toFieldError) });
        await this.standings.change(tx, { institutionId, by, clientId }, agencyId, { status: 'active', published: true }, { reason });
        return agencyId;
      },
      async () => agencyId,
    );
    return this.steps.ready(principal, agencyId);
  }

  private decide(
    principal: Principal,
    { agencyId, stepId }: StepName,
    idempotency: IdempotentRequest | null,
    work: (
      tx: Tx,
      step: Awaited<ReturnType<StepService['open']>>,
      at: AtDesk,
    ) => Promise<{ readonly state: 'approved' | 'rejected'; readonly reason: string | null }>,
  ): Promise<AgencyStepView> {
    bankOnly(principal);
    return this.desk.change(
      principal,
      { agencyId, idempotency },
      async (tx, at) => {
        const step = await this.steps.open(tx, principal, agencyId, stepId);
        if (step.proposedBy === principal.subject) throw new Refusal(OWN_STEP, { detail: 'Ask a colleague to look at it.' });
        const end = await work(tx, step, at);
        await this.steps.settle(tx, principal, { agencyId, step }, { ...end, at: at.now });
        return stepId;
      },
      (tx) => this.steps.show(tx, principal, agencyId, stepId),
    );
  }
}
