// Loads 200 complaints of the demo institution at every stage through the complaints service's own registration.
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import type { ClockEvent } from '#clock-rules';
import { DEFAULT_TIME_ZONE } from '#contact-rules';
import { inTransaction } from '#pg';
import { stopWithParent } from '#process';
import { SendingModule } from '#sending';
import { GroundModule } from '#service';
import { createLogger, NestPinoLogger } from '#telemetry';
import { Vault } from '#vault';
import { AssignmentModule } from '../apps/complaints/src/assignment/assignment.module.ts';
import { ComplaintModule } from '../apps/complaints/src/complaint/complaint.module.ts';
import { RegistrationService, type PastEvent, type Registration } from '../apps/complaints/src/complaint/registration.service.ts';
import { loadConfig } from '../apps/complaints/src/config.ts';
import { DecisionModule } from '../apps/complaints/src/decision/decision.module.ts';
import { SurgeModule } from '../apps/complaints/src/surge/surge.module.ts';
import { DuplicateModule } from '../apps/complaints/src/duplicate/duplicate.module.ts';
import { ReceiptModule } from '../apps/complaints/src/receipt/receipt.module.ts';
import { TellingModule } from '../apps/complaints/src/telling/telling.module.ts';
import { NoteModule } from '../apps/complaints/src/note/note.module.ts';
import { StageModule } from '../apps/complaints/src/stage/stage.module.ts';
import { WorkModule } from '../apps/complaints/src/work/work.module.ts';
import { BadFaithModule } from '../apps/complaints/src/bad-faith/bad-faith.module.ts';
import { ClassificationModule } from '../apps/complaints/src/classification/classification.module.ts';
import { BulkModule } from '../apps/complaints/src/bulk/bulk.module.ts';
import { ForecastModule } from '../apps/complaints/src/forecast/forecast.module.ts';
import { SavedFilterModule } from '../apps/complaints/src/saved-filter/saved-filter.module.ts';
import { MailboxModule } from '../apps/complaints/src/mailbox/mailbox.module.ts';
import { PublicModule } from '../apps/complaints/src/public/public.module.ts';
import { TagModule } from '../apps/complaints/src/tag/tag.module.ts';
import { CalendarModule } from '../apps/complaints/src/calendar/calendar.module.ts';
import { seedClock } from './seed-desk-clock.ts';
import { seedSupervision } from './seed-desk-supervision.ts';
import { seedDecision } from './seed-desk-decision.ts';
import { seedHandling } from './seed-desk-handling.ts';
import { seedSorting } from './seed-desk-sorting.ts';
import { seedPublic } from './seed-desk-public.ts';
import { seedMajor } from './seed-desk-major.ts';
import { seedIntake } from './seed-desk-intake.ts';
import { COMPLAINTS_SEED, institutionId, makeComplaints, type MadeComplaint, type MadeEvent } from './make-data/index.ts';

const HANDLER = 'demo-desk';
const SUPERVISOR = 'demo-supervisor';
// Somebody writes down what happened a little later.
const WRITTEN_MS = 5 * 60_000;

@Module({})
class SeedModule {}

function toPastEvent({ type, at, facts, more, note }: MadeEvent): PastEvent {
  const event: ClockEvent = { ...facts, type: type as ClockEvent['type'], at: at.toISOString() };
  return { event, more, note, recordedAt: new Date(at.getTime() + WRITTEN_MS), recordedBy: type === 'extended' ? SUPERVISOR : HANDLER };
}

function toRegistration(vault: Vault, made: MadeComplaint): Registration {
  const { name, idNumber, contact, subject, narrative, requests, isAssigned, events, ...facts } = made;
  return {
    ...facts,
    contentHash: vault.index(JSON.stringify([made.externalRef, narrative]), 'content'),
    personal: { name, idNumber, contact, proxy: null, subject, narrative, requests },
    timeZone: DEFAULT_TIME_ZONE,
    collectorId: null,
    staffId: null,
    source: 'api',
    registeredBy: HANDLER,
    registeredByHandler: true,
    handler: isAssigned ? HANDLER : null,
    events: events.map(toPastEvent),
  };
}

stopWithParent();
const config = loadConfig(process.env);
const logger = createLogger('seed-complaints', config.logLevel);
const app = await NestFactory.createApplicationContext(
  {
    module: SeedModule,
    imports: [
      GroundModule.with(config, 'seed-complaints'),
      ComplaintModule,
      AssignmentModule,
      NoteModule,
      StageModule,
      WorkModule,
      BulkModule,
      CalendarModule,
      ForecastModule,
      SavedFilterModule,
      TagModule,
      SendingModule,
      DecisionModule,
      TellingModule,
      ClassificationModule,
      BadFaithModule,
      PublicModule,
      MailboxModule,
      SurgeModule,
      DuplicateModule,
      ReceiptModule,
    ],
  },
  { logger: new NestPinoLogger(logger), abortOnError: false },
);
try {
  const vault = app.get(Vault);
  const registrations = app.get(RegistrationService, { strict: false });
  const now = new Date();
  const given = [...makeComplaints({ seed: COMPLAINTS_SEED, now })].map((made) => toRegistration(vault, made));
  const results = await inTransaction(app.get(DataSource), { institutionId }, (tx) =>
    registrations.register(tx, institutionId, given, now),
  );
  const rejected = results.filter((result) => result.kind === 'rejected');
  if (rejected.length > 0) throw new Error(`the demo's complaints were not taken whole: ${JSON.stringify(rejected)}`);
  for (const step of [seedHandling, seedSupervision, seedDecision, seedClock, seedSorting, seedPublic, seedMajor, seedIntake])
    await step(app, now);
  logger.info({ complaints: results.length, registered: results.filter(({ kind }) => kind === 'registered').length }, 'seeded');
} finally {
  await app.close();
}
process.exit(0);
