const base = require('./jest.config.js');

/** `npm run test:faults`: real processes, killed and cut off. Small in CI; `FAULTS=full` by hand takes its time. */
module.exports = {
  ...base,
  roots: ['<rootDir>/test/faults'],
  testMatch: ['**/*.fault.ts'],
  // Each starts processes of its own.
  maxWorkers: 2,
  testTimeout: 480_000,
};
