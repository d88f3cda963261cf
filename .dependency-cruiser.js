/**
 * The walls of the house (docs/adr/0001-house-and-walls.md). Every rule is an error; `npm test` runs them
 * over the whole tree and `test/tidy/walls.spec.ts` shows that each of them bites.
 */
import swc from '@swc/core';
import * as rooms from './test/tidy/rooms.ts';

// dependency-cruiser asks SWC to read TypeScript without JSX; the portal's components are written in it.
const parse = swc.parseFileSync;
swc.parseFileSync = (path, options) => parse.call(swc, path, { ...options, tsx: path.endsWith('.tsx') });

/** The domain in the order in which it may know itself: a lib knows the kernel, invoicing also the ledger. */
const MIDDLE = rooms.MIDDLE.join('|');
const PURE = rooms.DOMAIN.join('|');
const ADAPTERS_LIB = '^libs/adapters/([^/]+)/';
/** `#kernel/csv`, `#kernel/amount-text`: pure text, without a package, so that a browser may load it too. */
const BROWSER_DOOR = '^libs/kernel/(csv|amount-text)\\.ts$';
const DOOR = `^libs/(adapters/)?[^/]+/index\\.ts$|${BROWSER_DOOR}`;
/** Specs and helpers of tests stand outside production code, wherever they lie. */
const SPEC = '\\.(spec|fixture)\\.tsx?$';
const TESTS = `${SPEC}|^test/|^libs/testing/`;

/** Which client library lives where, and nowhere else: [name of the wall, packages or node modules, home]. */
const ONE_HOME = [
  ['sqlite', '(node:)?sqlite|better-sqlite3', '^libs/adapters/sqlite/'],
  ['pdf', 'pdfkit|linebreak', '^libs/adapters/pdf/'],
  [
    'eventstoredb',
    '@eventstore/db-client|@kurrent/kurrentdb-client|@grpc/grpc-js|google-protobuf',
    '^libs/adapters/eventstoredb/',
  ],
  ['postgres', 'pg|pg-copy-streams', '^libs/adapters/postgres/'],
  ['bullmq', 'bullmq|ioredis', '^libs/adapters/bullmq/'],
  ['mail', 'nodemailer', '^libs/adapters/mail/'],
  ['credentials', '@node-rs/argon2[^/]*|otpauth|@simplewebauthn/server', '^libs/adapters/credentials/'],
  [
    'portal',
    'react|react-dom|react-aria-components|react-hook-form|i18next|react-i18next|openapi-fetch|vite|' +
      '@tanstack/[^/]+|d3-[^/]+|@simplewebauthn/browser',
    '^apps/portal/',
  ],
  ['numbers', 'decimal\\.js|@holiday-jp/holiday_jp', '^libs/kernel/'],
  // A browser cannot import the kernel: the portal has its dates in one file.
  ['calendar', 'dayjs', '^(libs/kernel/|apps/portal/src/ui/time-text\\.ts$)'],
];

/** A package as dependency-cruiser writes it, resolved or not. */
const packages = names => `(^|node_modules/)(${names})(/|$)`;

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const forbidden = [
  {
    name: 'no-cycles',
    comment: 'Wall 1: what goes round in circles cannot be read from one end. Type imports count too.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'resolvable',
    comment: 'An import that leads nowhere hides from every other wall.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'one-door-per-lib',
    comment: 'Wall 1: from outside, a lib is entered through its index.ts.',
    from: { path: '^(apps|migrations|test)/' },
    to: { path: '^libs/', pathNot: DOOR },
  },
  {
    name: 'one-door-between-libs',
    comment: 'Wall 1: a lib enters another lib through its index.ts.',
    from: { path: '^libs/(?!adapters/)([^/]+)/' },
    to: { path: '^libs/(?!adapters/)', pathNot: ['^libs/$1/', DOOR] },
  },
  {
    name: 'one-door-of-adapters',
    comment: 'Wall 1: an adapter is a lib of its own; its inside is its own.',
    from: { path: '^libs/(?!adapters/)' },
    to: { path: '^libs/adapters/', pathNot: DOOR },
  },
  {
    name: 'one-door-from-adapters',
    comment: 'Wall 1: an adapter enters other libs, other adapters too, through their index.ts.',
    from: { path: ADAPTERS_LIB },
    to: { path: '^libs/', pathNot: ['^libs/adapters/$1/', DOOR] },
  },
  {
    name: 'apps-never-import-apps',
    comment: 'Wall 1: what two apps share is a lib.',
    from: { path: '^apps/([^/]+)/' },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'libs-never-import-apps',
    comment: 'Wall 1: an app is an end; nothing but a test starts from it.',
    from: { path: '^(libs|migrations)/' },
    to: { path: '^apps/' },
  },
  {
    name: 'portal-knows-the-api-only',
    comment:
      'A browser speaks HTTP: the portal knows the API, and how a cell of a CSV and an amount are written.',
    from: { path: '^apps/portal/' },
    to: { path: '^(libs|migrations|test)/', pathNot: BROWSER_DOOR },
  },
  {
    name: 'portal-is-no-server',
    comment: 'What runs in a browser has no node:*; the build and the specs have.',
    from: { path: '^apps/portal/src/', pathNot: SPEC },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'pure-libs-are-pure',
    comment: 'Wall 2: the domain knows no framework, no database client and no machine.',
    from: { path: `^libs/(${PURE})/`, pathNot: SPEC },
    to: { path: packages('@nestjs/[^/]+|rxjs|kysely|reflect-metadata|express|pino|prom-client') },
  },
  {
    name: 'pure-libs-know-no-machine',
    comment: 'Wall 2: no node:* in the domain; what the machine knows arrives on the command.',
    from: { path: `^libs/(${PURE})/`, pathNot: SPEC },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'middle-libs-do-not-know-each-other',
    comment:
      `Wall 3: kernel <- policies <- ${rooms.MIDDLE.join(', ')}; ` +
      'they meet in invoicing or in the runtime.',
    from: { path: `^libs/(${MIDDLE})/` },
    to: { path: `^libs/(${MIDDLE})/`, pathNot: '^libs/$1/' },
  },
  {
    name: 'nothing-below-knows-invoicing',
    comment: 'Wall 3: invoicing stands on the others, never under them.',
    from: { path: `^libs/(kernel|${MIDDLE})/` },
    to: { path: '^libs/invoicing/' },
  },
  {
    name: 'policies-know-the-kernel-only',
    comment: 'Wall 3: the rules with a number lie below the rooms that go by them.',
    from: { path: '^libs/policies/', pathNot: SPEC },
    to: { path: '^(libs|apps|migrations|test)/', pathNot: '^libs/(policies|kernel)/' },
  },
  {
    name: 'kernel-knows-nobody',
    comment: 'Wall 3: the kernel is the floor.',
    from: { path: '^libs/kernel/' },
    to: { path: '^(libs|apps|migrations|test)/', pathNot: '^libs/kernel/' },
  },
  {
    name: 'domain-knows-no-port',
    comment: 'Wall 3: the domain is called; it calls nobody. Specs may use the given/when/then of testing.',
    from: { path: `^libs/(${PURE})/`, pathNot: SPEC },
    to: { path: '^(apps|migrations|test)/|^libs/(ports|adapters|runtime|nest|testing)/' },
  },
  {
    name: 'ports-know-the-kernel-only',
    comment: 'Wall 4: a port speaks the language of the domain, not that of its adapter.',
    from: { path: '^libs/ports/', pathNot: SPEC },
    to: { path: '^(libs|apps|migrations|test)/', pathNot: '^libs/(ports|kernel)/' },
  },
  {
    name: 'adapters-know-ports-and-kernel',
    comment:
      'Wall 4: adapters are handed codecs and tables; they never look at the domain, nor at each other. ' +
      'What several of them need lies in shared.',
    from: { path: ADAPTERS_LIB, pathNot: [SPEC, '^libs/adapters/pdf/'] },
    to: {
      path: '^(libs|apps|migrations|test)/',
      pathNot: ['^libs/adapters/($1|shared)/', '^libs/(ports|kernel)/', '^migrations/'],
    },
  },
  {
    name: 'pdf-knows-documents',
    comment:
      'Wall 4: the pdf adapter draws what invoicing composed, so it may know its documents, and no more.',
    from: { path: '^libs/adapters/pdf/', pathNot: SPEC },
    to: { path: '^(libs|apps|migrations|test)/', pathNot: '^libs/(adapters/pdf|ports|kernel|invoicing)/' },
  },
  {
    name: 'runtime-knows-no-adapter',
    comment: 'Wall 4: the runtime performs effects through ports; the apps choose the adapters.',
    from: { path: '^libs/runtime/', pathNot: SPEC },
    to: { path: '^(apps|test)/|^libs/(adapters|nest|testing)/' },
  },
  {
    name: 'sql-in-queries',
    comment:
      'Questions to read models stand in `*.queries.ts`, beside the projection that writes the tables.',
    from: { path: '^libs/runtime/', pathNot: [SPEC, '\\.queries\\.ts$', '^libs/runtime/engine/sql\\.ts$'] },
    to: { path: packages('kysely') },
  },
  {
    name: 'projections-are-pure',
    comment:
      'A projection turns events into rows: a rebuild gives the same ones, whenever and wherever it runs.',
    from: { path: '\\.projection\\.ts$' },
    to: { path: '^libs/ports/|\\.(queries|service)\\.ts$' },
  },
  {
    name: 'projections-know-no-machine',
    comment: 'As for the domain: no node:* in what a rebuild runs again.',
    from: { path: '\\.projection\\.ts$' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'nest-stays-outside',
    comment: 'Wall 5: Nest is glue of the apps; the product runs without it.',
    from: { path: '^(libs|migrations)/', pathNot: '^libs/nest/' },
    to: { path: packages('@nestjs/[^/]+|rxjs') },
  },
  {
    name: 'testing-never-in-production',
    comment: 'Wall 5: builders and simulated clocks stay with the tests.',
    from: { path: '^(libs|apps|migrations)/', pathNot: TESTS },
    to: {
      path: `^libs/testing/|^test/|${SPEC}|${packages('fast-check|@jest/globals|jest|@nestjs/testing')}`,
    },
  },
  ...ONE_HOME.map(([name, names, home]) => ({
    name: `one-home-of-${name}`,
    comment: `Wall 4: used in ${home} and nowhere else, so that it can be exchanged in one place.`,
    from: { path: '^(libs|apps|migrations)/', pathNot: [home, SPEC] },
    to: { path: packages(names) },
  })),
].map(rule => ({ severity: 'error', ...rule }));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden,
  options: {
    // SWC reads the syntax itself, so imports of types count like all others.
    parser: 'swc',
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^dist/|^test/golden/' },
    enhancedResolveOptions: {
      conditionNames: ['daicho-source', 'node', 'import', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
