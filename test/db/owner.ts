import { Client } from 'pg';
import { type EmbeddedOptions, startEmbedded } from '../../src/db/embedded/start';
import { createLog } from '../../src/log';

export interface OwnerOptions extends Pick<EmbeddedOptions, 'dataDir' | 'system'> {
  /** Insert 1, 2, 3 … into the table `kept`, and report each after its commit. */
  write?: boolean;
}

export type OwnerEvent =
  | { kind: 'ready'; connectionString: string; encoding: string; uid: number }
  | { kind: 'acknowledged'; n: number }
  | { kind: 'failed'; code: string; message: string };

let stopping = false;

/** Starts and stops its database as a bot does, in a process of its own that tests can kill. */
async function own({ write, ...options }: OwnerOptions): Promise<void> {
  const server = await startEmbedded({ ...options, fsync: false, log: createLog('silent') });
  const client = new Client({ connectionString: server.connectionString });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query(`select current_setting('server_encoding') as encoding`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      stopping = true;
      // Work that still runs.
      await client.query('select pg_sleep(0.2)');
      await server.stop();
      process.exit(0);
    });
  }
  const { connectionString } = server;
  await say({
    kind: 'ready',
    connectionString,
    encoding: rows[0].encoding,
    uid: process.getuid?.() ?? -1,
  });
  if (!write) return;
  await client.query('create table kept (n int primary key)');
  for (let n = 1; !stopping; n += 1) {
    await client.query('insert into kept values ($1)', [n]);
    await say({ kind: 'acknowledged', n });
  }
}

function say(event: OwnerEvent): Promise<void> {
  return new Promise((told) => process.send?.(event, undefined, undefined, () => told()));
}

// Ends with its test.
process.once('disconnect', () => process.exit(1));
own(JSON.parse(process.argv[2] ?? '')).catch(async (error) => {
  await say({ kind: 'failed', code: error.code, message: error.message });
  process.exit(1);
});
