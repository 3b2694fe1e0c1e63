// Loads the demo institution through the product's own import: agencies with their staff, 2,000 cases and 30 days of contact log that end yesterday.
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '#pg';
import { stopWithParent } from '#process';
import { createLogger, NestPinoLogger } from '#telemetry';
import { SendingModule } from '#sending';
import { GroundModule } from '#service';
import { ImportRunner, ImportStore } from '#imports';
import { UploadService } from '#uploads';
import { loadConfig } from '../apps/collections/src/config.ts';
import { DeliveryModule } from '../apps/collections/src/delivery/delivery.module.ts';
import { ReminderModule } from '../apps/collections/src/reminder/reminder.module.ts';
import { importModule } from '../apps/collections/src/import/import.module.ts';
import { EvaluationModule } from '../apps/collections/src/evaluation/evaluation.module.ts';
import { InspectionModule } from '../apps/collections/src/inspection/inspection.module.ts';
import { SanctionModule } from '../apps/collections/src/sanction/sanction.module.ts';
import { AllocationModule } from '../apps/collections/src/allocation/allocation.module.ts';
import { DeviceModule } from '../apps/collections/src/agency-device/device.module.ts';
import { EntrustmentModule } from '../apps/collections/src/entrustment/entrustment.module.ts';
import { ObjectionModule } from '../apps/collections/src/objection/objection.module.ts';
import { QualityModule } from '../apps/collections/src/quality/quality.module.ts';
import { StepModule } from '../apps/collections/src/agency-step/step.module.ts';
import { TrainingModule } from '../apps/collections/src/agency-training/training.module.ts';
import { MessageModule } from '../apps/collections/src/message/message.module.ts';
import { MessageService } from '../apps/collections/src/message/message.service.ts';
import { NoteModule } from '../apps/collections/src/note/note.module.ts';
import { RecordingModule } from '../apps/collections/src/recording/recording.module.ts';
import { ScriptModule } from '../apps/collections/src/script/script.module.ts';
import { OutcomeModule } from '../apps/collections/src/outcome/outcome.module.ts';
import { PaymentModule } from '../apps/collections/src/payment/payment.module.ts';
import { VisitModule } from '../apps/collections/src/visit/visit.module.ts';
import { WorklistModule } from '../apps/collections/src/worklist/worklist.module.ts';
import { packOf } from '../apps/collections/src/policy/content.ts';
import { holdGates } from '../apps/collections/src/gates.ts';
import { PolicyStore } from '../apps/collections/src/policy/policy.store.ts';
import { uploadModule } from '../apps/collections/src/uploads.ts';
import type { MadeKind } from './make-data.ts';
import {
  agencyColumns,
  caseColumns,
  contactLogColumns,
  contactLogLine,
  csvLine,
  institutionId,
  makeAgencies,
  makeCases,
  makeContactLog,
  makeStaff,
  staffColumns,
  type ContactLogRow,
} from './make-data/index.ts';
import { seedAgencies } from './seed-agencies.ts';
import { seedPortfolio } from './seed-portfolio.ts';
import { seedQuality } from './seed-quality.ts';
import { seedGovernance } from './seed-governance.ts';
import { seedMessages } from './seed-messages.ts';
import { seedTemplates } from './seed-templates.ts';
import { seedCollector } from './seed-collector.ts';
import { SeedClock } from './seed-clock.ts';
import { seedPlans } from './seed-plans.ts';
import { seedVisits } from './seed-visits.ts';

const SEED = 20_260_130;
const CASES = 2000;
const DAYS = 30;
const ROWS = 36_000;
const PIECE_LENGTH = 64 * 1024;
const DAY_MS = 86_400_000;

@Module({})
class SeedModule {}

function* csv<Row extends object>(
  columns: readonly (keyof Row & string)[],
  rows: Iterable<Row>,
  lineOf: (row: Row) => string,
): Generator<string> {
  yield `${columns.join(',')}\n`;
  for (const row of rows) yield `${lineOf(row)}\n`;
}

function* contacts(until: string): Generator<ContactLogRow> {
  for (const { row } of makeContactLog({ seed: SEED, rows: ROWS, days: DAYS, until, cases: CASES })) yield row;
}

stopWithParent();
const config = loadConfig(process.env);
const clock = new SeedClock();
const logger = createLogger('seed', config.logLevel);
const app = await NestFactory.createApplicationContext(
  {
    module: SeedModule,
    imports: [
      GroundModule.with(config, 'seed', clock),
      SendingModule,
      importModule,
      uploadModule,
      InspectionModule,
      EvaluationModule,
      SanctionModule,
      MessageModule,
      DeliveryModule,
      ReminderModule,
      NoteModule,
      RecordingModule,
      ScriptModule,
      WorklistModule,
      StepModule,
      DeviceModule,
      TrainingModule,
      EntrustmentModule,
      AllocationModule,
      ObjectionModule,
      QualityModule,
      PaymentModule,
      OutcomeModule,
      VisitModule,
    ],
  },
  { logger: new NestPinoLogger(logger), abortOnError: false },
);
const database = app.get(DataSource);
const uploads = app.get(UploadService, { strict: false });
const imports = app.get(ImportStore, { strict: false });
const runner = app.get(ImportRunner, { strict: false });

function* pieces(lines: Iterable<string>): Generator<Buffer> {
  let waiting = '';
  for (const line of lines) {
    waiting += line;
    if (waiting.length < PIECE_LENGTH) continue;
    yield Buffer.from(waiting);
    waiting = '';
  }
  yield Buffer.from(waiting);
}

async function load(kind: MadeKind, lines: Iterable<string>): Promise<void> {
  const upload = await uploads.keep(institutionId, `demo-${kind}.csv`, pieces(lines));
  const record = await inTransaction(database, { institutionId }, async (tx) => {
    await uploads.finish(tx, upload);
    return imports.create(tx, {
      institutionId,
      kind,
      upload: upload.id,
      uploadBytes: upload.bytes,
      agencyId: null,
      fileName: `demo-${kind}.csv`,
      requestedBy: 'seed',
    });
  });
  await runner.run(institutionId, record.id);
  const done = await inTransaction(database, { institutionId }, (tx) => imports.find(tx, institutionId, record.id));
  if (done?.state !== 'done' || done.rejected > 0)
    throw new Error(`the demo's ${kind} were not taken whole: ${JSON.stringify(done?.failure ?? done?.rejected)}`);
  logger.info({ kind, rows: done.rowsDone, inserted: done.inserted }, 'seeded');
}

// What an import cannot bring: a plan that is kept, an objection, a consent to evening calls. Cases that the generator always makes.
const EXTRAS = `
  insert into hold (institution_id, debtor, kind, from_at)
    select c.institution_id, c.debtor, v.kind, clock_timestamp() - interval '10 days'
    from (values ('C000011', 'plan-active'), ('C000012', 'objection-open')) as v(case_id, kind) join collection_case c on c.case_id = v.case_id
    where not exists (select from hold h where h.debtor = c.debtor and h.kind = v.kind);
  insert into consent (institution_id, party, kind, channels, from_time, to_time, given_at, evidence)
    select p.institution_id, p.id, 'out-of-hours', '{voice}', '22:00', '23:00', clock_timestamp() - interval '20 days', '录音 recording 2026-001'
    from party p join collection_case c on c.id = p.collection_case where c.case_id = 'C000013' and p.role = 'debtor'
    and not exists (select from consent s where s.party = p.id);
  insert into opt_out (institution_id, debtor, party_id, channel, at, evidence)
    select c.institution_id, c.debtor, p.party_id, v.channel, clock_timestamp() - interval '5 days', '来电要求 call 2026-002'
    from collection_case c join party p on p.collection_case = c.id and p.role = 'debtor', (values ('voice'), ('sms')) as v(channel) where c.case_id = 'C000015'
    and not exists (select from opt_out o where o.debtor = c.debtor);`;

/** The first version of the demo's policy, as if it had always been in force: the log lies in the past. */
async function firstVersion(tx: Tx): Promise<void> {
  const store = new PolicyStore();
  await holdGates(tx, institutionId);
  if ((await store.find(tx, institutionId, 1)) !== null) return;
  const content = { packs: [{ pack: 'cn-card', version: packOf('cn-card').version }], adjust: {}, rules: [] };
  const since = new Date(0);
  const said = { note: '演示机构的起始规则 The demo begins with the pack as published', author: 'seed', approvedBy: 'seed' };
  await store.append(tx, {
    institutionId,
    product: '',
    content,
    effectiveFrom: since,
    ...said,
    approvedAt: since,
    draftId: null,
  });
}

try {
  // The day in China, where the demo institution is.
  const yesterday = new Date(Date.now() + 8 * 3_600_000 - DAY_MS).toISOString().slice(0, 10);
  const made = { seed: SEED, until: yesterday };
  await load(
    'agencies',
    csv(agencyColumns, makeAgencies(made), (row) => csvLine(agencyColumns, row)),
  );
  await load(
    'agency-staff',
    csv(staffColumns, makeStaff(made), (row) => csvLine(staffColumns, row)),
  );
  await load(
    'cases',
    csv(caseColumns, makeCases({ ...made, cases: CASES }), (row) => csvLine(caseColumns, row)),
  );
  await load('contact-log', csv(contactLogColumns, contacts(yesterday), contactLogLine));
  await inTransaction(database, { institutionId }, async (tx) => {
    await tx.client.query(EXTRAS);
    await firstVersion(tx);
  });
  logger.info({ kind: 'templates', inserted: await seedTemplates(app.get(MessageService, { strict: false })) }, 'seeded');
  logger.info({ kind: 'agency profiles', inserted: await seedAgencies(app) }, 'seeded');
  logger.info({ kind: 'moves', inserted: await seedPortfolio(app) }, 'seeded');
  logger.info({ kind: 'reviews', inserted: await seedQuality(app) }, 'seeded');
  logger.info({ kind: 'inspections', inserted: await seedGovernance(app) }, 'seeded');
  logger.info({ kind: 'repayment', cases: await seedPlans(app, clock) }, 'seeded');
  await seedVisits(app, clock);
  await seedCollector(app);
  logger.info({ kind: 'messages', inserted: await seedMessages(app) }, 'seeded');
  await uploads.sweep();
} finally {
  await app.close();
}
process.exit(0);
