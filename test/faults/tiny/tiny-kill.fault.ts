import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../setup/until';
import { startTinySystem, type TinySystem } from '../../tiny/tiny-system';
import { isSubmitted, onlyBatch } from '../expect-promise-kept';
import { isFull } from '../run-size';
import { seededRandom } from '../seeded-random';
import { sendList } from '../send-list';
import { type Bot, killBots, startBot } from '../start-bot';

/** Killed processes while many requests carry one chunk: the tiny provider takes one text a request. */
let system: TinySystem;
beforeEach(async () => {
  system = await startTinySystem({
    latencyMs: 60,
    env: { SUBMIT_CONCURRENCY: '2', SUBMIT_TIMEOUT_MS: '5000' },
  });
});
afterEach(async () => {
  await killBots();
  await system.close();
});

const startTinyBot = () => startBot(system.env, 'test/tiny/tiny-main.ts');

async function startFirstBot(requestsPerSecond: number): Promise<Bot> {
  const bot = await startTinyBot();
  await system.saveAccount({ requestsPerSecond });
  return bot;
}

const untilTaken = (count: number) =>
  until(
    async () => system.server.taken.length,
    (taken) => taken >= count,
  );

/** Everybody is submitted, and everybody whom the provider has was proved: only those it never took are uncertain. */
async function untilProved(numbers: string[]): Promise<void> {
  const never = () => numbers.filter((number) => system.server.timesTaken(number) === 0).length;
  await until(
    () => onlyBatch(system.db),
    (batch) => isSubmitted(batch) && batch.unknown_count === never(),
    360_000,
  );
}

/** By the provider's own count and by our tables. */
async function expectPromiseKept(numbers: string[]): Promise<void> {
  const { server, db } = system;
  expect(numbers.filter((number) => server.timesTaken(number) > 1)).toEqual([]);
  const rows: { recipient_number: string; status: string }[] = await db('sms_batch_recipient').select(
    'recipient_number',
    'status',
  );
  expect(rows.map((row) => row.recipient_number).sort()).toEqual([...numbers].sort());
  for (const { recipient_number: number, status } of rows) {
    const allowed = server.timesTaken(number) === 0 ? ['unknown'] : ['sending', 'delivered'];
    expect({ number, allowed }).toEqual({ number, allowed: expect.arrayContaining([status]) });
  }
  const count = (status: string) => rows.filter((row) => row.status === status).length;
  expect(await onlyBatch(db)).toMatchObject({
    total_count: numbers.length,
    sending_count: count('sending'),
    success_count: count('delivered'),
    unknown_count: count('unknown'),
    failed_count: 0,
    cancelled_count: 0,
  });
}

test('kill -9 in the middle of a chunk: what was recorded each second is known, the rest is unknown until it is proved', async () => {
  const bot = await startFirstBot(40);
  const numbers = await sendList(system, { good: 400 });
  await untilTaken(140);
  await bot.kill('SIGKILL');
  const taken = system.server.taken.length;
  const { sending_count: recorded } = await onlyBatch(system.db);
  expect(recorded).toBeGreaterThan(0);
  expect(recorded).toBeLessThanOrEqual(taken);

  await startTinyBot();
  await untilProved(numbers);
  await expectPromiseKept(numbers);
  // The killed submission was one, however many requests carried it: all it left open is accounted for.
  const [first] = await system.db('sms_submission').orderBy('id');
  expect(first).toMatchObject({ size: 400, worker: expect.any(String) });
  expect(['unknown', 'reconciled']).toContain(first.outcome);
});

test(
  'kill -9 at random moments of one batch: nobody is texted twice, and everybody is accounted for',
  async () => {
    const { below } = seededRandom();
    let bot = await startFirstBot(30);
    const numbers = await sendList(system, { good: isFull ? 3_000 : 400 });
    await untilTaken(1);
    for (let kill = 0; kill < (isFull ? 8 : 2); kill += 1) {
      const before = system.server.taken.length;
      await untilTaken(Math.min(numbers.length, before + 1));
      await pause(below(2_000));
      await bot.kill('SIGKILL');
      bot = await startTinyBot();
      if (isSubmitted(await onlyBatch(system.db))) break;
    }
    await untilProved(numbers);
    await expectPromiseKept(numbers);

    await system.server.deliver();
    const { taken } = system.server;
    await until(
      () => onlyBatch(system.db),
      (batch) => batch.success_count === taken.length,
    );
    await expectPromiseKept(numbers);
  },
  isFull ? 1_800_000 : 480_000,
);

test('SIGTERM in the middle of a chunk: it ends with code 0, nothing is uncertain, and the rest leaves with the next bot', async () => {
  const bot = await startFirstBot(20);
  const numbers = await sendList(system, { good: 200 });
  await untilTaken(30);
  expect(await bot.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  const sending = system.server.taken.length;
  expect(sending).toBeLessThan(200);
  expect(await onlyBatch(system.db)).toMatchObject({
    sending_count: sending,
    unknown_count: 0,
    failed_count: 0,
  });
  await startTinyBot();
  await untilProved(numbers);
  await expectPromiseKept(numbers);
  expect(system.server.taken).toHaveLength(200);
});
