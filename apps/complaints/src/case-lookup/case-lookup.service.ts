import { Inject, Injectable } from '@nestjs/common';
import { PeerFailure } from '#peers';
import type { CaseLookupAnswer, LookedUpCase } from './case-lookup.dto.ts';
import { CollectionsPeer } from './collections.peer.ts';

/** By what a case is looked for; one of them at least. */
export interface CaseKeys {
  readonly idNumber?: string | null | undefined;
  readonly contact?: string | null | undefined;
  readonly account?: string | null | undefined;
}

/** Why somebody looks, as collections notes it. */
export interface LookupReason {
  readonly institutionId: string;
  readonly by: string;
  /** The number of the complaint, or `intake` before it has one. */
  readonly purpose: string;
}

/** Cases that collections has of a complainant, so that nobody is asked for what the bank holds. Never throws for collections being away. */
@Injectable()
export class CaseLookup {
  constructor(@Inject(CollectionsPeer) private readonly peer: CollectionsPeer) {}

  /** Not in a transaction: another service answers. */
  async find({ institutionId, by, purpose }: LookupReason, keys: CaseKeys): Promise<CaseLookupAnswer> {
    const { idNumber = null, contact = null, account = null } = keys;
    if (!idNumber && !contact && !account) return { state: 'answered', items: [] };
    try {
      const question = { by, purpose, idNumber: idNumber || null, contact: contact || null, account: account || null };
      const answer = (await this.peer.ask('/internal/case-lookups', institutionId, question)) as { items?: unknown };
      if (!Array.isArray(answer.items)) throw new PeerFailure('unreadable');
      return { state: 'answered', items: answer.items.map(toCase) };
    } catch (error) {
      if (!(error instanceof PeerFailure)) throw error;
      return { state: error.code === 'not-configured' ? 'not-configured' : 'unreachable', items: [] };
    }
  }
}

/** Field by field: it comes from another service. */
function toCase(value: unknown): LookedUpCase {
  const given = value as LookedUpCase;
  return {
    caseId: given.caseId,
    debtId: given.debtId,
    debtorId: given.debtorId,
    debtorName: given.debtorName,
    product: given.product,
    state: given.state,
    balance: { amount: given.balance.amount, currency: given.balance.currency },
    overdueSince: given.overdueSince,
    agencyId: given.agencyId,
    agencyName: given.agencyName,
    matchedBy: given.matchedBy,
  };
}
