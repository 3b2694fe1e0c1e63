import type { MailPort } from '#sending';
import {
  Carrier,
  DeliveryRunner,
  DeliveryService,
  DeliverySource,
  DeliveryStore,
  LifeService,
  LifeStore,
  ReportRunner,
  ReportSchedule,
  ReportService,
  ReportStore,
  ScheduleRunner,
  ScheduleService,
  ScheduleStore,
  TargetStore,
  type ReportKind,
} from '#reports';
import { ComplianceReport } from '../src/report/compliance.report.ts';
import { PolicyService } from '../src/policy/policy.service.ts';
import { OversightRowsStore } from '../src/report/oversight-rows.store.ts';
import { ReportRowsStore } from '../src/report/report-rows.store.ts';
import { BANK, principal, Stage } from './stage.ts';

export const KIND = 'collections-compliance';
export const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };
export const manager = principal('collections-manager');

export const complianceReport = (): ComplianceReport =>
  new ComplianceReport(new ReportRowsStore(), new OversightRowsStore(), new PolicyService());

const OURS = new Map<string, ReportKind>([[KIND, complianceReport()]]);

/** The report room on a stage with decisions around the edges of October. */
export class ReportRoom {
  readonly store = new ReportStore();
  readonly service: ReportService;
  readonly runner: ReportRunner;
  readonly schedule: ReportSchedule;
  readonly life: LifeService;
  readonly schedules: ScheduleService;
  readonly scheduleRunner: ScheduleRunner;
  readonly deliveries: DeliveryService;
  readonly deliveryRunner: DeliveryRunner;
  /** What would be mailed. */
  mail: MailPort = { send: () => Promise.reject(new Error('no mail server here')) };

  private constructor(
    readonly stage: Stage,
    kinds: ReadonlyMap<string, ReportKind>,
  ) {
    const { source, clock, vault, uploads } = stage;
    const [targets, deliveries, schedules] = [new TargetStore(), new DeliveryStore(), new ScheduleStore()];
    this.life = new LifeService(source, clock, new LifeStore(), this.store, deliveries);
    this.schedules = new ScheduleService(source, clock, schedules, kinds);
    this.scheduleRunner = new ScheduleRunner(source, clock, schedules);
    this.deliveries = new DeliveryService(source, clock, targets, deliveries, vault);
    const carrier = new Carrier(clock, vault, { send: (message) => this.mail.send(message) });
    this.deliveryRunner = new DeliveryRunner(source, clock, deliveries, carrier, new DeliverySource(this.store, uploads, kinds));
    this.service = new ReportService(stage.source, this.store, stage.uploads, kinds);
    this.runner = new ReportRunner(stage.source, stage.clock, this.store, stage.uploads, kinds);
    this.schedule = new ReportSchedule(stage.source, stage.clock, this.store, kinds);
  }

  static async open(kinds: ReadonlyMap<string, ReportKind> = OURS): Promise<ReportRoom> {
    const stage = await Stage.open();
    await decideSome(stage);
    return new ReportRoom(stage, kinds);
  }

  /** On a stage on which nothing has happened. */
  static async bare(kinds: ReadonlyMap<string, ReportKind> = OURS): Promise<ReportRoom> {
    return new ReportRoom(await Stage.open(), kinds);
  }

  /** A report that is made. */
  async made(more: object = {}, by = manager): Promise<string> {
    const { id } = await this.ask(more, by);
    await this.runner.run(BANK, id);
    return id;
  }

  /** A report that compliance has signed. */
  async signed(more: object = {}): Promise<string> {
    const id = await this.made(more);
    await this.life.signOff(principal('compliance'), id, null);
    return id;
  }

  ask(more: object = {}, by = manager) {
    return this.service.create(by, { kind: KIND, period: OCTOBER, formats: ['json'], ...more }, null);
  }

  async content(id: string, name: string): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of (await this.service.file(manager, id, name)).open()) parts.push(part);
    return Buffer.concat(parts);
  }
}

/** Contacts around the edges of October, by the bank and two agencies, at night and too often. */
async function decideSome(stage: Stage): Promise<void> {
  await stage.addCases([
    { caseId: 'C1', debtorId: 'D1', contactPoint: '+8613800000001' },
    { caseId: 'C2', debtorId: 'D2', contactPoint: '+8613800000002', agencyId: '=a1' },
    { caseId: 'C3', debtorId: 'D3', contactPoint: '+8613800000003', agencyId: 'a2', timeZone: 'Asia/Urumqi' },
  ]);
  await stage.addAgencies(['=a1', 'a2']);
  const agency = (agencyId: string) => principal('agent', { agencyId });
  const ask = async (at: string, caseId: string, by = manager) => {
    stage.now = at;
    return stage.ask(caseId, {}, by);
  };
  await ask('2026-09-30T23:59:59.999+08:00', 'C1');
  await ask('2026-10-01T00:00:00+08:00', 'C1');
  await ask('2026-10-31T23:59:59.999+08:00', 'C1');
  await ask('2026-11-01T00:00:00+08:00', 'C1');
  for (let minute = 10; minute < 16; minute += 1) await ask(`2026-10-12T10:${minute}:00+08:00`, 'C2', agency('=a1'));
  // Two hours behind: its evening is quiet later.
  await ask('2026-10-12T22:30:00+08:00', 'C3', agency('a2'));
  const permitted = await ask('2026-10-13T15:00:00+08:00', 'C3', agency('a2'));
  stage.now = '2026-10-13T15:10:00+08:00';
  const said = { result: 'conversation', startedAt: '2026-10-13T15:01:00+08:00', endedAt: '2026-10-13T15:09:00+08:00' } as const;
  await stage.outcomes.record(principal('agent'), permitted.id, said, 'en');
  await lookBack(stage, '2026-10-20T12:00:00+08:00');
  await lookBack(stage, '2026-11-02T12:00:00+08:00');
  stage.now = '2026-11-01T00:10:00+08:00';
}

async function lookBack(stage: Stage, finishedAt: string): Promise<void> {
  await stage.sql(
    `with audited as (insert into lookback (institution_id, policy, upload_bytes, file_name, state, finished_at, requested_by)
       values ($1, '{}', 0, 'log.csv', 'done', $2, 'x') returning id)
     insert into lookback_finding select $1, id, n, json_build_object('attemptId', 'A' || n, 'ruleId', case when n % 2 = 0 then 'burst' else 'quiet-hours' end,
       'severity', 'block', 'pack', 'cn-card') from audited, generate_series(1, 5) as n`,
    [BANK, finishedAt],
  );
}
