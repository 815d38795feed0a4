/** Tests are compiled by swc (fast, no type check: `npm run typecheck` does that). */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.tsx?$': ['@swc/jest', { jsc: { target: 'es2023' }, module: { type: 'commonjs' } }] },
  globalSetup: '<rootDir>/test/setup/start-postgres.ts',
  globalTeardown: '<rootDir>/test/setup/stop-postgres.ts',
  // Most tests wait for the database: three at a time keep two cores busy, where two leave a third of them idle.
  maxWorkers: 3,
  // No test measures time: this bounds what hangs, on a machine that may be slow or busy.
  testTimeout: 120_000,
};
