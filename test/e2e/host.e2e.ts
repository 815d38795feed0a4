import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { BukaState } from '@bulk-sms/playground/buka/state/describe';
import type { DemoState } from '@bulk-sms/playground/demo/demo-routes';
import type { PageState } from '@bulk-sms/playground/slack/page-api/state-for';
import { PEOPLE } from './setup/browser-client';
import { forgetDataDir, newDataDir, type RunningDemo, runDemo } from './setup/run-demo';

const START_WITHIN_MS = 180_000;
const ANNA = PEOPLE.anna;

let dataDir: string;
let demo: RunningDemo;
beforeAll(async () => {
  dataDir = await newDataDir();
  demo = await runDemo({ dataDir });
}, START_WITHIN_MS);
afterAll(async () => {
  await demo?.stop();
  if (dataDir) await forgetDataDir(dataDir);
});

test('a request from a foreign page or with a false host name is refused', async () => {
  const { host } = new URL(demo.address);
  expect(await statusOf('/demo/state', { host })).toBe(200);
  expect(await statusOf('/demo/state', { host: 'example.com' })).toBe(403);
  expect(await statusOf('/', { host: 'example.com' })).toBe(403);
  expect(await statusOf('/buka/state', { host, origin: 'https://example.com' })).toBe(403);
  expect(await statusOf('/playground/state', { host, origin: 'null' })).toBe(403);
});

test('a taken port and a taken directory are reported in one sentence, with what to do', async () => {
  const { port } = new URL(demo.address);
  await expect(runDemo({ port })).rejects.toThrow(
    `Port ${port} is taken, maybe by another demo. Stop that, or choose another port: DEMO_PORT=${Number(port) + 1} npm run demo`,
  );
  await expect(runDemo({ dataDir, args: ['--reset'] })).rejects.toThrow(
    /A demo is running on .*Stop it first/,
  );
  expect((await demo.get<DemoState>('/demo/state')).bot.state).toBe('running');
});

test('the bot restarts when it is killed, and stays down when it is stopped', async () => {
  await demo.post('/demo/bot/kill');
  const back = await stateOnce(({ bot }) => bot.restarts === 1 && bot.state === 'running');
  expect(back.bot.lastEnd).toMatchObject({ signal: 'SIGKILL' });
  await demo.post('/demo/bot/stop');
  expect((await stateOnce(({ bot }) => bot.pid === null)).bot.state).toBe('stopped');
  await demo.post('/demo/bot/start');
  await stateOnce(({ bot }) => bot.state === 'running');
});

test(
  'messages are still there after the demo was stopped, until --reset',
  async () => {
    const say = { user: ANNA, channel: 'C0GENERAL1', text: 'Remember this' };
    await demo.post('/playground/acts/say', say);
    await demo.post('/buka/balance', { balance: '12.5' });
    await demo.stop();
    demo = await runDemo({ dataDir });
    expect(await textsInGeneral()).toContain('Remember this');
    expect((await demo.get<BukaState>('/buka/state')).accounts).toMatchObject([{ balance: '12.500000' }]);
    await demo.stop();
    demo = await runDemo({ dataDir, args: ['--reset'] });
    expect(await textsInGeneral()).toEqual([]);
  },
  START_WITHIN_MS,
);

/** `fetch` does not let us set a false host. */
function statusOf(path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(demo.address + path, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
}

async function stateOnce(fits: (state: DemoState) => boolean): Promise<DemoState> {
  for (;;) {
    const state = await demo.get<DemoState>('/demo/state');
    if (fits(state)) return state;
    await pause(100);
  }
}

async function textsInGeneral(): Promise<string[]> {
  const { channels } = await demo.get<PageState>(`/playground/state?user=${ANNA}`);
  return channels.flatMap(({ name, messages }) =>
    name === 'general' ? messages.map(({ text }) => text) : [],
  );
}
