import { Inject, Injectable } from '@nestjs/common';
import type { Principal, Role } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { maskName } from '#vault';
import { decodeCursor, isUuid, toPage, type Page, type PageRequest } from '#wire';
import { ActService } from '../act/act.service.ts';
import { AgencyDesk, agencyInstant, agencyResource, bankOnly, type AtDesk } from '../agency/agency-desk.ts';
import type { AgencyStatus } from '../agency/standing.ts';
import { TaskService } from '../task/task.service.ts';
import { toFieldError } from './gaps.ts';
import { ReadinessService } from './readiness.service.ts';
import type { AdmissionRequest, AgencyStepView, ExitRequest, ReadinessView, StepKind, StepState } from './step.dto.ts';
import { NOT_READY, STEP_NOT_NOW, STEP_OPEN, STEP_SETTLED } from './step.refusals.ts';
import { StepStore, type NewStep, type StepRecord } from './step.store.ts';

const DEFAULT_LIMIT = 50;
const SEES_NAMES: readonly Role[] = ['collections-manager', 'compliance'];
const stepTask = (id: string) => ({ kind: 'decide-agency-step', resource: `agency-step/${id}` }) as const;

/** From where each step leads away. Who left may be admitted anew. */
const FROM: Readonly<Record<StepKind, readonly AgencyStatus[]>> = {
  admission: ['candidate', 'exited'],
  exit: ['candidate', 'approved', 'active', 'suspended'],
};

/** Refuses with STEP_NOT_NOW where the agency does not stand so. */
export function checkFrom(kind: StepKind, status: AgencyStatus): void {
  if (!FROM[kind].includes(status))
    throw new Refusal(STEP_NOT_NOW, { detail: `It is ${status}; ${kind} is for ${FROM[kind].join(', ')}.` });
}

/** How an agency comes and goes: one person proposes it, with all that is asked for; another decides. */
@Injectable()
export class StepService {
  constructor(
    @Inject(AgencyDesk) private readonly desk: AgencyDesk,
    @Inject(StepStore) private readonly store: StepStore,
    @Inject(ReadinessService) private readonly readiness: ReadinessService,
    @Inject(TaskService) private readonly tasks: TaskService,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  /**
   * Proposes to admit a candidate, or who has left anew. Refuses with FORBIDDEN, NOT_FOUND, INVALID (no declaration of no sub-contracting), NOT_READY,
   * STEP_NOT_NOW, STEP_OPEN, IDEMPOTENCY_KEY_REUSED.
   */
  async proposeAdmission(
    principal: Principal,
    agencyId: string,
    { declaration = null, reason }: AdmissionRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<AgencyStepView> {
    return this.propose(principal, { agencyId, idempotency }, async (tx, at) => {
      const { institutionId } = principal;
      checkFrom('admission', at.agency.status);
      const declared = await this.readiness.declaration(tx, institutionId, at, declaration);
      const gaps = await this.readiness.admission(tx, institutionId, at);
      if (gaps.length > 0) throw new Refusal(NOT_READY, { errors: gaps.map(toFieldError) });
      return { kind: 'admission', declaration: declared, words: { reason, signedBy: declaration?.signedBy ?? null, handling: null } };
    });
  }

  /** Proposes that an agency leaves. Refuses with FORBIDDEN, NOT_FOUND, STEP_NOT_NOW, STEP_OPEN, IDEMPOTENCY_KEY_REUSED. */
  async proposeExit(
    principal: Principal,
    agencyId: string,
    { reason, handling }: ExitRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<AgencyStepView> {
    return this.propose(principal, { agencyId, idempotency }, async (_tx, { agency }) => {
      checkFrom('exit', agency.status);
      return { kind: 'exit', declaration: null, words: { reason, signedBy: null, handling } };
    });
  }

  /** The newest first. Refuses with FORBIDDEN, NOT_FOUND, INVALID for a cursor that is not ours. */
  async list(principal: Principal, agencyId: string, request: PageRequest): Promise<Page<AgencyStepView>> {
    bankOnly(principal);
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    const { institutionId } = principal;
    return this.desk.read(principal, agencyId, async (tx) =>
      toPage(
        await this.store.list(tx, { institutionId, agencyId, after, limit }),
        limit,
        ({ id }) => id,
        (record) => toView(record, principal),
      ),
    );
  }

  /** What is missing, and what is proposed. Refuses with FORBIDDEN, NOT_FOUND. */
  async ready(principal: Principal, agencyId: string): Promise<ReadinessView> {
    bankOnly(principal);
    const { institutionId } = principal;
    return this.desk.read(principal, agencyId, async (tx, at) => {
      const open = await this.store.findOpen(tx, institutionId, agencyId);
      return {
        agencyId,
        status: at.agency.status,
        admission: await this.readiness.admission(tx, institutionId, at),
        activation: await this.readiness.activation(tx, institutionId, at),
        openStep: open && toView(open, principal),
      };
    });
  }

  /** A step that nobody has settled. Refuses with NOT_FOUND, STEP_SETTLED. */
  async open(tx: Tx, { institutionId }: Principal, agencyId: string, id: string): Promise<StepRecord> {
    const step = isUuid(id) ? await this.store.find(tx, institutionId, agencyId, id) : null;
    if (step === null) throw noStep();
    if (step.state !== 'proposed') throw new Refusal(STEP_SETTLED, { detail: `${step.decidedBy} has ${step.state} it.` });
    return step;
  }

  /** Writes down how a step ended. */
  async settle(
    tx: Tx,
    principal: Principal,
    { agencyId, step }: { readonly agencyId: string; readonly step: StepRecord },
    end: { readonly state: Exclude<StepState, 'proposed'>; readonly reason: string | null; readonly at: Date },
  ): Promise<void> {
    const { institutionId, subject: by } = principal;
    const { id, kind } = step;
    await this.store.settle(tx, id, { ...end, by });
    await this.tasks.close(tx, institutionId, stepTask(id), { by, outcome: end.state, at: end.at });
    const detail = { stepId: id, kind, state: end.state };
    const reason = end.reason === null ? {} : { reason: end.reason };
    await this.acts.note(tx, principal, { action: 'agency-step-decided', resource: agencyResource(agencyId), detail, ...reason }, end.at);
  }

  async show(tx: Tx, principal: Principal, agencyId: string, id: string): Promise<AgencyStepView> {
    const step = await this.store.find(tx, principal.institutionId, agencyId, id);
    if (step === null) throw noStep();
    return toView(step, principal);
  }

  private propose(
    principal: Principal,
    command: { readonly agencyId: string; readonly idempotency: IdempotentRequest | null },
    work: (tx: Tx, at: AtDesk) => Promise<Pick<NewStep, 'kind' | 'declaration' | 'words'>>,
  ): Promise<AgencyStepView> {
    bankOnly(principal);
    const { institutionId, subject: proposedBy } = principal;
    const { agencyId } = command;
    return this.desk.change(
      principal,
      command,
      async (tx, at) => {
        const step = await work(tx, at);
        const id = await this.store.propose(tx, { ...step, institutionId, agencyId, proposedBy, proposedAt: at.now });
        if (id === null) throw new Refusal(STEP_OPEN);
        const { kind } = step;
        // The agency is not told that its exit is considered: the task is the bank's.
        await this.tasks.open(tx, institutionId, { ...stepTask(id), detail: { agencyId, step: kind } }, at.now);
        const detail = { stepId: id, kind };
        const { reason } = step.words;
        await this.acts.note(tx, principal, { action: 'agency-proposed', resource: agencyResource(agencyId), detail, reason }, at.now);
        return id;
      },
      (tx, id) => this.show(tx, principal, agencyId, id),
    );
  }
}

const noStep = (): Refusal => new Refusal(NOT_FOUND, { detail: 'Nothing of the kind was proposed for the agency.' });

function toView({ declaration, words, ...step }: StepRecord, principal: Principal): AgencyStepView {
  const signedBy = words.signedBy ?? '';
  const seesNames = principal.roles.some((role) => SEES_NAMES.includes(role));
  return {
    id: step.id,
    kind: step.kind,
    state: step.state,
    proposedBy: step.proposedBy,
    proposedAt: agencyInstant(step.proposedAt),
    reason: words.reason,
    declaration: declaration && { ...declaration, signedBy: seesNames ? signedBy : maskName(signedBy) },
    handling: words.handling,
    decidedBy: step.decidedBy,
    decidedAt: step.decidedAt && agencyInstant(step.decidedAt),
    decisionReason: step.decisionReason,
  };
}
