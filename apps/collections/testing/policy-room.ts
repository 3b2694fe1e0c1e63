import type { Principal } from '#auth';
import { Refusal } from '#problem';
import { ApprovalService } from '../src/policy/approval.service.ts';
import { DraftDesk } from '../src/policy/draft.desk.ts';
import type { PolicyDraftRequest, PolicyDraftView } from '../src/policy/draft.dto.ts';
import { DraftService } from '../src/policy/draft.service.ts';
import { DraftStore } from '../src/policy/draft.store.ts';
import { PolicyService } from '../src/policy/policy.service.ts';
import { PolicyStore } from '../src/policy/policy.store.ts';
import { VersionService } from '../src/policy/version.service.ts';
import { principal, type Stage } from './stage.ts';

export const author = principal('compliance', { subject: 'lin' });
export const second = principal('head-office-approver', { subject: 'zhao' });

export const draftOf = (more: Partial<PolicyDraftRequest> = {}): PolicyDraftRequest => ({
  packs: [{ pack: 'cn-card' }],
  note: '收紧',
  ...more,
});

/** What a promise was refused with. */
export const refusal = (promise: Promise<unknown>): Promise<Refusal> =>
  promise.then(
    () => {
      throw new Error('nothing was refused');
    },
    (error: unknown) => {
      if (error instanceof Refusal) return error;
      throw error;
    },
  );

/** The room where policies are changed, on a stage. */
export class PolicyRoom {
  readonly versions = new PolicyStore();
  readonly desk: DraftDesk;
  readonly drafts: DraftService;
  readonly approvals: ApprovalService;
  readonly shown: VersionService;

  constructor(stage: Stage) {
    this.desk = new DraftDesk(stage.source, stage.clock, new DraftStore());
    this.drafts = new DraftService(this.desk);
    this.approvals = new ApprovalService(this.desk, this.versions);
    this.shown = new VersionService(this.desk, this.versions, new PolicyService(this.versions));
  }

  /** A draft that waits for the second person. */
  async submitted(more: Partial<PolicyDraftRequest> = {}, by: Principal = author): Promise<PolicyDraftView> {
    const { id } = await this.drafts.create(by, draftOf(more), null, 'en');
    return this.drafts.submit(by, id, null, 'en');
  }

  async approve(id: string, effectiveFrom: string | null = null, by: Principal = second): Promise<PolicyDraftView> {
    return this.approvals.approve(by, id, { effectiveFrom }, null, 'en');
  }
}
