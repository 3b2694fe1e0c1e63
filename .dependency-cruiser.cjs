// The directions of docs/architecture.md, checked.
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-app-to-app', severity: 'error', from: { path: '^apps/([^/]+)/' }, to: { path: '^apps/', pathNot: '^apps/$1/' } },
    {
      name: 'console-speaks-http',
      comment: 'The pages know the services by their published contract alone.',
      severity: 'error',
      from: { path: '^apps/console/src/' },
      to: { path: '^(apps|libs|tools|test)/', pathNot: '^apps/console/src/' },
    },
    { name: 'libs-never-reach-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^(apps|tools|test)/' } },
    {
      name: 'rules-are-pure',
      comment: 'Rules import each other, the date library and the table of days off: no Nest, no TypeORM, no node:*.',
      severity: 'error',
      from: { path: '^libs/[a-z]+-rules/', pathNot: '\\.(spec|arbitrary)\\.ts$|/testing/' },
      to: {
        pathNot:
          '^(libs/[a-z]+-rules/|node_modules/temporal-polyfill/|node_modules/temporal-spec/|node_modules/chinese-days/dist/chinese-days\\.json$)',
      },
    },
    {
      name: 'libs-by-the-front-door',
      severity: 'error',
      from: { path: '^(apps|tools|test)/' },
      to: { path: '^libs/[^/]+/.+', pathNot: '^libs/[^/]+/index\\.ts$|^libs/[^/]+/packs/' },
    },
    {
      name: 'rooms-meet-through-services',
      comment: 'A store or an entity is private to its room.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/([^/]+)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^apps/$1/src/[^/]+/.+\\.(store|entity|controller)\\.ts$', pathNot: '^apps/$1/src/$2/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'node', 'default', 'types'] },
    tsPreCompilationDeps: true,
  },
};
