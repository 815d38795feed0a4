import { setTimeout as pause } from 'node:timers/promises';
import type { BukaState } from '@bulk-sms/playground/buka/state/describe';
import type { PageState } from '@bulk-sms/playground/slack/page-api/state-for';
import { PEOPLE } from './setup/browser-client';
import { forgetDataDir, newDataDir, type RunningDemo, runDemo } from './setup/run-demo';

const START_WITHIN_MS = 180_000;

let dataDir: string;
let demo: RunningDemo;
beforeAll(async () => {
  dataDir = await newDataDir();
  demo = await runDemo({ dataDir, args: ['--sample'] });
}, START_WITHIN_MS);
afterAll(async () => {
  await demo?.stop();
  if (dataDir) await forgetDataDir(dataDir);
}, START_WITHIN_MS);

test('with --sample the demo starts with batches in four states, and with every fault off', async () => {
  await untilPost('marketing', 'Flash sale', /Completed: 1\d of 18 messages delivered.*sms_retry_/);
  await untilPost('marketing', 'Your table is booked', /Unknown\*\\n8 \(100%\)/);
  await untilPost('general', 'Your parcel arrives', /Paused: 12 of 12 messages not sent yet.*sms_resume/);
  const direct = (await stateOf(PEOPLE.anna)).channels.find(({ id }) => id.startsWith('D'));
  expect(JSON.stringify(direct?.messages)).toMatch(/Send 11 messages/);

  // Only the completed batch has reached Buka; of its 18 numbers Buka refuses one.
  const { ledger, faults } = await demo.get<BukaState>('/buka/state');
  expect(ledger).toMatchObject({ once: 17, moreThanOnce: 0 });
  expect(faults).toEqual({});
});

test(
  'with --sample on a directory that has batches, the demo says so and makes no others',
  async () => {
    const before = await batchPosts();
    await demo.stop();
    demo = await runDemo({ dataDir, args: ['--sample'] });
    expect(demo.said()).toMatch(/There are batches already, so none were made/);
    expect(await batchPosts()).toBe(before);
  },
  START_WITHIN_MS,
);

async function stateOf(user: string): Promise<PageState> {
  return demo.get<PageState>(`/playground/state?user=${user}`);
}

/** Resolves once the status message of the batch with this text, as JSON, fits. */
async function untilPost(channel: string, text: string, fits: RegExp): Promise<void> {
  for (;;) {
    const { channels } = await stateOf(PEOPLE.anna);
    const messages = channels.find(({ name }) => name === channel)?.messages ?? [];
    const posts = messages.map((message) => JSON.stringify(message));
    if (posts.some((post) => post.includes(text) && fits.test(post))) return;
    await pause(250);
  }
}

async function batchPosts(): Promise<number> {
  const { channels } = await stateOf(PEOPLE.anna);
  const messages = channels.flatMap((channel) => channel.messages);
  return messages.filter((message) => JSON.stringify(message).includes('sms_batch_actions')).length;
}
