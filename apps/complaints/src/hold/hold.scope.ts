import type { Aim } from './about-collection.ts';

export interface HeldComplaint extends Aim {
  readonly id: string;
  readonly number: string;
  readonly holdVersion: number;
  readonly registeredAt: Date;
}

/** Which contacts a hold stops. None of the four: all contact about the account. */
export interface HoldScope {
  readonly agencyId: string | null;
  readonly collectorId: string | null;
  readonly channel: string | null;
  readonly contactPoint: string | null;
}

/** What somebody chose instead of what the complaint says. */
export interface HoldChoice extends HoldScope {
  readonly scope: HoldScopeKind;
  readonly account: string | null;
  readonly reasonSealed: Buffer;
  readonly chosenBy: string;
  readonly chosenAt: Date;
}

export const HOLD_SCOPES = ['account', 'agency', 'collector', 'channel', 'contact-point', 'none'] as const;
export type HoldScopeKind = (typeof HOLD_SCOPES)[number];
