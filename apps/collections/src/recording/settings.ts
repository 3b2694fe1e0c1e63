import { integer } from '#config';

/** What is set for recordings. */
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
};
