/** Entries that the compiler makes as `<entry>.entry.js` and the bundler as `<entry>.js`. */
export const BUNDLED = [
  'apps/collections/src/main',
  'apps/collections/src/worker',
  'apps/complaints/src/main',
  'apps/complaints/src/worker',
  'apps/identity/src/main',
];
