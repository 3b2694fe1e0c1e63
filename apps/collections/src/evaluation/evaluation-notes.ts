import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { ActService } from '../act/act.service.ts';
import { OversightDesk } from '../oversight/oversight.desk.ts';
import { TaskService } from '../task/task.service.ts';
import type { EvaluationRecord } from './evaluation.store.ts';
import type { Band } from './weights.ts';

export const NOTE = 'agency_evaluation.note';
export const DECISION_NOTE = 'agency_evaluation.decision_note';
export const evaluationResource = (id: string): string => `evaluation/${id}`;
/** What the task of evaluating is about, and the suspension that follows when it is late. */
export const dutyOf = (agencyId: string): string => `agency/${agencyId}/evaluation`;

/** What follows from evaluations: whose turn it is, the record, the words. */
@Injectable()
export class EvaluationNotes {
  constructor(
    @Inject(TaskService) private readonly tasks: TaskService,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(OversightDesk) private readonly desk: OversightDesk,
  ) {}

  async drafted(
    tx: Tx,
    principal: Principal,
    { id, ...detail }: { id: string; agencyId: string; from: string; to: string; total: number; band: Band },
    at: Date,
  ): Promise<void> {
    const resource = evaluationResource(id);
    const { agencyId } = detail;
    await this.tasks.open(tx, principal.institutionId, { kind: 'confirm-evaluation', resource, detail: { agencyId } }, at);
    await this.acts.note(tx, principal, { action: 'evaluation-drafted', resource, detail }, at);
  }

  async decided(
    tx: Tx,
    principal: Principal,
    record: EvaluationRecord,
    { confirmed, at }: { confirmed: boolean; at: Date },
  ): Promise<void> {
    const { institutionId, subject: by } = principal;
    const resource = evaluationResource(record.id);
    const action = confirmed ? 'evaluation-confirmed' : 'evaluation-rejected';
    const ended = { by, outcome: confirmed ? 'confirmed' : 'rejected', at };
    await this.tasks.close(tx, institutionId, { kind: 'confirm-evaluation', resource }, ended);
    if (confirmed) await this.tasks.close(tx, institutionId, { kind: 'evaluate-agency', resource: dutyOf(record.agencyId) }, ended);
    await this.acts.note(tx, principal, { action, resource, detail: { agencyId: record.agencyId } }, at);
  }

  words({ noteSealed, decisionNoteSealed }: EvaluationRecord): { note: string | null; decisionNote: string | null } {
    return { note: this.desk.open(noteSealed, NOTE), decisionNote: this.desk.open(decisionNoteSealed, DECISION_NOTE) };
  }
}
