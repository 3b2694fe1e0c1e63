import { integer, list, readConfig, text, url, type ConfigOf } from '#config';
import { evidenceSettings } from '#evidence-log';
import { peerSettings } from '#peers';
import { reportSettings } from '#reports';
import { retentionSettings } from '#retention';
import { sendingSettings } from '#sending';
import { serviceSettings } from '#service';
import { fileSettings } from './file/file.settings.ts';
import { mailboxSettings } from './mailbox/mailbox.settings.ts';
import { publicSettings } from './public/public.settings.ts';

/** Every variable that the complaints service, its worker and its migration read. */
export const settings = {
  ...serviceSettings({ port: 3002, publicPath: '/api/complaints' }),
  deadlineEveryMs: integer('DEADLINE_EVERY_MS', {
    group: 'queue',
    description: 'How often reminders and escalations that are owed are fired, in milliseconds',
    fallback: 15_000,
    min: 100,
  }),
  dueCheckEveryMs: integer('DUE_CHECK_EVERY_MS', {
    group: 'queue',
    description: "How often it is seen to that the night's comparison of due dates with their ledgers is done, in milliseconds",
    fallback: 600_000,
    min: 100,
  }),
  sortingEveryMs: integer('SORTING_EVERY_MS', {
    group: 'queue',
    description: 'How often complaints that have come in are looked at for classification, bad faith and major matters, in milliseconds',
    fallback: 5_000,
    min: 100,
  }),
  surgeEveryMs: integer('SURGE_EVERY_MS', {
    group: 'queue',
    description: 'How often it is looked for surges of complaints, in milliseconds',
    fallback: 300_000,
    min: 100,
  }),
  handlingEveryMs: integer('HANDLING_EVERY_MS', {
    group: 'queue',
    description: 'How often reminders and escalations of stages, and of tasks to branches and agencies, are fired, in milliseconds',
    fallback: 15_000,
    min: 100,
  }),
  ...fileSettings,
  dispatchesEveryMs: integer('DISPATCHES_EVERY_MS', {
    group: 'queue',
    description: 'How often messages of the desk that are to be tried again are looked for, in milliseconds',
    fallback: 10_000,
    min: 100,
  }),
  dispatchGiveUpAfterMs: integer('DISPATCH_GIVE_UP_AFTER_MS', {
    group: 'sending',
    description: 'A message of the desk that nobody has taken for so many milliseconds is given up; whoever asked for it is told',
    fallback: 86_400_000,
    min: 1000,
  }),
  deliveryReportSecrets: list('DELIVERY_REPORT_SECRETS', {
    group: 'sending',
    description: 'Keys with which gateways sign delivery reports, the new one first while they change; empty: no reports are taken',
    fallback: [],
    secret: true,
  }),
  afterEveryMs: integer('AFTER_EVERY_MS', {
    group: 'queue',
    description: 'How often reviews, measures and call-backs that are due are looked at, in milliseconds',
    fallback: 30_000,
    min: 100,
  }),
  publicUrl: url('PUBLIC_URL', {
    group: 'http',
    description: 'The address that browsers use: links in messages to complainants begin with it',
    protocols: ['http', 'https'],
    fallback: 'http://localhost:3000',
  }),
  forecastEveryMs: integer('FORECAST_EVERY_MS', {
    group: 'queue',
    description: 'How often it is computed which complaints will probably be late, in milliseconds',
    fallback: 900_000,
    min: 100,
  }),
  ...publicSettings,
  ...mailboxSettings,
  collectionsUrl: text('COLLECTIONS_URL', {
    group: 'peers',
    description: 'Inner address of the collections service, for reading what was done to a complainant; empty: files of complaints wait',
    fallback: '',
  }),
  dossierEveryMs: integer('DOSSIER_EVERY_MS', {
    group: 'queue',
    description: 'How often it is looked of which complaints collections is to be told and which files are to be read, in milliseconds',
    fallback: 2000,
    min: 100,
  }),
  dossierRefreshMs: integer('DOSSIER_REFRESH_MS', {
    group: 'queue',
    description: 'How long after a read the file of an open complaint is read again for what has happened since, in milliseconds',
    fallback: 600_000,
    min: 1000,
  }),
  ...peerSettings,
  ...reportSettings,
  ...evidenceSettings,
  ...retentionSettings,
  ...sendingSettings,
};

export type ComplaintsConfig = ConfigOf<typeof settings>;

export const loadConfig = (env: Readonly<Record<string, string | undefined>>): ComplaintsConfig => readConfig(settings, env);
