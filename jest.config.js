// One configuration, three projects: `pure` has no database and must stay under two seconds,
// `db` has real PostgreSQL (a database per file, cloned from a migrated template),
// `system` has real processes, HTTP, both queue backends and a browser.
const pages = {
  jsc: {
    rewriteRelativeImportExtensions: false,
    parser: { syntax: 'typescript', tsx: true },
    transform: { react: { runtime: 'automatic' } },
  },
};
const common = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { rewriteRelativeImportExtensions: false } }],
    '^.+\\.tsx$': ['@swc/jest', pages],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
};

export default {
  // For tests of real processes on a slow machine; jest reads it here only, not per project.
  testTimeout: 120_000,
  projects: [
    {
      ...common,
      displayName: 'pure',
      testMatch: ['<rootDir>/{apps,libs,tools}/**/*.spec.{ts,tsx}'],
      testPathIgnorePatterns: ['/node_modules/', '\\.db\\.spec\\.ts$'],
    },
    { ...common, displayName: 'db', testMatch: ['<rootDir>/{apps,libs,tools}/**/*.db.spec.ts'] },
    { ...common, displayName: 'system', testMatch: ['<rootDir>/test/**/*.spec.ts'] },
  ],
};
