import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { inTransaction } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import type { CaseEntrustmentView, ProposalListRequest, ProposalView } from './entrustment.dto.ts';
import { EntrustmentStore } from './entrustment.store.ts';
import { toLedgerView, toProposalView } from './entrustment.view.ts';
import { EntrustmentViewStore } from './entrustment-view.store.ts';

/** Who has had a case, and who is to have it. */
@Injectable()
export class EntrustmentViewService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(EntrustmentStore) private readonly store: EntrustmentStore,
    @Inject(EntrustmentViewStore) private readonly views: EntrustmentViewStore,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Refuses with NOT_FOUND, also for another agency's case. */
  async ofCase(principal: Principal, caseId: string): Promise<CaseEntrustmentView> {
    const { institutionId, agencyId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const [one] = await this.store.lockCases(tx, institutionId, [caseId], agencyId);
      if (!one) throw new Refusal(NOT_FOUND, { detail: 'There is no such case here.' });
      const history = await this.views.history(tx, one.id, agencyId);
      // Where a case is to go is not the concern of the agency that has it.
      const last = agencyId === null ? await this.views.lastProposal(tx, one.id) : null;
      const shown = last !== null && ['awaiting-notice', 'awaiting-time', 'refused'].includes(last.state) ? last : null;
      return {
        caseId: one.caseId,
        agencyId: one.agencyId,
        proposal: shown && toProposalView(shown, this.vault),
        history: history.map((record) => toLedgerView(record, this.vault)),
      };
    });
  }

  /** Cases that wait for an agency. Refuses with INVALID for a cursor that is not ours. */
  async pending(principal: Principal, { agencyId, limit = 50, cursor }: ProposalListRequest): Promise<Page<ProposalView>> {
    const after = decodeCursor(cursor, isUuid);
    const { institutionId } = principal;
    if (principal.agencyId !== null) return { items: [], nextCursor: null };
    return inTransaction(this.database, principal, async (tx) => {
      const records = await this.views.pending(tx, { institutionId, agencyId: agencyId ?? null, after, limit });
      return toPage(
        records,
        limit,
        ({ id }) => id,
        (record) => toProposalView(record, this.vault),
      );
    });
  }
}
