import { integer, text } from '#config';

const group = 'public pages';

export const publicSettings = {
  publicInstitutionId: text('PUBLIC_INSTITUTION_ID', {
    group,
    description: 'Whose public pages these are, where the address does not say it; empty: it must',
    fallback: '',
  }),
  publicFileLimitBytes: integer('PUBLIC_FILE_LIMIT_BYTES', {
    group,
    description: 'Largest file that comes with a complaint on the public page',
    fallback: 20 * 1024 * 1024,
    min: 1024,
  }),
  publicComplaintsPerHour: integer('PUBLIC_COMPLAINTS_PER_HOUR', {
    group,
    description: 'How many complaints an institution takes on the public page in an hour, of all addresses together',
    fallback: 600,
    min: 1,
  }),
};
