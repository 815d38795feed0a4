import type { PersonActor } from '../../src/tenants/actor';
import { ensureUser } from '../../src/tenants/person';
import { ACCOUNT, createTestApp, type TestApp } from '../setup/app-context';
import { addTinyTable } from '../tiny/tiny-account';
import { type BreakableConnections, makeBreakable } from './breakable-connections';

/** What scenarios leave in a database slows down the later ones. */
const SCENARIOS_A_DATABASE = 100;

/** One database runs scenario after scenario: creating and connecting one takes as long as a scenario. */
export interface SharedDatabase {
  testApp: TestApp;
  connections: BreakableConnections;
  /** The member who sends, and an admin: each may do everything with the batches. */
  actors: [PersonActor, PersonActor];
  /** Second accounts of the workspace, by their provider. */
  secondAccounts: Record<'onbuka' | 'tiny', string>;
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
  const { db, accounts, providers } = testApp.app;
  const ben = { tenantId: testApp.tenantId, slackUserId: 'U0002', locale: 'zh-CN', timeZone: 'UTC' };
  const { id: userId, role } = await ensureUser(db, { ...ben, role: 'admin' });
  const admin: PersonActor = { kind: 'person', tenantId: testApp.tenantId, userId, role };
  await addTinyTable(db);
  providers.tiny = testApp.provider;
  const save = (provider: string) =>
    accounts.save({ tenantId: ben.tenantId, provider, name: 'second' }, { ...ACCOUNT, subAccount: 'second' });
  const secondAccounts = { onbuka: await save('onbuka'), tiny: await save('tiny') };
  return { testApp, connections: makeBreakable(db), actors: [testApp.actor, admin], secondAccounts };
}

async function clear({ app: { db } }: TestApp): Promise<void> {
  await db.raw(`
    delete from sms_batch;
    delete from webhook_inbox;
    delete from rate_limit;
    delete from account_route;
    delete from bulk_sms_queue._private_jobs;
    update provider_account set unclear_in_a_row = 0, held_until = null, next_request_at = null`);
}
