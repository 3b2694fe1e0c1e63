import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { sealPersonal } from '#evidence-log';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { ActStore, type ActFilter, type ActRecord } from './act.store.ts';

export const ACTIONS = [
  'hold-set',
  'hold-released',
  'consent-given',
  'consent-withdrawn',
  'opt-out-set',
  'opt-out-withdrawn',
  'referral-told',
  'point-status',
  'agency-standing',
  'case-entrusted',
  'case-proposed',
  'proposal-withdrawn',
  'case-recalled',
  'entrusting-set',
  'capacity-set',
  'allocation-ordered',
  'allocation-approved',
  'allocation-rejected',
  'allocation-stopped',
  'objection-raised',
  'objection-decided',
  'objection-told',
  'objection-withdrawn',
  'proof-added',
  'point-added',
  'point-checked',
  'party-proposed',
  'party-approved',
  'party-rejected',
  'party-added',
  'party-ended',
  'debtor-change-proposed',
  'debtor-change-rejected',
  'debtors-merged',
  'debtor-split',
  'agency-registered',
  'agency-profile',
  'agency-contract',
  'agency-proposed',
  'agency-step-decided',
  'agency-activated',
  'agency-staff',
  'agency-identity',
  'agency-certificate',
  'agency-seat',
  'agency-device',
  'agency-training',
  'agency-document',
  'agency-finding-judged',
  'template-created',
  'template-approved',
  'template-retired',
  'recording-held',
  'recording-released',
  'recording-term',
  'care-opened',
  'care-decided',
  'worklist-strategy',
  'case-assigned',
  'script-created',
  'script-approved',
  'script-retired',
  'visit-planned',
  'visit-arrived',
  'visit-entry',
  'visit-left',
  'message-settings-set',
  'letter-seal-set',
  'letters-printed',
  'letter-tracked',
  'reminder-settings-set',
  'oversight-setting',
  'suspension-begun',
  'suspension-ended',
  'checklist-added',
  'inspection-planned',
  'inspection-rescheduled',
  'inspection-cancelled',
  'inspection-begun',
  'inspection-done',
  'rectification-reported',
  'rectification-judged',
  'evaluation-weights',
  'evaluation-drafted',
  'evaluation-confirmed',
  'evaluation-rejected',
  'sanction-proposed',
  'sanction-in-force',
  'sanction-rejected',
  'sanction-withdrawn',
  'sanction-ended',
  'sanction-acknowledged',
  'sanction-appealed',
  'sanction-appeal-decided',
  'task-taken',
  'task-handed-over',
  'task-completed',
  'task-extended',
  'task-limits-set',
  'promise-made',
  'promise-withdrawn',
  'promise-kept',
  'promise-broken',
  'repayment-setting',
  'plan-drafted',
  'plan-proposed',
  'plan-approved',
  'plan-returned',
  'plan-activated',
  'plan-broken',
  'plan-restored',
  'plan-reinstated',
  'plan-completed',
  'plan-cancelled',
] as const;
export type Action = (typeof ACTIONS)[number];

/** Whoever does it: a principal, or the system itself as `system:<what>`. */
export type Actor = Pick<Principal, 'institutionId' | 'subject' | 'clientId'>;

/** What somebody did to the register. */
export interface Act {
  readonly action: Action;
  /** The id of what it was done to. */
  readonly resource: string;
  /** The case in whose view it was done; our id. */
  readonly caseUuid?: string;
  /** What was set, without personal data. */
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Where the proof is. */
  readonly evidence?: string;
  /** In the words of who did it; kept sealed. */
  readonly reason?: string;
}

/** An act as it is read. */
export interface ActEntry {
  readonly id: string;
  readonly action: string;
  readonly resource: string;
  readonly at: Date;
  readonly by: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly evidence: string | null;
  readonly reason: string | null;
}

const REASON = 'register_act.reason';

/** The record of what people did to the register: only ever added to, in the transaction that does it. */
@Injectable()
export class ActService {
  constructor(
    @Inject(ActStore) private readonly store: ActStore,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async note(tx: Tx, actor: Actor, act: Act, at: Date): Promise<void> {
    await this.noteAll(tx, actor, [{ act, at }]);
  }

  /** Of many at once, in one statement. */
  async noteAll(
    tx: Tx,
    { institutionId, subject, clientId }: Actor,
    acts: readonly { readonly act: Act; readonly at: Date }[],
  ): Promise<void> {
    if (acts.length === 0) return;
    const rows = acts.map(({ act: { reason, ...rest }, at }) => ({
      ...rest,
      at,
      reasonSealed: reason === undefined ? null : this.vault.seal(reason, REASON).toString('base64'),
      personal: reason === undefined ? null : sealPersonal(this.vault, institutionId, `act:${rest.resource}`, { reason }),
    }));
    await this.store.add(tx, { institutionId, subject, clientId }, rows);
  }

  /** In order of time; one more than the limit, if there are so many. */
  async list(tx: Tx, filter: ActFilter): Promise<ActEntry[]> {
    const records = await this.store.list(tx, filter);
    return records.map((record) => this.toEntry(record));
  }

  private toEntry({ reasonSealed, ...record }: ActRecord): ActEntry {
    return { ...record, reason: reasonSealed === null ? null : this.vault.open(reasonSealed, REASON) };
  }
}
