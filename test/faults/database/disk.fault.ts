import { setTimeout as pause } from 'node:timers/promises';
import { startTestSystem, type TestSystem } from '../../setup/test-system';
import { until } from '../../setup/until';
import { expectPromiseKept, onlyBatch, untilProved } from '../expect-promise-kept';
import { isFull } from '../run-size';
import { sendList } from '../send-list';
import { killBots, startBot } from '../start-bot';
import { createDisk, type Disk } from './full-disk';

const LASTS_MS = isFull ? 300_000 : 8_000;

let system: TestSystem;
let disk: Disk;
beforeEach(async () => {
  system = await startTestSystem({
    bot: false,
    buka: { latencyMs: 200 },
    env: { SUBMIT_CONCURRENCY: '2', SUBMIT_TIMEOUT_MS: '5000' },
  });
  disk = await createDisk(system.db);
});
afterEach(async () => {
  await killBots();
  await system.close();
});

test(
  'the disk of the database is full for a while: nothing new is sent, and no reply of that time is lost',
  async () => {
    const { buka, db, env } = system;
    const bot = await startBot(env);
    const numbers = await sendList(system, { good: isFull ? 60_000 : 8_000 });
    await until(
      async () => buka.ledger.counts().once,
      (once) => once >= 2_000,
    );
    await disk.fill();
    await pause(LASTS_MS / 2);
    const before = buka.ledger.counts().once;
    await pause(LASTS_MS / 2);
    expect(buka.ledger.counts().once).toBe(before);
    await until(disk.refused, (statements) => statements > 5);
    await disk.empty();
    await untilProved(db, buka.ledger, numbers);
    await expectPromiseKept(db, buka.ledger, numbers);
    expect(await bot.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  },
  LASTS_MS + 480_000,
);

test('the disk is full, and the bot is killed with replies that it could not record: the records of the provider prove them', async () => {
  const { buka, db, env } = system;
  const bot = await startBot(env);
  const numbers = await sendList(system, { good: 6_000 });
  await until(
    async () => buka.ledger.counts().once,
    (once) => once >= 2_000,
  );
  await disk.fill();
  await pause(2_000);
  await bot.kill('SIGKILL');
  await disk.empty();
  await startBot(env);
  await untilProved(db, buka.ledger, numbers);
  await expectPromiseKept(db, buka.ledger, numbers);
});

test('the disk is full while a list is read: it is read when there is room, and nobody is missing', async () => {
  const { buka, db, env } = system;
  await startBot(env);
  // Long enough to be in the middle of it when the disk is full.
  const sent = sendList(system, { good: 30_000, bad: 40, duplicates: 60 });
  await until(() => onlyBatch(db), Boolean);
  await disk.fill();
  await pause(4_000);
  await disk.empty();
  const numbers = await sent;
  await untilProved(db, buka.ledger, numbers);
  await expectPromiseKept(db, buka.ledger, numbers);
});
