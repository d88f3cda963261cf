import { randomInt } from 'node:crypto';

/** What is drawn by chance is drawn from one seed, the same in every run: a test that fails fails again. */
const USUAL_SEED = '1';
const seed = process.env.DAICHO_SEED || USUAL_SEED;
if (!/^(random|\d{1,9})$/.test(seed)) throw new Error('DAICHO_SEED: must be random or up to nine digits');
// The workers of this run inherit it.
process.env.DAICHO_SEED = seed === 'random' ? String(randomInt(1_000_000_000)) : seed;

/**
 * Jest runs the TypeScript sources as ES modules; package.json "imports" lead to sources through the
 * condition `daicho-source`.
 */
export default {
  testEnvironment: '<rootDir>/test/support/patient-environment.mjs',
  testEnvironmentOptions: {
    customExportConditions: ['daicho-source', 'node', 'node-addons', 'import', 'default'],
  },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // Required by pg, which would get the ES modules by the condition `import`.
    '^pg-pool$': '<rootDir>/node_modules/pg-pool/index.js',
    '^pg-protocol$': '<rootDir>/node_modules/pg-protocol/dist/index.js',
    '^pg-connection-string$': '<rootDir>/node_modules/pg-connection-string/index.js',
    // Required by BullMQ, while Nest is about to import its ES module: require() of half a module is refused.
    '^tslib$': '<rootDir>/node_modules/tslib/tslib.js',
    // Required by Express's router, which would get the ES module by the condition `import`.
    '^is-promise$': '<rootDir>/node_modules/is-promise/index.js',
  },
  transform: {
    '^.+\\.ts$': ['@swc/jest', {}],
    // The portal's components, as its specs render them.
    '^.+\\.tsx$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
          target: 'es2023',
        },
      },
    ],
  },
  setupFiles: ['<rootDir>/test/support/seed-properties.ts'],
  reporters: ['default', '<rootDir>/test/support/seed-reporter.mjs'],
  testMatch: ['<rootDir>/(libs|apps|migrations|test)/**/*.spec.{ts,tsx}'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  testTimeout: 30_000,
  maxWorkers: 2,
  // The modules of specs that have ended stay in memory: a worker that has grown is replaced by a fresh one.
  workerIdleMemoryLimit: '1500MB',
};
