import { integer, list, readConfig, text, type ConfigOf } from '#config';
import { evidenceSettings } from '#evidence-log';
import { peerSettings } from '#peers';
import { reportSettings } from '#reports';
import { retentionSettings } from '#retention';
import { sendingSettings } from '#sending';
import { serviceSettings } from '#service';
import { collectingSettings } from './recording/settings.ts';

const ofAll = serviceSettings({ port: 3001, publicPath: '/api/collections' });

/** Every variable that the collections service, its worker and its migration read. */
export const settings = {
  ...ofAll,
  uploadLimitBytes: {
    ...ofAll.uploadLimitBytes,
    description: 'Largest file of an import or look-back; use the look-back command beyond it',
  },
  ...peerSettings,
  ...reportSettings,
  ...evidenceSettings,
  ...retentionSettings,
  ...collectingSettings,
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
  repaymentsEveryMs: integer('REPAYMENTS_EVERY_MS', {
    group: 'queue',
    description: 'How often promises and repayment plans whose time is over are marked, in milliseconds; the gate does not wait for it',
    fallback: 60_000,
    min: 100,
  }),
  agenciesEveryMs: integer('AGENCIES_EVERY_MS', {
    group: 'queue',
    description:
      'How often it is asked, in milliseconds, whether the day’s look at the agencies is due: findings of the day before, what ends soon',
    fallback: 60_000,
    min: 100,
  }),
  agencyNoticeDays: integer('AGENCY_NOTICE_DAYS', {
    group: 'queue',
    description: 'How many days before a licence, contract, certificate or document of an agency ends somebody is asked to renew it',
    fallback: 30,
    min: 1,
    max: 365,
  }),
  documentLimitBytes: integer('DOCUMENT_LIMIT_BYTES', {
    group: 'files',
    description: 'Largest document of an agency',
    fallback: 20 * 1024 * 1024,
    min: 1024,
    max: 1024 * 1024 * 1024,
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
  publicInstitutionId: text('PUBLIC_INSTITUTION_ID', {
    group: 'public pages',
    description: 'Whose published list and whose debtors’ question the public pages are, where the address does not say it; empty: it must',
    fallback: '',
  }),
  complaintPhone: text('COMPLAINT_PHONE', {
    group: 'public pages',
    description: 'The bank’s own telephone for complaints about collection, shown on the public pages; empty: none is shown',
    fallback: '',
  }),
  entrustEveryMs: integer('ENTRUST_EVERY_MS', {
    group: 'queue',
    description: 'How often cases whose time after the referral notice has passed go to their agencies, in milliseconds',
    fallback: 30_000,
    min: 100,
  }),
  qualityEveryMs: integer('QUALITY_EVERY_MS', {
    group: 'queue',
    description: 'How often it is looked whether recordings of a week that is over are to be drawn for review, in milliseconds',
    fallback: 600_000,
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
