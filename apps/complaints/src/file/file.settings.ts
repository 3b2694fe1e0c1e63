import { integer, text, type ConfigOf } from '#config';

const group = 'files';

export const fileSettings = {
  fileLimitBytes: integer('FILE_LIMIT_BYTES', {
    group,
    description: 'Largest file of a complaint',
    fallback: 50 * 1024 * 1024,
    min: 1024,
  }),
  fileKeptYears: integer('FILE_KEPT_YEARS', {
    group,
    description: 'How many years after a complaint was closed its files may not be removed',
    fallback: 5,
    min: 5,
    max: 100,
  }),
  scanUrl: text('SCAN_URL', {
    group,
    description: 'Virus scanner that looks at files of complaints, `clamd://host:3310`; empty: nobody looks, and files say so',
    fallback: '',
  }),
  scanTimeoutMs: integer('SCAN_TIMEOUT_MS', {
    group,
    description: 'How long the scanner may be silent, in milliseconds',
    fallback: 60_000,
    min: 50,
    max: 600_000,
  }),
};

export type FileConfig = ConfigOf<typeof fileSettings>;
