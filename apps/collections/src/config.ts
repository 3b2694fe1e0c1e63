import { integer, list, readConfig, text, type ConfigOf } from '#config';
import { reportSettings } from '#reports';
import { sendingSettings } from '#sending';
import { serviceSettings } from '#service';

const ofAll = serviceSettings({ port: 3001, publicPath: '/api/collections' });

/** Every variable that the collections service, its worker and its migration read. */
export const settings = {
  ...ofAll,
  uploadLimitBytes: {
    ...ofAll.uploadLimitBytes,
    description: 'Largest file of an import or look-back; use the look-back command beyond it',
  },
  ...reportSettings,
  ...sendingSettings,
  spoolFolder: text('SPOOL_FOLDER', {
    group: 'files',
    description:
      'Folder for rows that are put in order and do not fit in memory; emptied at once. Empty: the system’s folder for temporary files',
    fallback: '',
  }),
  lapseEveryMs: integer('LAPSE_EVERY_MS', {
    group: 'queue',
    description: 'How often permits whose time is over are marked, in milliseconds; the counters do not wait for it',
    fallback: 30_000,
    min: 100,
  }),
  deliveriesEveryMs: integer('DELIVERIES_EVERY_MS', {
    group: 'queue',
    description: 'How often messages that wait for another try are looked for, in milliseconds',
    fallback: 5000,
    min: 100,
  }),
  remindersEveryMs: integer('REMINDERS_EVERY_MS', {
    group: 'queue',
    description: 'How often due dates that are near are looked for, in milliseconds; each is reminded of once',
    fallback: 300_000,
    min: 100,
  }),
  deliveryReportSecrets: list('DELIVERY_REPORT_SECRETS', {
    group: 'sending',
    description: 'Keys with which gateways sign delivery reports, the new one first while they change; empty: no reports are taken',
    fallback: [],
    secret: true,
  }),
  tasksEveryMs: integer('TASKS_EVERY_MS', {
    group: 'queue',
    description: 'How often tasks that are due soon are reminded of, and late ones told to the role above, in milliseconds',
    fallback: 30_000,
    min: 100,
  }),
  standingEveryMs: integer('STANDING_EVERY_MS', {
    group: 'queue',
    description:
      'How often is looked for what time has brought to agencies, in milliseconds: contracts that ended, certificates that are over, cases to be taken back; the gate does not wait for it',
    fallback: 10_000,
    min: 100,
  }),
  oversightEveryMs: integer('OVERSIGHT_EVERY_MS', {
    group: 'queue',
    description:
      'How often it is looked whether an inspection, a rectification, an evaluation, a licence or a sanction is due, in milliseconds',
    fallback: 300_000,
    min: 100,
  }),
  screeningKeepDays: integer('SCREENING_KEEP_DAYS', {
    group: 'files',
    description: 'Days after which a screening that has ended is removed with its results',
    fallback: 30,
    min: 1,
    max: 3650,
  }),
};

export type CollectionsConfig = ConfigOf<typeof settings>;

export const loadConfig = (env: Readonly<Record<string, string | undefined>>): CollectionsConfig => readConfig(settings, env);
