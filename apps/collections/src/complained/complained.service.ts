import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { inTransaction } from '#pg';
import { CaseService } from '../case/case.service.ts';
import { dayStart } from '../oversight/local-days.ts';
import type { CaseComplaints, CauseCounts, CauseListRequest } from './complained.dto.ts';
import { ComplainedStore } from './complained.store.ts';

/** What the complaints desk has told us: of a case, and of what caused complaints. */
@Injectable()
export class ComplainedService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CaseService) private readonly cases: CaseService,
    @Inject(ComplainedStore) private readonly store: ComplainedStore,
  ) {}

  /** Refuses with NOT_FOUND, also for a case of another agency. */
  ofCase(principal: Principal, id: string): Promise<CaseComplaints> {
    return inTransaction(this.database, principal, async (tx) => {
      const { caseUuid, timeZone } = await this.cases.place(tx, principal, id);
      const zone = Zone.of(timeZone);
      const instant = (at: Date | null): string | null => at && zone.format(at.getTime());
      const found = await this.store.ofCase(tx, principal.institutionId, caseUuid);
      return {
        items: found.map(
          ({ complaintId, number, receivedAt, closedAt, outcome, heldSince, heldUntil, agencyId, collectorId, channel, onePoint }) => ({
            complaintId,
            number,
            receivedAt: zone.format(receivedAt.getTime()),
            closedAt: instant(closedAt),
            outcome,
            heldSince: instant(heldSince),
            heldUntil: instant(heldUntil),
            scope: heldSince === null ? null : { agencyId, collectorId, channel, onePoint },
          }),
        ),
      };
    });
  }

  causes(principal: Principal, { kind, agencyId, from }: CauseListRequest): Promise<CauseCounts> {
    const zone = Zone.of(DEFAULT_TIME_ZONE);
    const filter = { kind: kind ?? null, agencyId: principal.agencyId ?? (agencyId || null), from: from ? dayStart(from) : null };
    return inTransaction(this.database, principal, async (tx) => ({
      items: (await this.store.causes(tx, principal.institutionId, filter)).map((one) => ({
        kind: one.kind,
        target: one.target,
        targetVersion: one.targetVersion,
        agencyId: one.agencyId,
        complaints: one.complaints,
        upheld: one.upheld,
        lastConfirmedAt: zone.format(one.lastConfirmedAt.getTime()),
        numbers: one.numbers,
      })),
    }));
  }
}
