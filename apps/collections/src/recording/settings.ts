import { integer, text } from '#config';

/** What is set for the collectors’ day. */
export const collectingSettings = {
  recordingLimitBytes: integer('RECORDING_LIMIT_BYTES', {
    group: 'files',
    description: 'Largest recording or photo that is taken in',
    fallback: 200 * 1024 * 1024,
    min: 1024,
  }),
  recordingsEveryMs: integer('RECORDINGS_EVERY_MS', {
    group: 'queue',
    description: 'How often the worker looks whether recordings are to be destroyed, in milliseconds; they are once a night, from 3:00',
    fallback: 600_000,
    min: 100,
  }),
  worklistRefreshEveryMs: integer('WORKLIST_REFRESH_EVERY_MS', {
    group: 'queue',
    description:
      'How often the order of the worklists is made anew, in milliseconds; outcomes and follow-ups that come due do not wait for it',
    fallback: 300_000,
    min: 100,
  }),
  bankName: text('BANK_NAME', {
    group: 'people',
    description: 'How call scripts name the bank',
    fallback: '本行 the bank',
  }),
};
