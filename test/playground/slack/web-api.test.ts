import { type Slack, startSlack } from '@bulk-sms/playground/slack/start-slack';
import type { webApi } from '@slack/bolt';
import { ANNA, LIWEI, SECRETS } from './start-bolt';
import { clientOf, divider, refusal } from './web-client';

describe('the Web API', () => {
  let slack: Slack;
  let bot: webApi.WebClient;
  let channel: string;

  beforeEach(async () => {
    slack = await startSlack(SECRETS);
    bot = clientOf(slack);
    channel = slack.channel('marketing').id;
  });
  afterEach(() => slack.close());

  const archived = () => {
    slack.archive(channel);
    return channel;
  };

  it.each([
    ['not_authed', ''],
    ['invalid_auth', 'xoxb-other'],
    ['not_allowed_token_type', SECRETS.appToken],
  ])('answers %s to a wrong token', async (code, token) => {
    expect(await refusal(clientOf(slack, token).auth.test())).toBe(code);
  });

  it('names the scope that is missing', async () => {
    await slack.close();
    slack = await startSlack({ ...SECRETS, scopes: ['chat:write', 'groups:history'] });
    bot = clientOf(slack);
    await expect(bot.conversations.history({ channel })).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'channels:history' },
    });
  });

  it('refuses an unknown method', async () => {
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
    expect(slack.refusedPayloads()).toMatchObject([{ where: 'chat.postMessage' }]);
  });

  it('validates for everybody, without a token', async () => {
    const answer = await clientOf(slack, '').blocks.validate({ blocks: [divider] });
    expect(answer.ok).toBe(true);
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
});
