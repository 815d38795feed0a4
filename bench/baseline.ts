import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { SmsProvider } from '../src/providers/sms-provider';
import type { AccountSettings } from '../src/tenants/accounts';
import type { BenchSystem } from './bench-system';
import { number } from './lists';

/** Baselines: the same work with nothing around it. */

const CHUNK = 1_000;
const BLOCK_ROWS = 5_000;

/** Writes the same rows into the same table by one COPY. Returns their batch and the seconds it took. */
export async function bareCopy(
  system: BenchSystem,
  rows: number,
): Promise<{ batchId: string; seconds: number }> {
  const { knex } = system.database;
  const key = `bare-${process.hrtime.bigint()}`;
  const [{ id: batchId }] = await knex('sms_batch')
    .insert({
      tenant_id: system.actor.tenantId,
      user_id: system.actor.userId,
      channel: 'onbuka',
      status: 'draft',
      content: 'bare',
      submit_key: key,
      order_prefix: key,
    })
    .returning('id');
  const client = (await knex.client.acquireConnection()) as PoolClient;
  const started = performance.now();
  const columns = 'batch_id, position, chunk, order_id, recipient_number, source, line';
  await pipeline(
    Readable.from(lines(batchId, key, rows)),
    client.query(copyFrom(`copy sms_batch_buka_detail (${columns}) from stdin`)),
  );
  const seconds = (performance.now() - started) / 1000;
  await knex.client.releaseConnection(client);
  return { batchId, seconds };
}

function* lines(batchId: string, key: string, rows: number): Generator<string> {
  for (let row = 0; row < rows; row += BLOCK_ROWS) {
    let block = '';
    for (let i = row; i < Math.min(rows, row + BLOCK_ROWS); i += 1) {
      block += `${batchId}\t${i + 1}\t${Math.floor(i / CHUNK) + 1}\t${orderId(key, i)}\t+86${number(i, rows)}\t0\t${i + 2}\n`;
    }
    yield block;
  }
}

const orderId = (key: string, row: number) => `${key}-${row.toString(36).padStart(5, '0')}`;

/** Makes the same POSTs with the same client and, after each, one update of its rows. Returns seconds. */
export async function barePostsAndUpdates(
  system: BenchSystem,
  batchId: string,
  rows: number,
  concurrency: number,
): Promise<number> {
  const { knex } = system.database;
  const { provider, account } = await openAccount(system);
  const started = performance.now();
  let next = 1;
  const lane = async () => {
    for (let chunk = next++; chunk <= rows / CHUNK; chunk = next++) {
      const recipients = await knex('sms_batch_buka_detail')
        .where({ batch_id: batchId, status: 'pending', chunk })
        .select('order_id', 'recipient_number');
      const messages = recipients.map((one) => ({
        orderId: one.order_id,
        recipientNumber: one.recipient_number,
        content: 'Hello from the bench',
      }));
      const answer = await provider.sendSmsBatch(account, { messages });
      if (answer.because) throw new Error(`The local Buka answered ${answer.because.kind}.`);
      await knex.raw(
        `update sms_batch_buka_detail as recipient
         set status = 'sending', provider_message_id = answer.message_id, submission_id = 1, updated_at = now()
         from unnest(?::text[], ?::text[]) as answer (order_id, message_id)
         where recipient.batch_id = ? and recipient.chunk = ? and recipient.status = 'pending'
           and recipient.order_id = answer.order_id`,
        [
          answer.accepted.map((one) => one.orderId),
          answer.accepted.map((one) => one.messageId),
          batchId,
          chunk,
        ],
      );
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return (performance.now() - started) / 1000;
}

/** Asks about each of these ids once, with as many questions at once. Returns seconds. */
export async function bareQuestions(
  system: BenchSystem,
  messageIds: string[],
  concurrency: number,
): Promise<number> {
  const { provider, account } = await openAccount(system);
  const { idsPerQuestion } = provider.capabilities;
  const started = performance.now();
  let next = 0;
  const lane = async () => {
    for (let from = next; from < messageIds.length; from = next) {
      next += idsPerQuestion;
      await provider.queryMessageStatusByIds(account, messageIds.slice(from, from + idsPerQuestion));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return (performance.now() - started) / 1000;
}

async function openAccount({
  app,
  accountId,
  actor,
}: BenchSystem): Promise<{ provider: SmsProvider; account: AccountSettings }> {
  const provider = app.providers.onbuka;
  const account = await app.accounts.find(accountId, actor.userId);
  if (!provider || !account) throw new Error(`There is no account ${accountId}.`);
  return { provider, account };
}
