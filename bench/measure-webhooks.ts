import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ACCOUNT, type BenchSystem } from './bench-system';
import { readBatch } from './lists';
import type { Result } from './result';
import { submit } from './submit-batch';
import { untilStatus } from './until-status';

const SECRET = 'bench-callback-secret';
/** Requests that the provider keeps open at once. */
const OPEN = 64;

/**
 * Delivery reports sent one a request to a bot that does everything in one process, and how long until they are
 * applied. The baseline is a bare Node server that inserts the same bodies. Both answer after the commit.
 */
export async function measureWebhooks(system: BenchSystem, rows: number): Promise<Result[]> {
  await system.startBuka(0);
  const env = { ROLE: 'all', BUKA_CALLBACK_SECRET: SECRET, DELIVERY_POLL_MS: '900000' };
  const batch = await readBatch(system, rows);
  const bots = await system.startBots(1, env);
  await submit(system, batch);
  const { batchId } = batch;
  const reports = await reportsOf(system, batchId);
  const bare = await bareServer(system);
  const bareSeconds = await postAll(bare.url, reports);
  await bare.stop();
  const started = performance.now();
  const took = await postAll(`http://127.0.0.1:${bots.port}/buka/reports/${SECRET}`, reports);
  await untilStatus(system, batchId, 'completed');
  const applied = (performance.now() - started) / 1000;
  await bots.stop();
  const perSecond = (seconds: number) => Math.round(rows / seconds);
  return [
    {
      measured: `pushed reports taken a second, ${OPEN} at a time, while they are applied`,
      figure: `${perSecond(took)}`,
      against: `a bare server that inserts them ${perSecond(bareSeconds)}`,
      ratio: bareSeconds / took,
      target: '≥ 0.5',
    },
    {
      measured: `${rows} pushed reports applied, the batch complete`,
      figure: `${applied.toFixed(1)} s`,
      against: `taken in ${took.toFixed(1)} s`,
      ratio: applied / took,
      target: '–',
    },
  ];
}

/** Webhook bodies as the provider writes them. */
async function reportsOf(system: BenchSystem, batchId: string): Promise<string[]> {
  const rows = await system.database
    .knex('sms_batch_buka_detail')
    .where({ batch_id: batchId })
    .select('order_id', 'provider_message_id', 'recipient_number');
  return rows.map((row, index) =>
    JSON.stringify({
      appId: ACCOUNT.appId,
      msgid: row.provider_message_id,
      orderId: row.order_id,
      mobile: row.recipient_number.slice(1),
      status: index % 20 === 0 ? 1 : 0,
      reason: index % 20 === 0 ? 'UNDELIV' : '0',
      timestamp: Date.now(),
      mcc: '460',
      mnc: '-1',
      pricedetail: { pay: '0.032', currency: 'USD', chargeCnt: 1, price: '0.032' },
    }),
  );
}

async function bareServer(system: BenchSystem): Promise<{ url: string; stop(): Promise<void> }> {
  await system.database.knex.raw(`create table bare_webhook (id bigint generated always as identity primary key,
    body text not null, received_at timestamptz not null default now())`);
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'bare-webhook-process.ts')], {
    env: { PATH: process.env.PATH, DATABASE_URL: system.database.connectionString },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: line.toString().trim(),
    async stop() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

/** Returns seconds. A body that is not accepted is sent again, as the provider does. */
async function postAll(url: string, bodies: string[]): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: OPEN });
  const started = performance.now();
  let next = 0;
  const lane = async () => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      while ((await post(url, body, agent)) !== 200) await delay(100);
    }
  };
  await Promise.all(Array.from({ length: OPEN }, lane));
  agent.destroy();
  return (performance.now() - started) / 1000;
}

function post(url: string, body: string, agent: Agent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const call = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode));
    });
    call.once('error', reject);
    call.end(body);
  });
}
