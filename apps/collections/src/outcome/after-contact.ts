import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { PromiseService } from '../promise/promise.service.ts';
import { CaseWorkService } from '../worklist/case-work.service.ts';
import type { OutcomeReport, ReportedPromise } from './outcome.dto.ts';

/** What goes on after a contact: the promise that was made in it, the work on the case. */
@Injectable()
export class AfterContact {
  constructor(
    @Inject(PromiseService) private readonly promises: PromiseService,
    @Inject(CaseWorkService) private readonly work: CaseWorkService,
  ) {}

  /** Notes the promise; returns its id. Refuses as `PromiseService.make` does. */
  async promise(
    tx: Tx,
    principal: Principal,
    { caseUuid, attempt, promise }: { readonly caseUuid: string; readonly attempt: string; readonly promise: ReportedPromise | null },
    at: Date,
  ): Promise<string | null> {
    if (promise === null) return null;
    const { amount, dueOn } = promise;
    return this.promises.make(tx, principal, { caseUuid, attemptId: attempt, amount, dueOn, note: null }, at, '/report/promise');
  }

  /** The case is out of the collector's hands, and comes back when it was agreed. */
  async worked(tx: Tx, principal: Principal, caseUuid: string, report: OutcomeReport | null, at: Date): Promise<void> {
    const { followUpAt = null, bestTime = null } = report ?? {};
    await this.work.worked(
      tx,
      principal.institutionId,
      {
        caseUuid,
        by: principal.subject,
        reported: report !== null,
        followUpAt: followUpAt === null ? null : new Date(followUpAt),
        bestTime,
      },
      at,
    );
  }
}
