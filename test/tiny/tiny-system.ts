import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAccounts } from '../../src/tenants/accounts';
import { createSecretBox } from '../../src/tenants/secret-box';
import { startTestSystem, type TestSystem, type TestSystemOptions } from '../setup/test-system';
import { addTinyTable, saveTinyAccount } from './tiny-account';
import { createTinyProvider } from './tiny-provider';
import { startTinyServer, type TinyServer } from './tiny-server';

/** The whole product with the tiny provider, between a local Slack, a local Buka and the tiny server. No bot runs yet. */
export interface TinySystem extends TestSystem {
  server: TinyServer;
  /** Once a bot has made its workspace known: everybody is sent to through the tiny provider. */
  saveAccount(options?: { requestsPerSecond?: number; countries?: string[] }): Promise<void>;
}

export async function startTinySystem({
  latencyMs,
  ...options
}: TestSystemOptions & { latencyMs?: number } = {}): Promise<TinySystem> {
  const port = await findFreePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const system = await startTestSystem({
    ...options,
    bot: false,
    env: { ...options.env, PORT: String(port), PUBLIC_URL: publicUrl },
  });
  const server = await startTinyServer({ latencyMs });
  await addTinyTable(system.db);
  return {
    ...system,
    server,
    async saveAccount(account = {}) {
      const key = Buffer.from(system.env.ENCRYPTION_KEY ?? '', 'hex');
      const accounts = createAccounts(system.db, createSecretBox(key), { tiny: createTinyProvider() });
      const { id: tenantId } = await system.db('tenant').first('id');
      await saveTinyAccount(system.db, accounts, { tenantId, url: server.url, publicUrl, ...account });
    },
    async close() {
      await system.close();
      await server.close();
    },
  };
}

/** Known before the bot listens on it: the provider is told where to call before the bot runs. */
async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
