/** The demo's page, driven in a real browser: `npm run test:e2e`. Two files at a time, each with a demo of its own. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test/e2e'],
  testMatch: ['**/*.e2e.ts'],
  transform: { '^.+\\.tsx?$': ['@swc/jest', { jsc: { target: 'es2023' }, module: { type: 'commonjs' } }] },
  maxWorkers: 2,
  testTimeout: 240_000,
};
