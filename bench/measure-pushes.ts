import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readBatch } from './lists';
import type { Result } from './result';
import { ACCOUNT, type Stand } from './stand';
import { submit } from './submit';
import { untilStatus } from './until-status';

const SECRET = 'bench-callback-secret';
/** Requests that the provider has open at once. */
const OPEN = 64;

/**
 * Reports pushed one a request to a bot that does everything in one process, against a bare server in Node that
 * inserts the same bodies; and how long until they are applied. Answered is landed: each answer comes after a commit.
 */
export async function measurePushes(stand: Stand, rows: number): Promise<Result[]> {
  await stand.startBuka(0);
  const env = { ROLE: 'all', BUKA_CALLBACK_SECRET: SECRET, DELIVERY_POLL_MS: '900000' };
  const batch = await readBatch(stand, rows);
  const bots = await stand.startBots(1, env);
  await submit(stand, batch);
  const { batchId } = batch;
  const reports = await reportsOf(stand, batchId);
  const bare = await bareServer(stand);
  const bareSeconds = await pushAll(bare.url, reports);
  await bare.stop();
  const started = performance.now();
  const took = await pushAll(`http://127.0.0.1:${bots.port}/buka/reports/${SECRET}`, reports);
  await untilStatus(stand, batchId, 'completed');
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

/** As the provider pushes them. */
async function reportsOf(stand: Stand, batchId: string): Promise<string[]> {
  const rows = await stand.database
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

async function bareServer(stand: Stand): Promise<{ url: string; stop(): Promise<void> }> {
  await stand.database.knex.raw(`create table bare_push (id bigint generated always as identity primary key,
    body text not null, received_at timestamptz not null default now())`);
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'bare-push-process.ts')], {
    env: { PATH: process.env.PATH, DATABASE_URL: stand.database.connectionString },
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

/** In seconds. A body that is not taken is pushed again, as the provider does. */
async function pushAll(url: string, bodies: string[]): Promise<number> {
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
