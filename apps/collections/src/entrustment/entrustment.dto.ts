import { HOLD_KINDS } from '#contact-rules';
import { Instant, ManyOf, PageRequest, Shown, Text, Texts, Whole, type Page } from '#wire';
import { BLOCKS } from './blocks.ts';

const reason = { max: 2000, description: 'Why, in your words; kept sealed' } as const;
const agencyId = { description: 'The agency that is to have it' } as const;
const noticeToldAt = {
  nullable: true,
  description: 'When the debtor was told of the referral to this agency; left out: not yet, and the case waits for it',
} as const;
const noticeEvidence = { nullable: true, max: 500, description: 'Where the proof of the notice is; with `noticeToldAt`' } as const;

export const PLACED_STATES = ['entrusted', 'awaiting-notice', 'awaiting-time', 'refused', 'withdrawn'] as const;

export class EntrustRequest {
  @Text(agencyId)
  agencyId!: string;

  @Text(reason)
  reason!: string;

  @Instant(noticeToldAt)
  noticeToldAt?: string | null;

  @Text(noticeEvidence)
  noticeEvidence?: string | null;
}

export class EntrustListRequest extends EntrustRequest {
  @Texts({ minItems: 1, maxItems: 1000, description: 'By the ids given at import or by our own; 1000 at most' })
  caseIds!: string[];
}

export class RecallRequest {
  @Text(reason)
  reason!: string;
}

export class RecallListRequest extends RecallRequest {
  @Texts({ minItems: 1, maxItems: 1000, description: 'By the ids given at import or by our own; 1000 at most' })
  caseIds!: string[];
}

export class ReferralNoticeListRequest {
  @Texts({ minItems: 1, maxItems: 1000, description: 'Cases that wait for an agency; 1000 at most' })
  caseIds!: string[];

  @Instant({ description: 'When the debtors were told' })
  toldAt!: string;

  @Text({ max: 500, description: 'Where the proof is: a posting list, a report of deliveries' })
  evidence!: string;
}

export class EntrustmentBlockView {
  @Shown.oneOf(BLOCKS)
  readonly code!: string;

  @Shown.texts({ description: 'What is behind it: reasons of the standing, kinds of holds' })
  readonly names!: readonly string[];
}

export class PlacedView {
  @Shown.text({ description: 'As given at import' })
  readonly caseId!: string;

  @Shown.text()
  readonly agencyId!: string;

  @Shown.oneOf(PLACED_STATES)
  readonly state!: string;

  @Shown.list(() => EntrustmentBlockView, { description: 'Why it was refused' })
  readonly blocks!: readonly EntrustmentBlockView[];
}

export class PlacedListView {
  @Shown.list(() => PlacedView)
  readonly items!: readonly PlacedView[];

  @Shown.texts({ description: 'Ids of no case here' })
  readonly unknown!: readonly string[];
}

export class RecalledView {
  @Shown.text({ description: 'As given at import' })
  readonly caseId!: string;

  @Shown.text({ description: 'The agency that had it' })
  readonly agencyId!: string;
}

export class RecalledListView {
  @Shown.list(() => RecalledView)
  readonly items!: readonly RecalledView[];

  @Shown.texts({ description: 'Ids of no case here, or of one that no agency had' })
  readonly left!: readonly string[];
}

/** One time that an agency had a case. */
export class EntrustmentView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly agencyId!: string;

  @Shown.text({ nullable: true })
  readonly agencyName!: string | null;

  @Shown.instant()
  readonly from!: string;

  @Shown.instant({ nullable: true, description: 'Null: it has it now' })
  readonly until!: string | null;

  @Shown.text()
  readonly begunBy!: string;

  @Shown.text({ nullable: true })
  readonly endedBy!: string | null;

  @Shown.text({ description: 'hand, list, allocation, import, or ledger: so before there was a ledger' })
  readonly begunCause!: string;

  @Shown.text({ nullable: true, description: 'recall, hand, list, allocation, import' })
  readonly endedCause!: string | null;

  @Shown.text({ nullable: true })
  readonly reason!: string | null;

  @Shown.text({ nullable: true })
  readonly endReason!: string | null;

  @Shown.uuid({ nullable: true })
  readonly allocationId!: string | null;

  @Shown.instant({ nullable: true, description: 'When the debtor was told of the referral' })
  readonly noticeAt!: string | null;

  @Shown.text({ description: 'The balance when it came to the agency' })
  readonly balance!: string;

  @Shown.text()
  readonly currency!: string;

  @Shown.text({ nullable: true, description: 'The balance when it left' })
  readonly balanceAtEnd!: string | null;
}

/** A case on its way to an agency. */
export class ProposalView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ description: 'As given at import' })
  readonly caseId!: string;

  @Shown.text()
  readonly agencyId!: string;

  @Shown.oneOf(PLACED_STATES)
  readonly state!: string;

  @Shown.text()
  readonly proposedBy!: string;

  @Shown.instant()
  readonly proposedAt!: string;

  @Shown.text()
  readonly reason!: string;

  @Shown.uuid({ nullable: true })
  readonly allocationId!: string | null;

  @Shown.instant({ nullable: true, description: 'When the debtor was told' })
  readonly noticeAt!: string | null;

  @Shown.instant({ nullable: true, description: 'When it goes to the agency' })
  readonly readyAt!: string | null;

  @Shown.list(() => EntrustmentBlockView, { description: 'Why it was refused in the end' })
  readonly blocks!: readonly EntrustmentBlockView[];
}

export class CaseEntrustmentView {
  @Shown.text({ description: 'As given at import' })
  readonly caseId!: string;

  @Shown.text({ nullable: true, description: 'Null: the institution collects itself' })
  readonly agencyId!: string | null;

  @Shown.nested(() => ProposalView, { nullable: true, description: 'The last that was asked for, while it waits or was refused' })
  readonly proposal!: ProposalView | null;

  @Shown.list(() => EntrustmentView, { description: 'The newest first; an agency sees its own alone' })
  readonly history!: readonly EntrustmentView[];
}

export class ProposalListRequest extends PageRequest {
  @Text({ optional: true, description: 'Those that wait for this agency' })
  agencyId?: string;
}

export class ProposalPage implements Page<ProposalView> {
  @Shown.list(() => ProposalView)
  readonly items!: readonly ProposalView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class EntrustmentSettingRequest {
  @Whole({ max: 8784, description: 'Hours that pass between telling the debtor and entrusting' })
  noticeHours!: number;

  @ManyOf(HOLD_KINDS, { nullable: true, description: 'Holds that keep a case from an agency; null: every kind' })
  holdKinds?: string[] | null;

  @Whole({ nullable: true, max: 100, description: 'Most per cent of open cases with agencies; null: no limit' })
  maxShareNumber?: number | null;

  @Whole({ nullable: true, max: 100, description: 'Most per cent of the open amount with agencies; null: no limit' })
  maxShareAmount?: number | null;

  @Whole({ max: 10_000_000, description: 'Allocations of more cases need a second person' })
  fourEyesAbove!: number;

  @Whole({ min: 1, max: 3660, description: 'Days after which a contact point is to be checked again' })
  pointStaleDays!: number;
}

export class EntrustmentSettingView {
  @Shown.whole()
  readonly noticeHours!: number;

  @Shown.manyOf(HOLD_KINDS, { nullable: true })
  readonly holdKinds!: readonly string[] | null;

  @Shown.number({ nullable: true })
  readonly maxShareNumber!: number | null;

  @Shown.number({ nullable: true })
  readonly maxShareAmount!: number | null;

  @Shown.whole()
  readonly fourEyesAbove!: number;

  @Shown.whole()
  readonly pointStaleDays!: number;

  @Shown.text({ nullable: true })
  readonly setBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly setAt!: string | null;
}

export class CapacityRequest {
  @Whole({ nullable: true, max: 10_000_000, description: 'Most open cases; null: no limit' })
  maxOpenCases!: number | null;
}

export class CapacityView {
  @Shown.text()
  readonly agencyId!: string;

  @Shown.text()
  readonly name!: string;

  @Shown.whole()
  readonly openCases!: number;

  @Shown.whole({ description: 'Cases that wait to go to it' })
  readonly waiting!: number;

  @Shown.whole({ nullable: true })
  readonly maxOpenCases!: number | null;
}

export class CapacityListView {
  @Shown.list(() => CapacityView)
  readonly items!: readonly CapacityView[];
}
