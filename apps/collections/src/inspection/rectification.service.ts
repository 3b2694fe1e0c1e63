import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { localDay } from '../oversight/local-days.ts';
import { OversightDesk } from '../oversight/oversight.desk.ts';
import { bankOnly, invalid } from '../oversight/oversight.refusals.ts';
import { SuspensionService } from '../oversight/suspension.service.ts';
import type { InspectionFindingListRequest, FindingView, VerificationRequest } from './finding.dto.ts';
import { FindingNotes, findingResource } from './finding-notes.ts';
import { FindingStore, type LateFinding } from './finding.store.ts';
import type { Severity } from '../oversight/setting.ts';
import { InspectionDesk, REPORT, VERDICT_NOTE } from './inspection.desk.ts';
import { NOT_OPEN, NOT_REPLIED, OWN_REPORT } from './inspection.refusals.ts';

const DEFAULT_LIMIT = 50;

/** What an agency does about findings, and whether the bank takes it. */
@Injectable()
export class RectificationService {
  constructor(
    @Inject(OversightDesk) private readonly oversight: OversightDesk,
    @Inject(InspectionDesk) private readonly desk: InspectionDesk,
    @Inject(FindingStore) private readonly store: FindingStore,
    @Inject(FindingNotes) private readonly notes: FindingNotes,
    @Inject(SuspensionService) private readonly suspensions: SuspensionService,
  ) {}

  /** An agency finds its own alone, and none before the inspection is done. Refuses with INVALID for a cursor that is not ours. */
  list(principal: Principal, request: InspectionFindingListRequest): Promise<Page<FindingView>> {
    const { institutionId, agencyId: own } = principal;
    const { agencyId = null, state = null, limit = DEFAULT_LIMIT } = request;
    const after = decodeCursor(request.cursor, isUuid);
    return this.oversight.read(principal, async (tx) => {
      const records = await this.store.list(tx, { institutionId, own, agencyId, state, after, limit });
      const page = toPage(
        records,
        limit,
        ({ id }) => id,
        (record) => record,
      );
      return {
        ...page,
        items: await this.desk.findingViews(
          tx,
          page.items,
          await this.store.filesOf(
            tx,
            page.items.map(({ id }) => id),
          ),
        ),
      };
    });
  }

  find(principal: Principal, id: string): Promise<FindingView> {
    return this.oversight.read(principal, (tx) => this.desk.findingView(tx, principal, id));
  }

  /** What was done about it; by the agency, or by the bank for it. Refuses with NOT_FOUND, NOT_OPEN, IDEMPOTENCY_KEY_REUSED. */
  report(principal: Principal, id: string, report: string, idempotency: IdempotentRequest | null): Promise<FindingView> {
    const { institutionId, subject: reportedBy } = principal;
    const work = async (tx: Tx): Promise<string> => {
      const finding = await this.desk.finding(tx, principal, id, { lock: true });
      if (finding.state !== 'open') throw new Refusal(NOT_OPEN, { detail: `It is ${finding.state}.` });
      const reportedAt = await this.oversight.now(tx);
      await this.store.addReport(tx, institutionId, {
        finding: id,
        reportSealed: this.oversight.seal(report, REPORT),
        reportedBy,
        reportedAt,
      });
      await this.notes.reported(tx, principal, finding, reportedAt);
      return id;
    };
    return this.oversight.write(principal, idempotency, work, (tx) => this.desk.findingView(tx, principal, id));
  }

  /** Takes the report, or sends it back. Refuses with FORBIDDEN for the agency, OWN_REPORT, NOT_FOUND, NOT_REPLIED, INVALID, IDEMPOTENCY_KEY_REUSED. */
  async judge(principal: Principal, id: string, request: VerificationRequest, idempotency: IdempotentRequest | null): Promise<FindingView> {
    bankOnly(principal);
    const { verdict, note } = request;
    const work = async (tx: Tx): Promise<string> => {
      const { agencyId } = await this.desk.finding(tx, principal, id);
      await this.oversight.lockAgency(tx, principal, agencyId);
      const finding = await this.desk.finding(tx, principal, id, { lock: true });
      const waiting = await this.store.waiting(tx, id);
      if (finding.state !== 'replied' || waiting === null) throw new Refusal(NOT_REPLIED, { detail: `It is ${finding.state}.` });
      if (waiting.reportedBy === principal.subject) throw new Refusal(OWN_REPORT, { detail: 'Ask a colleague to judge it.' });
      const at = await this.oversight.now(tx);
      const dueOn = request.dueOn ?? finding.dueOn;
      if (request.dueOn && verdict === 'accepted') throw invalid('/dueOn', 'is for a report that is rejected');
      if (request.dueOn && dueOn < localDay(at)) throw invalid('/dueOn', 'has passed: give today or a later day');
      const noteSealed = this.oversight.seal(note, VERDICT_NOTE);
      await this.store.judge(tx, waiting, { verdict, noteSealed, by: principal.subject, at, dueOn });
      await this.notes.judged(tx, principal, { ...finding, dueOn }, { verdict, at });
      const resource = findingResource(id);
      if (verdict === 'accepted')
        await this.suspensions.lift(tx, principal, {
          agencyId,
          cause: 'rectification-overdue',
          resource,
          reason: `${resource} is rectified`,
        });
      return id;
    };
    return this.oversight.write(principal, idempotency, work, (tx) => this.desk.findingView(tx, principal, id));
  }

  /** For the clock: of every institution, what should have been reported before this local day. */
  late(tx: Tx, day: string): Promise<LateFinding[]> {
    return this.store.late(tx, day);
  }

  /** For the clock, under the agency's lock: tells people that it is late; null when it is not any more. */
  async stillLate(
    tx: Tx,
    principal: Principal,
    id: string,
    at: Date,
  ): Promise<{ readonly severity: Severity; readonly dueOn: string; readonly resource: string } | null> {
    const finding = await this.desk.finding(tx, principal, id, { lock: true });
    if (finding.state !== 'open' || finding.dueOn >= localDay(at)) return null;
    await this.notes.late(tx, principal.institutionId, finding, at);
    const { severity, dueOn } = finding;
    return { severity, dueOn, resource: findingResource(id) };
  }
}
