import { type Logger, LogLevel, type types, webApi } from '@slack/bolt';
import { type Slack, startSlack } from '../../../src/playground/slack/start-slack';
import type { TrafficEntry } from '../../../src/playground/slack/traffic';
import { ANNA, LIWEI, SECRETS } from './start-bolt';

const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

const client = (slack: Slack, token: string = SECRETS.botToken) =>
  new webApi.WebClient(token, {
    logger: silent,
    slackApiUrl: slack.url,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });

const divider = { type: 'divider' } as const;
const chart = {
  type: 'data_visualization',
  title: 'Delivery',
  chart: { type: 'pie', segments: [{ label: 'Delivered', value: 1 }] },
};
const modal: types.ModalView = {
  type: 'modal',
  title: { type: 'plain_text', text: 'Hi' },
  blocks: [divider],
};

const triggerOf = (entry: TrafficEntry | undefined) =>
  (entry?.request as { trigger_id: string } | undefined)?.trigger_id ?? '';

describe('the Web API', () => {
  let slack: Slack;
  let bot: webApi.WebClient;
  let now: number;
  let channel: string;

  beforeEach(async () => {
    now = Date.now();
    slack = await startSlack({ ...SECRETS, now: () => now });
    bot = client(slack);
    channel = slack.channel('marketing').id;
  });
  afterEach(() => slack.close());

  /** A trigger as a command makes it; nobody listens, so the command itself fails. */
  const trigger = async () => {
    await slack.as(ANNA).command('/sms', channel);
    return triggerOf(slack.traffic.named('/sms').at(-1));
  };
  const open = async () =>
    (await bot.views.open({ trigger_id: await trigger(), view: modal })).view?.id ?? '';
  const archived = () => {
    slack.archive(channel);
    return channel;
  };
  const refusal = (call: Promise<unknown>) =>
    call.then(
      () => 'ok',
      (error) => error.data?.error ?? error.code,
    );

  it.each([
    ['not_authed', ''],
    ['invalid_auth', 'xoxb-other'],
    ['not_allowed_token_type', SECRETS.appToken],
  ])('answers %s to a wrong token', async (code, token) => {
    expect(await refusal(client(slack, token).auth.test())).toBe(code);
  });

  it('names the scope that is missing', async () => {
    await slack.close();
    slack = await startSlack({ ...SECRETS, scopes: ['chat:write', 'groups:history'] });
    bot = client(slack);
    await expect(bot.conversations.history({ channel })).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'channels:history' },
    });
  });

  it('does not know every method', async () => {
    expect(await refusal(bot.apiCall('chat.shout'))).toBe('unknown_method');
  });

  it('reads JSON bodies too', async () => {
    const response = await fetch(`${slack.url}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${SECRETS.botToken}` },
      body: JSON.stringify({ channel, text: 'Hello', blocks: [divider] }),
    });
    expect(await response.json()).toMatchObject({ ok: true, message: { text: 'Hello' } });
  });

  it('gives locale only when asked, and the offset of the zone', async () => {
    const { user } = await bot.users.info({ user: LIWEI, include_locale: true });
    expect(user).toMatchObject({ locale: 'zh-CN', tz: 'Asia/Shanghai', tz_offset: 28_800 });
    expect((await bot.users.info({ user: LIWEI })).user).not.toHaveProperty('locale');
  });

  it.each([
    ['not_in_channel', () => slack.channel('random').id],
    ['channel_not_found', () => 'C0NOWHERE1'],
    ['is_archived', () => archived()],
  ])('refuses a post with %s', async (code, where) => {
    expect(await refusal(bot.chat.postMessage({ channel: where(), text: 'Hi' }))).toBe(code);
  });

  it('posts to a person’s direct messages by their id', async () => {
    await bot.chat.postMessage({ channel: ANNA, text: 'Hi' });
    expect(slack.messages(slack.as(ANNA).direct())).toMatchObject([{ text: 'Hi' }]);
  });

  it('keeps a reply in its thread, and in the channel too when broadcast', async () => {
    const { ts = '' } = await bot.chat.postMessage({ channel, text: 'Live' });
    await bot.chat.postMessage({ channel, text: 'Done', thread_ts: ts, reply_broadcast: true });
    expect(slack.messages(channel)[1]).toMatchObject({ thread_ts: ts, subtype: 'thread_broadcast' });
  });

  it('removes blocks on an update with text alone, and keeps metadata', async () => {
    const metadata = { event_type: 'sms_batch', event_payload: { id: '1' } };
    const { ts = '' } = await bot.chat.postMessage({ channel, text: 'Live', blocks: [divider], metadata });
    await bot.chat.update({ channel, ts, text: 'Later' });
    const [message] = slack.messages(channel);
    expect(message).toMatchObject({ text: 'Later', metadata });
    expect(message?.blocks).toBeUndefined();
  });

  it('does not let the bot update what a person wrote', async () => {
    const { ts } = slack.as(ANNA).say(channel, 'Mine');
    expect(await refusal(bot.chat.update({ channel, ts, text: 'Ours' }))).toBe('cant_update_message');
  });

  it.each([
    ['message_not_found', { ts: '1.000001', text: 'x' }],
    ['msg_too_long', { ts: '', text: 'x'.repeat(4001) }],
  ])('refuses an update with %s', async (code, { ts, text }) => {
    const posted = await bot.chat.postMessage({ channel, text: 'Live' });
    expect(await refusal(bot.chat.update({ channel, ts: ts || (posted.ts ?? ''), text }))).toBe(code);
  });

  it('shows an ephemeral message to members only', async () => {
    const hidden = slack.channel('launch-plans').id;
    expect(await refusal(bot.chat.postEphemeral({ channel: hidden, user: 'U0BEN00001', text: 'Psst' }))).toBe(
      'user_not_in_channel',
    );
    await bot.chat.postEphemeral({ channel, user: ANNA, text: 'Psst' });
    expect(slack.as(ANNA).sees(channel)).toHaveLength(1);
    expect(slack.as(LIWEI).sees(channel)).toHaveLength(0);
  });

  it('says where a refused block is, and remembers the fault', async () => {
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: '' } }] as never;
    await expect(bot.chat.postMessage({ channel, text: 'x', blocks })).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        response_metadata: { messages: [expect.stringContaining('[json-pointer:/blocks/0/text/text]')] },
      },
    });
    expect(slack.faults()).toMatchObject([{ where: 'chat.postMessage' }]);
  });

  it('validates for everybody, without a token', async () => {
    const answer = await client(slack, '').blocks.validate({ blocks: [divider] });
    expect(answer.ok).toBe(true);
  });

  describe('triggers', () => {
    it('open one view', async () => {
      const id = await trigger();
      await bot.views.open({ trigger_id: id, view: modal });
      expect(await refusal(bot.views.open({ trigger_id: id, view: modal }))).toBe('exchanged_trigger_id');
    });

    it('live three seconds', async () => {
      const id = await trigger();
      now += 3001;
      expect(await refusal(bot.views.open({ trigger_id: id, view: modal }))).toBe('expired_trigger_id');
    });

    it('cannot be made up, nor push a view where there is no modal', async () => {
      expect(await refusal(bot.views.open({ trigger_id: '1.2.3', view: modal }))).toBe('invalid_trigger_id');
      expect(await refusal(bot.views.push({ trigger_id: await trigger(), view: modal }))).toBe(
        'invalid_trigger_id',
      );
    });
  });

  it('refuses an update of a view that has changed since', async () => {
    const { view } = await bot.views.open({ trigger_id: await trigger(), view: modal });
    const update = () => bot.views.update({ view_id: view?.id ?? '', hash: view?.hash ?? '', view: modal });
    await update();
    expect(await refusal(update())).toBe('hash_conflict');
  });

  it('refuses an update of a view that was closed', async () => {
    const id = await open();
    await slack.as(ANNA).close(id);
    expect(await refusal(bot.views.update({ view_id: id, view: modal }))).toBe('not_found');
  });

  it('holds three views and no more', async () => {
    const input = {
      type: 'actions',
      elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
    } as const;
    const view = { ...modal, blocks: [input] };
    await bot.views.open({ trigger_id: await trigger(), view });
    const push = async () => {
      await slack.as(ANNA).click(slack.as(ANNA).modal()?.id ?? '', 'Go');
      return refusal(
        bot.views.push({ trigger_id: triggerOf(slack.traffic.named('block_actions').at(-1)), view }),
      );
    };
    expect([await push(), await push(), await push()]).toEqual(['ok', 'ok', 'push_limit_reached']);
  });

  it('takes a file in three steps', async () => {
    await bot.filesUploadV2({
      channel_id: slack.as(ANNA).direct(),
      filename: 'result.csv',
      file: Buffer.from('number,status\n'),
    });
    const [message] = slack.messages(slack.as(ANNA).direct());
    expect(message?.files).toMatchObject([{ name: 'result.csv', size: 14 }]);
  });

  describe('weather', () => {
    it('answers 429 with Retry-After as often as it is told', async () => {
      slack.weather.set('postRateLimited', { times: 1, retryAfterS: 7 });
      const post = () => bot.chat.postMessage({ channel, text: 'Hi' });
      await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
      expect((await post()).ok).toBe(true);
    });

    it('deletes the message before an update', async () => {
      const { ts = '' } = await bot.chat.postMessage({ channel, text: 'Live' });
      slack.weather.set('messageDeleted', { times: 1 });
      expect(await refusal(bot.chat.update({ channel, ts, text: 'x' }))).toBe('message_not_found');
      expect(slack.messages(channel)).toEqual([]);
    });

    it('archives the channel, and no direct messages', async () => {
      slack.weather.set('channelArchived', true);
      expect(await refusal(bot.chat.postMessage({ channel, text: 'x' }))).toBe('is_archived');
      const direct = slack.as(ANNA).direct();
      expect(await refusal(bot.chat.postMessage({ channel: direct, text: 'x' }))).toBe('ok');
    });

    it('knows no charts, which is no fault of the payload', async () => {
      slack.weather.set('chartsUnsupported', true);
      const blocks = [chart] as never;
      expect(await refusal(bot.chat.postMessage({ channel, text: 'x', blocks }))).toBe('invalid_blocks');
      expect(slack.faults()).toEqual([]);
      slack.weather.clear();
      expect(await refusal(bot.chat.postMessage({ channel, text: 'x', blocks }))).toBe('ok');
    });

    it('loses the answer to a post that took effect', async () => {
      slack.weather.set('lostResponse', { times: 1 });
      await expect(bot.chat.postMessage({ channel, text: 'Hi' })).rejects.toThrow();
      expect(slack.messages(channel)).toMatchObject([{ text: 'Hi' }]);
    });
  });

  it('enforces the tiers where asked to', async () => {
    await slack.close();
    slack = await startSlack({ ...SECRETS, now: () => now, rateLimits: true });
    bot = client(slack);
    const { ts = '' } = await bot.chat.postMessage({ channel, text: 'Live' });
    const update = () => bot.chat.update({ channel, ts, text: 'x' });
    for (let call = 0; call < 50; call++) await update();
    await expect(update()).rejects.toMatchObject({ retryAfter: 2 });
    now += 2000;
    expect((await update()).ok).toBe(true);
  });
});
