const WORKER_SIDE = '^src/modules/(training|processing|supervision)/';

/** The architecture as rules; docs/architecture.md says why. @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'infrastructure-knows-no-feature',
      comment: 'Features use infrastructure; the list of entities is the one place that gathers them.',
      severity: 'error',
      from: {
        path: '^src/(backup|config|database|queue|storage|http|errors|logging|metrics|tracing)/',
        pathNot: '^src/database/entities\\.ts$',
      },
      to: { path: '^src/modules/' },
    },
    {
      name: 'worker-side-is-for-the-worker',
      comment: 'Nothing that the API loads may reach code that trains.',
      severity: 'error',
      from: { path: '^src/', pathNot: [WORKER_SIDE, '^src/worker\\.module\\.ts$'] },
      to: { path: WORKER_SIDE },
    },
    {
      name: 'features-meet-through-their-faces',
      comment: 'A feature sees of another its service, module, entity and vocabulary, never its insides.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/', pathNot: WORKER_SIDE },
      to: {
        path: '^src/modules/',
        pathNot: [
          '^src/modules/$1/',
          '\\.(service|module|entity|errors)\\.ts$',
          '-(state|type|kind|number|bump)\\.ts$',
          '/(metrics|verdict|job|job-event|progress|queue|alert)(\\.response)?\\.ts$',
        ],
      },
    },
    {
      name: 'services-know-no-http',
      severity: 'error',
      from: { path: '\\.(service|repository|protocol|runner|recorder|processor)\\.ts$' },
      to: { path: '(\\.controller\\.ts$|/dto/.*\\.response\\.ts$|@nestjs/swagger|fastify)' },
    },
    {
      name: 'domain-is-pure',
      comment: 'State tables, the trainer port and errors depend on nothing but the language.',
      severity: 'error',
      from: { path: '(-state|/trainer|errors/domain\\.error|\\.errors)\\.ts$' },
      to: { path: 'node_modules' },
    },
    {
      name: 'spans-are-made-in-tracing',
      comment: 'Everybody else names a span and its parent (tracing/spans.ts), and knows no OpenTelemetry.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/tracing/' },
      to: { path: '@opentelemetry/' },
    },
    {
      name: 'sdk-is-loaded-on-demand',
      comment: 'Who does not switch traces on does not pay for them: start-tracing.ts imports it dynamically.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/tracing/sdk\\.ts$' },
      to: {
        path: '(@opentelemetry/(sdk|exporter|instrumentation)|^src/tracing/sdk\\.ts$)',
        dependencyTypesNot: ['dynamic-import'],
      },
    },
    {
      name: 'worker-reaches-no-controller',
      severity: 'error',
      from: { path: '^src/worker(-process)?\\.ts$' },
      to: { path: '\\.controller\\.ts$', reachable: true },
    },
    {
      name: 'production-code-knows-no-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.(spec|contract|arbitrary)\\.ts$' },
      to: { path: '(\\.(spec|contract|arbitrary)\\.ts$|^test/|fast-check)' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '\\.d\\.ts$' },
      to: {},
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
