import { integer, readConfig, type ConfigOf } from '#config';
import { reportSettings } from '#reports';
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
  ...reportSettings,
};

export type ComplaintsConfig = ConfigOf<typeof settings>;

export const loadConfig = (env: Readonly<Record<string, string | undefined>>): ComplaintsConfig => readConfig(settings, env);
