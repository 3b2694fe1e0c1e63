import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { Vault } from '#vault';
import { TaskService } from '../task/task.service.ts';
import type { NewReview } from './plan.store.ts';

export const SEALED = {
  comment: 'quality_review.comment',
  dispute: 'quality_sample.dispute',
  answer: 'quality_sample.answer',
} as const;

interface Sampled {
  readonly sampleId: string;
  readonly caseUuid: string | null;
  readonly agencyId: string | null;
}

interface Change<T> {
  /** Carries it out, and says the id of what came of it. */
  readonly work: (tx: Tx) => Promise<string>;
  readonly show: (tx: Tx) => Promise<T>;
}

/** What the services of this room share: one shape of a change, sealed words, what follows from a result. */
@Injectable()
export class QualityDesk {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(TaskService) readonly tasks: TaskService,
  ) {}

  async read<T>(principal: Principal, work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.database, principal, work);
  }

  /** Once for each key. Refuses with IDEMPOTENCY_KEY_REUSED, and as the work does. */
  async change<T>(principal: Principal, idempotency: IdempotentRequest | null, { work, show }: Change<T>): Promise<T> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      if (!(await claimKey(tx, institutionId, idempotency))) await rememberResource(tx, institutionId, idempotency, await work(tx));
      return show(tx);
    });
  }

  async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }

  seal(text: string | null | undefined, what: keyof typeof SEALED): Buffer | null {
    return text ? this.vault.seal(text, SEALED[what]) : null;
  }

  open(sealed: Buffer | null, what: keyof typeof SEALED): string | null {
    return sealed && this.vault.open(sealed, SEALED[what]);
  }

  async openReview(tx: Tx, institutionId: string, { id, caseUuid, agencyId, reviewer }: NewReview, at: Date): Promise<void> {
    const task = { kind: 'review-recording' as const, resource: `quality-review/${id}`, agencyId };
    await this.tasks.open(
      tx,
      institutionId,
      { ...task, ...(caseUuid !== null && { caseUuid }), ...(reviewer !== null && { person: reviewer }) },
      at,
    );
  }

  /** Who did not pass is coached by whoever leads him; what is fatal is judged by compliance as well. */
  async followUp(
    tx: Tx,
    institutionId: string,
    { sampleId, caseUuid, agencyId }: Sampled,
    { score, fatal, passScore }: { readonly score: number; readonly fatal: boolean; readonly passScore: number },
    at: Date,
  ): Promise<void> {
    if (!fatal && score >= passScore) return;
    const about = { resource: `quality-sample/${sampleId}`, agencyId, ...(caseUuid !== null && { caseUuid }), detail: { score } };
    const leader = agencyId === null ? ('collections-manager' as const) : ('agency-supervisor' as const);
    const coach = { kind: 'coach-collector' as const, role: leader, ...about };
    await this.tasks.openAll(tx, institutionId, fatal ? [coach, { kind: 'judge-quality-finding' as const, ...about }] : [coach], at);
  }
}
