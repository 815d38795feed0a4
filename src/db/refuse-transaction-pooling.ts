import { Client } from 'pg';
import { DatabaseError } from './errors';

const CONNECT_WITHIN_MS = 10_000;
/** Other clients of the pooler may make two connections look like sessions of their own, but not so often. */
const ROUNDS = 5;

/**
 * Throws DatabaseError `transaction_pooling` where connections are not sessions of their own: a pooler gives each
 * transaction or statement any of its sessions. Locks that show who lives, notifications and settings would be lost, or
 * would be somebody else's. Sets nothing in a session, for the same reason. Rejects with pg's error where it cannot
 * connect.
 */
export async function refuseTransactionPooling(connectionString: string): Promise<void> {
  const clients = [1, 2].map(() => createClient(connectionString)) as [Client, Client];
  try {
    await Promise.all(clients.map((client) => client.connect()));
    if (await areSessions(clients)) return;
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  }
  throw new DatabaseError(
    'transaction_pooling',
    'DATABASE_URL leads through a pooler that shares sessions between transactions (pool_mode transaction or statement of pgbouncer). The bot needs sessions of its own, for locks and notifications. Use session pooling (pool_mode = session), or the address of the server itself.',
  );
}

function createClient(connectionString: string): Client {
  const client = new Client({
    connectionString,
    application_name: 'bulk-sms start',
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
  });
  // A lost connection fails its query as well.
  client.on('error', () => undefined);
  return client;
}

/**
 * A session keeps its server process, and no two have the same. Two transactions at once take two processes of a pooler;
 * asked in the other order afterwards, one of the two connections gets another process than before.
 */
async function areSessions([one, other]: [Client, Client]): Promise<boolean> {
  const [first, second] = [await processOf(one), await processOf(other)];
  if (first === second) return false;
  for (let round = 0; round < ROUNDS; round += 1) {
    try {
      await inTurn([one, other], 'begin');
      if ((await processOf(one)) !== first || (await processOf(other)) !== second) return false;
      await inTurn([one, other], 'commit');
    } catch (error) {
      // Statement pooling takes no transactions.
      if (/statement pooling/.test((error as Error).message)) return false;
      throw error;
    }
    if ((await processOf(other)) !== second || (await processOf(one)) !== first) return false;
  }
  return true;
}

async function inTurn(clients: Client[], statement: string): Promise<void> {
  for (const client of clients) await client.query(statement);
}

async function processOf(client: Client): Promise<number> {
  const { rows } = await client.query('select pg_backend_pid() as pid');
  return rows[0].pid;
}
