import { ensureUser } from '../../src/tenants/person';
import { createTestApp, type TestApp } from '../setup/app-context';
import { type BreakableConnections, makeBreakable } from './breakable-connections';

/** What scenarios leave in a database slows down the later ones. */
const SCENARIOS_A_DATABASE = 100;

/** One database runs scenario after scenario: creating and connecting one takes as long as a scenario. */
export interface SharedDatabase {
  testApp: TestApp;
  connections: BreakableConnections;
  /** Two people of the workspace. */
  userIds: [string, string];
}

export interface SharedDatabases {
  /** Without any batch. */
  empty(): Promise<SharedDatabase>;
  close(): Promise<void>;
}

export function createSharedDatabases(): SharedDatabases {
  let shared: SharedDatabase | undefined;
  let scenarios = 0;

  async function close(): Promise<void> {
    await shared?.testApp.close();
    shared = undefined;
  }

  return {
    close,
    async empty() {
      if (scenarios % SCENARIOS_A_DATABASE === 0) await close();
      scenarios += 1;
      shared ??= await open();
      await clear(shared.testApp);
      return shared;
    },
  };
}

async function open(): Promise<SharedDatabase> {
  const testApp = await createTestApp();
  const { db } = testApp.app;
  const ben = { tenantId: testApp.tenantId, slackUserId: 'U0002', locale: 'zh-CN', timeZone: 'UTC' };
  const { id } = await ensureUser(db, { ...ben, role: 'member' });
  return { testApp, connections: makeBreakable(db), userIds: [testApp.userId, id] };
}

async function clear({ app: { db } }: TestApp): Promise<void> {
  await db.raw(`
    delete from sms_batch;
    delete from webhook_inbox;
    delete from rate_limit;
    delete from graphile_worker._private_jobs;
    update tenant_channel_config set unclear_in_a_row = 0, held_until = null, next_request_at = null`);
}
