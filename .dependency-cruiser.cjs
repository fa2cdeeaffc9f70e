// The walls between the rooms, as errors: who may import whom. docs/map.md draws them.
const from = (path, more = {}) => ({ path, ...more });

module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment:
        'domain/ imports only domain/: no vendor, no Node builtin, no other room. A hash is arithmetic, and better not our own.',
      severity: 'error',
      from: from('^lambdas/domain/'),
      to: { pathNot: '^(lambdas/domain/|node_modules/@noble/hashes/)' },
    },
    {
      name: 'adapters-know-only-the-domain',
      comment: 'adapters/ translate between one vendor and the domain.',
      severity: 'error',
      from: from('^lambdas/adapters/'),
      to: { path: '^(lambdas/(handlers|wiring)|lib|bin|local|test|web)/' },
    },
    {
      name: 'handlers-go-through-wiring',
      comment: 'Only wiring/ sees both sides; a handler is a middy stack and one call.',
      severity: 'error',
      from: from('^lambdas/handlers/'),
      to: { path: '^(lambdas/adapters/(memory|dynamodb|stripe)|lib|bin|local|test)/' },
    },
    {
      name: 'nothing-deployed-imports-what-is-local',
      comment: 'Twins, stand-ins and tests never reach a bundle.',
      severity: 'error',
      from: from('^(lambdas|web|lib|bin)/', { pathNot: '^lambdas/adapters/memory/' }),
      to: { path: '^(local|test|lambdas/adapters/memory)/' },
    },
    {
      name: 'the-house-does-not-know-its-deployment',
      comment: 'lambdas/ runs wherever it is put: it never imports the CDK app.',
      severity: 'error',
      from: from('^(lambdas|web)/'),
      to: { path: '^(lib|bin)/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node'] },
  },
};
