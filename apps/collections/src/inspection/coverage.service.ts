import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { addDays, dayEnd, daysBetween, later, localDay } from '../oversight/local-days.ts';
import { OversightDesk } from '../oversight/oversight.desk.ts';
import { bankOnly, invalid } from '../oversight/oversight.refusals.ts';
import { SettingService } from '../oversight/setting.service.ts';
import { ChecklistService } from './checklist.service.ts';
import type { InspectionKind } from './checklist.ts';
import type { AgencyCoverage, CoverageView, InspectionPlanRequest } from './inspection.dto.ts';
import { InspectionStore, type CoverageRecord, type NewInspection } from './inspection.store.ts';
import { PlanNotes } from './plan-notes.ts';

// Time to get ready for the first, and none in the last days of the year.
const READY_DAYS = 14;
const LAST_DAY = '12-15';

/** Whether every agency is inspected in a year, and the plan that sees to it. */
@Injectable()
export class CoverageService {
  constructor(
    @Inject(OversightDesk) private readonly oversight: OversightDesk,
    @Inject(InspectionStore) private readonly store: InspectionStore,
    @Inject(SettingService) private readonly settings: SettingService,
    @Inject(ChecklistService) private readonly checklists: ChecklistService,
    @Inject(PlanNotes) private readonly notes: PlanNotes,
  ) {}

  async coverage(principal: Principal, year?: number): Promise<CoverageView> {
    bankOnly(principal);
    return this.oversight.read(principal, async (tx) => this.view(tx, principal, year ?? yearOf(await this.oversight.today(tx))));
  }

  /** Plans what every active agency misses, evenly over the working days that are left. Refuses with FORBIDDEN, INVALID, IDEMPOTENCY_KEY_REUSED. */
  async planYear(principal: Principal, request: InspectionPlanRequest, idempotency: IdempotentRequest | null): Promise<CoverageView> {
    bankOnly(principal);
    const { institutionId, subject } = principal;
    const { year, kinds, inspector = subject } = request;
    const work = async (tx: Tx): Promise<string> => {
      await this.oversight.lockPlan(tx, institutionId);
      const at = await this.oversight.now(tx);
      const { onSitePerYear } = await this.settings.inForce(tx, institutionId);
      const needed: Readonly<Record<InspectionKind, number>> = { 'on-site': onSitePerYear, 'off-site': 1 };
      const missing = (await this.store.coverage(tx, institutionId, year))
        .filter(({ status }) => status === 'active')
        .flatMap((agency) =>
          kinds.flatMap((kind) =>
            Array.from({ length: Math.max(0, needed[kind] - countOf(agency, kind)) }, () => ({ agencyId: agency.agencyId, kind })),
          ),
        );
      const days = spread(missing.length, localDay(at), year);
      const made: NewInspection[] = [];
      for (const [index, one] of missing.entries()) {
        const { version: checklistVersion } = await this.checklists.inForce(tx, institutionId, one.kind);
        made.push({ ...one, inspector, checklistVersion, plannedOn: days[index] ?? '' });
      }
      const ids = await this.store.add(tx, institutionId, made, { subject, at });
      const planned = made.map((one, index) => ({ ...one, id: ids[index] ?? '' }));
      await this.notes.planned(tx, principal, planned, at);
      return String(year);
    };
    return this.oversight.write(principal, idempotency, work, (tx) => this.view(tx, principal, year));
  }

  /** For the clock: tells people of active agencies that nobody plans to visit this year. */
  async tellMissing(tx: Tx, principal: Principal): Promise<void> {
    const { institutionId } = principal;
    const at = await this.oversight.now(tx);
    const today = localDay(at);
    const year = yearOf(today);
    const { onSitePerYear } = await this.settings.inForce(tx, institutionId);
    const missing = (await this.store.coverage(tx, institutionId, year)).filter(
      (agency) => agency.status === 'active' && countOf(agency, 'on-site') < onSitePerYear,
    );
    // By the end of March, or within a month when that is later; in December by the end of the year.
    const by = [later(`${year}-03-31`, addDays(today, 30)), `${year}-12-31`].toSorted()[0] ?? today;
    await this.notes.missing(
      tx,
      institutionId,
      missing.map(({ agencyId }) => agencyId),
      { year, dueAt: dayEnd(by), at },
    );
  }

  private async view(tx: Tx, { institutionId }: Principal, year: number): Promise<CoverageView> {
    const { onSitePerYear } = await this.settings.inForce(tx, institutionId);
    const records = await this.store.coverage(tx, institutionId, year);
    return { year, items: records.map((record) => toCoverage(record, onSitePerYear)) };
  }
}

const yearOf = (day: string): number => Number(day.slice(0, 4));

const countOf = (agency: CoverageRecord, kind: InspectionKind): number =>
  kind === 'on-site' ? agency.onSiteDone + agency.onSitePlanned : agency.offSiteDone + agency.offSitePlanned;

const isWorkday = (day: string): boolean => ![0, 6].includes(new Date(day).getUTCDay());

/** So many days of the year that are left, evenly, on weekdays. Refuses with INVALID when the year is over. */
function spread(count: number, today: string, year: number): string[] {
  const last = later(`${year}-${LAST_DAY}`, today);
  if (yearOf(today) > year) throw invalid('/year', 'is over');
  const ready = addDays(today, READY_DAYS);
  const first = ready <= last ? later(`${year}-01-04`, ready) : today;
  const length = Math.max(0, daysBetween(first, last));
  return Array.from({ length: count }, (_, index) => {
    const day = addDays(first, Math.floor((length * (index + 1)) / (count + 1)));
    return [0, 1, 2].map((more) => addDays(day, more)).find(isWorkday) ?? day;
  });
}

const toCoverage = (record: CoverageRecord, onSiteNeeded: number): AgencyCoverage => ({
  agencyId: record.agencyId,
  name: record.name,
  onSiteNeeded,
  onSiteDone: record.onSiteDone,
  onSitePlanned: record.onSitePlanned,
  offSiteDone: record.offSiteDone,
  offSitePlanned: record.offSitePlanned,
  missing: record.status === 'active' ? Math.max(0, onSiteNeeded - record.onSiteDone - record.onSitePlanned) : 0,
  nextOn: record.nextOn,
  lastOn: record.lastOn,
});
