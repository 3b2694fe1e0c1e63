import { integer, readConfig, text, type ConfigOf } from '#config';
import { peerSettings } from '#peers';
import { reportSettings } from '#reports';
import { sendingSettings } from '#sending';
import { serviceSettings } from '#service';

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
  ...sendingSettings,
};

export type ComplaintsConfig = ConfigOf<typeof settings>;

export const loadConfig = (env: Readonly<Record<string, string | undefined>>): ComplaintsConfig => readConfig(settings, env);
