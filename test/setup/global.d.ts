import type { Database } from '../../src/db/connect';

declare global {
  /** What globalSetup hands to globalTeardown, in Jest's own process; test files see nothing of it. */
  var testServer: { database: Database; dataDir: string } | undefined;
}
