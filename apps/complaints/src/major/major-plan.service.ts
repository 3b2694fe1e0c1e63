import { Inject, Injectable } from '@nestjs/common';
import { NOT_FOUND, Refusal } from '#problem';
import { isUuid } from '#wire';
import type { MajorStepRequest, MajorStepWord } from './major.dto.ts';
import type { MajorView } from './major.view.ts';
import { MajorDesk, wrong, type Acting, type Call } from './major.desk.ts';
import { NOT_YOUR_STEP, STEP_SETTLED } from './major.refusals.ts';
import { MajorStores, maySettle, SEALED } from './major.reading.ts';
import type { StepRecord } from './major-part.store.ts';

const MOST_STEPS = 200;

/** The emergency plan of a matter: who does what by when, and what shows that it is done. */
@Injectable()
export class MajorPlanService {
  constructor(
    @Inject(MajorDesk) private readonly desk: MajorDesk,
    @Inject(MajorStores) private readonly stores: MajorStores,
  ) {}

  /** One more step, of this matter alone. Refuses with INVALID for a time that has passed, and as every act on a matter. */
  add(call: Call, matterId: string, { text, ownerRole, owner, dueAt }: MajorStepRequest): Promise<MajorView> {
    return this.desk.act(call, matterId, async (acting) => {
      const { tx, matter, now } = acting;
      const due = new Date(dueAt);
      if (due <= now) throw wrong('/dueAt', 'has passed');
      if (matter.steps >= MOST_STEPS) throw wrong('/text', `a matter has ${MOST_STEPS} steps at most`);
      const textSealed = this.desk.seal(JSON.stringify({ zh: text, en: text }), SEALED.step);
      const step = { ofPlan: false, textSealed, ownerRole, owner: owner || null, dueAt: due };
      const id = await this.stores.parts.addSteps(tx, matter.institutionId, matter.id, [step]);
      await this.desk.enter(acting, 'step-added', { stepId: id }, null);
    });
  }

  /** Names whose step it is. Refuses with NOT_FOUND, STEP_SETTLED, and as every act on a matter. */
  give(call: Call, matterId: string, stepId: string, owner: string): Promise<MajorView> {
    return this.desk.act(call, matterId, async (acting) => {
      const step = await this.open(acting, stepId);
      await this.stores.parts.give(acting.tx, step.id, owner);
      await this.desk.enter(acting, 'step-given', { stepId: step.id, seq: step.seq, owner }, null);
    });
  }

  /** Done with what shows it, or skipped with the reason. Refuses with NOT_FOUND, STEP_SETTLED, NOT_YOUR_STEP, INVALID for files, and as every act on a matter. */
  settle(call: Call, matterId: string, stepId: string, { state, proof, files }: MajorStepWord): Promise<MajorView> {
    return this.desk.act(call, matterId, async (acting) => {
      const { tx, principal, now } = acting;
      const step = await this.open(acting, stepId);
      if (!maySettle(principal, step)) throw new Refusal(NOT_YOUR_STEP, { detail: `It is of ${step.owner ?? step.ownerRole}.` });
      const proofFiles = await this.desk.proofFiles(acting, files);
      const proofSealed = this.desk.seal(proof, SEALED.proof);
      await this.stores.parts.settle(tx, step.id, { state, by: principal.subject, at: now, proofSealed, files: proofFiles });
      await this.desk.enter(acting, `step-${state}`, { stepId: step.id, seq: step.seq, late: now > step.dueAt }, null);
    });
  }

  private async open({ tx, matter }: Acting, id: string): Promise<StepRecord> {
    const step = isUuid(id) ? await this.stores.parts.step(tx, matter.id, id) : null;
    if (step === null) throw new Refusal(NOT_FOUND, { detail: 'The matter has no such step.' });
    if (step.state !== 'open') throw new Refusal(STEP_SETTLED, { detail: `${step.settledBy ?? ''} put it down as ${step.state}.` });
    return step;
  }
}
