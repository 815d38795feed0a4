import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SlackOptions } from '@bulk-sms/playground/slack/slack-options';
import { type Slack, startSlack } from '@bulk-sms/playground/slack/start-slack';
import { ANNA, LIWEI, SECRETS } from './start-bolt';
import { clientOf, divider, fileForm, newTrigger } from './web-client';

let folder: string;
let slack: Slack;
const start = async (options: Partial<SlackOptions> = {}) => {
  slack = await startSlack({ ...SECRETS, stateFile: join(folder, 'state', 'slack.json'), ...options });
};
const restart = async (options?: Partial<SlackOptions>) => {
  await slack.close();
  await start(options);
};
const download = async (url: string | undefined) =>
  (await fetch(url ?? '', { headers: { authorization: `Bearer ${SECRETS.botToken}` } })).text();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slack-'));
  await start();
});
afterEach(async () => {
  await slack.close();
  await rm(folder, { recursive: true });
});

it('keeps channels, threads, direct messages and what is unread', async () => {
  const bot = clientOf(slack);
  const channel = slack.channel('general').id;
  const { ts = '' } = slack.as(ANNA).say(channel, 'Remember me');
  await bot.chat.postMessage({ channel, text: 'In the thread', thread_ts: ts });
  await bot.chat.postMessage({ channel: ANNA, text: 'For you alone' });
  await bot.chat.postEphemeral({ channel, user: LIWEI, text: 'Psst' });
  slack.as(ANNA).invite(slack.channel('random').id);
  slack.archive(slack.channel('marketing').id);
  await restart();

  expect(slack.messages(channel)).toMatchObject([{ text: 'Remember me' }, { thread_ts: ts }]);
  expect(slack.as(LIWEI).sees(channel)).toHaveLength(3);
  expect(slack.messages(slack.as(ANNA).direct())).toMatchObject([{ text: 'For you alone' }]);
  expect(slack.channel('marketing').is_archived).toBe(true);
  expect((await clientOf(slack).chat.postMessage({ channel: 'random', text: 'In' })).ok).toBe(true);
  const answer = await fetch(`${slack.origin}/playground/state?user=${ANNA}`);
  const { channels } = (await answer.json()) as { channels: { is_im: boolean; unread: number }[] };
  expect(channels.find(({ is_im }) => is_im)?.unread).toBe(1);
});

it('keeps the files of people and of the bot, at the current address', async () => {
  const direct = slack.as(ANNA).direct();
  await clientOf(slack).filesUploadV2({ channel_id: direct, filename: 'out.csv', file: Buffer.from('a\n') });
  await restart();

  const [message] = slack.messages(direct);
  const { file } = await clientOf(slack).files.info({ file: message?.files?.[0]?.id ?? '' });
  expect(file?.url_private_download?.startsWith(slack.origin)).toBe(true);
  expect(await download(file?.url_private_download)).toBe('a\n');
  expect(await (await fetch(message?.files?.[0]?.permalink ?? '')).text()).toBe('a\n');
});

it('keeps an open modal with the file in it, the home, and a person’s language', async () => {
  const bot = clientOf(slack);
  const { view } = await bot.views.open({ trigger_id: await newTrigger(slack), view: fileForm });
  const id = view?.id ?? '';
  await slack.as(ANNA).enter(id, 'Recipients file', [{ name: 'list.csv', content: Buffer.from('phone\n') }]);
  await bot.views.publish({ user_id: ANNA, view: { type: 'home', blocks: [divider] } });
  slack.as(LIWEI).setLocale('en-US');
  await restart();

  expect(slack.as(ANNA).modal()).toMatchObject({ id, callback_id: 'form' });
  const files = slack.as(ANNA).modal()?.state.values.file?.value?.files as { url_private_download: string }[];
  expect(await download(files[0]?.url_private_download)).toBe('phone\n');
  const updated = await clientOf(slack).views.update({ view_id: id, hash: view?.hash ?? '', view: fileForm });
  expect(updated.ok).toBe(true);
  expect(slack.home(ANNA)).toMatchObject({ blocks: [{ type: 'divider' }] });
  const { user } = await clientOf(slack).users.info({ user: LIWEI, include_locale: true });
  expect(user?.locale).toBe('en-US');
});

it('keeps the faults and their remaining times, unless others are set', async () => {
  slack.faults.set('slow', { ms: 1 });
  slack.faults.set('postRateLimited', { times: 2 });
  slack.faults.strike('postRateLimited');
  await restart();
  expect(slack.faults.current()).toEqual({ slow: { ms: 1 }, postRateLimited: { times: 1 } });
  await restart({ faults: { messageDeleted: {} } });
  expect(slack.faults.current()).toEqual({ messageDeleted: {} });
  slack.faults.clear();
  await restart();
  expect(slack.faults.current()).toEqual({});
});

it('opens a file of earlier versions, which called the faults weather', async () => {
  const file = join(folder, 'state', 'slack.json');
  slack.faults.set('slow', { ms: 1 });
  await slack.close();
  const { faults, ...rest } = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...rest, weather: faults }));
  await start();
  expect(slack.faults.current()).toEqual({ slow: { ms: 1 } });
});

it('writes while changes go on, not only after a pause', async () => {
  const channel = slack.channel('general').id;
  const chatter = setInterval(() => slack.as(ANNA).say(channel, 'And on'), 50);
  try {
    const kept = await readOnceThere(join(folder, 'state', 'slack.json'));
    expect(kept).toContain('And on');
  } finally {
    clearInterval(chatter);
  }
});

/** Polls until the file is there. Ends with the test's own time-out. */
async function readOnceThere(path: string): Promise<string> {
  for (;;) {
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text) return text;
    await pause(20);
  }
}
