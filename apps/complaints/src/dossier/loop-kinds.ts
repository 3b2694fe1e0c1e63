/** What happens between a complaint and collections, as entries of its timeline. */
export const LOOP_TIMELINE = [
  'hold-chosen',
  'dossier-requested',
  'dossier-read',
  'dossier-waiting',
  'dossier-no-case',
  'dossier-attached',
  'attribution-proposed',
  'attribution-confirmed',
  'attribution-rejected',
  'attribution-withdrawn',
] as const;
