import { type Slack, startSlack } from '@bulk-sms/playground/slack/start-slack';
import type { webApi } from '@slack/bolt';
import { ANNA, SECRETS } from './start-bolt';
import { clientOf, refusal } from './web-client';

const chart = {
  type: 'data_visualization',
  title: 'Delivery',
  chart: { type: 'pie', segments: [{ label: 'Delivered', value: 1 }] },
};

describe('faults of the local Slack', () => {
  let slack: Slack;
  let bot: webApi.WebClient;
  let now: number;
  let channel: string;

  beforeEach(async () => {
    now = Date.now();
    slack = await startSlack({ ...SECRETS, now: () => now });
    bot = clientOf(slack);
    channel = slack.channel('marketing').id;
  });
  afterEach(() => slack.close());

  it('answers 429 with Retry-After as often as the setting says', async () => {
    slack.faults.set('postRateLimited', { times: 1, retryAfterS: 7 });
    const post = () => bot.chat.postMessage({ channel, text: 'Hi' });
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    expect((await post()).ok).toBe(true);
  });

  it('answers 429 to edits alone', async () => {
    const { ts = '' } = await bot.chat.postMessage({ channel, text: 'Live' });
    slack.faults.set('updateRateLimited', { retryAfterS: 3 });
    await expect(bot.chat.update({ channel, ts, text: 'x' })).rejects.toMatchObject({ retryAfter: 3 });
    expect(slack.messages(channel)).toMatchObject([{ text: 'Live' }]);
    expect((await bot.chat.postMessage({ channel, text: 'Hi' })).ok).toBe(true);
  });

  it('answers every call with 500 and an HTML page', async () => {
    slack.faults.set('serverError');
    const response = await fetch(`${slack.url}chat.postMessage`, { method: 'POST' });
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toContain('text/html');
    slack.faults.clear();
    expect((await bot.auth.test()).ok).toBe(true);
  });

  it('is late and then answers in full', async () => {
    slack.faults.set('slow', { ms: 5, times: 1 });
    expect((await bot.auth.test()).ok).toBe(true);
    expect(slack.faults.current()).toEqual({});
  });

  it('deletes the message before an update', async () => {
    const { ts = '' } = await bot.chat.postMessage({ channel, text: 'Live' });
    slack.faults.set('messageDeleted', { times: 1 });
    expect(await refusal(bot.chat.update({ channel, ts, text: 'x' }))).toBe('message_not_found');
    expect(slack.messages(channel)).toEqual([]);
  });

  it('archives the channel, and no direct messages', async () => {
    slack.faults.set('channelArchived');
    expect(await refusal(bot.chat.postMessage({ channel, text: 'x' }))).toBe('is_archived');
    slack.faults.clear();
    const { ts = '' } = await bot.chat.postMessage({ channel, text: 'Live' });
    slack.faults.set('channelArchived');
    expect(await refusal(bot.chat.update({ channel, ts, text: 'x' }))).toBe('is_inactive');
    const direct = slack.as(ANNA).direct();
    expect(await refusal(bot.chat.postMessage({ channel: direct, text: 'x' }))).toBe('ok');
  });

  it('refuses charts as unknown, and does not count the payload as refused', async () => {
    slack.faults.set('chartsUnsupported');
    const blocks = [chart] as never;
    expect(await refusal(bot.chat.postMessage({ channel, text: 'x', blocks }))).toBe('invalid_blocks');
    expect(slack.refusedPayloads()).toEqual([]);
    slack.faults.clear();
    expect(await refusal(bot.chat.postMessage({ channel, text: 'x', blocks }))).toBe('ok');
  });

  it('loses the answer to a post that took effect', async () => {
    slack.faults.set('lostResponse', { times: 1 });
    await expect(bot.chat.postMessage({ channel, text: 'Hi' })).rejects.toThrow();
    expect(slack.messages(channel)).toMatchObject([{ text: 'Hi' }]);
  });

  it.each([
    ['internal_error', undefined],
    ['fatal_error', 'fatal_error'],
    ['<html>Sorry</html>', '<html>Sorry</html>'],
  ])('answers %s to a post that took effect', async (answered, error) => {
    slack.faults.set('postUnclear', { times: 1, error });
    expect(await refusal(bot.chat.postMessage({ channel, text: 'Hi' }))).toBe(answered);
    expect(slack.messages(channel)).toMatchObject([{ text: 'Hi' }]);
  });

  it('refuses replies in threads, and no other posts', async () => {
    const { ts = '' } = await bot.chat.postMessage({ channel, text: 'Live' });
    slack.faults.set('threadRefused');
    expect(await refusal(bot.chat.postMessage({ channel, thread_ts: ts, text: 'x' }))).toBe('thread_locked');
    expect(await refusal(bot.chat.postMessage({ channel, text: 'x' }))).toBe('ok');
  });

  it('refuses edits', async () => {
    const { ts = '' } = await bot.chat.postMessage({ channel, text: 'Live' });
    slack.faults.set('editRefused', { error: 'edit_window_closed' });
    expect(await refusal(bot.chat.update({ channel, ts, text: 'x' }))).toBe('edit_window_closed');
    expect(slack.messages(channel)).toMatchObject([{ text: 'Live' }]);
  });

  it('never answers an upload', async () => {
    slack.faults.set('uploadSilent', { times: 1 });
    const { upload_url } = await bot.files.getUploadURLExternal({ filename: 'list.csv', length: 3 });
    const upload = () =>
      fetch(upload_url as string, { method: 'POST', body: '138', signal: AbortSignal.timeout(500) });
    await expect(upload()).rejects.toMatchObject({ name: 'TimeoutError' });
    expect((await upload()).status).toBe(200);
  });

  it('does not say who a person is', async () => {
    slack.faults.set('personLimited', { times: 1, retryAfterS: 4 });
    await expect(bot.users.info({ user: ANNA })).rejects.toMatchObject({ retryAfter: 4 });
    slack.faults.set('channelsLimited', { times: 1, retryAfterS: 4 });
    await expect(bot.users.conversations({ user: ANNA })).rejects.toMatchObject({ retryAfter: 4 });
    slack.faults.set('personSilent', { times: 1, ms: 5 });
    expect((await bot.users.info({ user: ANNA })).ok).toBe(true);
  });

  it('refuses the bot token, and opens no socket', async () => {
    slack.faults.set('tokenRefused');
    expect(await refusal(bot.auth.test())).toBe('token_revoked');
    slack.faults.clear();
    slack.faults.set('socketRefused');
    const open = bot.apps.connections.open({ token: SECRETS.appToken });
    expect(await refusal(open)).toBe('invalid_auth');
    slack.faults.clear();
    slack.faults.set('orgToken', { times: 1 });
    expect(await bot.auth.test()).toMatchObject({ is_enterprise_install: true });
  });

  it('enforces the tiers if the options say so', async () => {
    await slack.close();
    slack = await startSlack({ ...SECRETS, now: () => now, rateLimits: true });
    bot = clientOf(slack);
    const { ts = '' } = await bot.chat.postMessage({ channel, text: 'Live' });
    const update = () => bot.chat.update({ channel, ts, text: 'x' });
    for (let call = 0; call < 50; call++) await update();
    await expect(update()).rejects.toMatchObject({ retryAfter: 2 });
    now += 2000;
    expect((await update()).ok).toBe(true);
  });
});
