import { createHmac } from 'node:crypto';
import { BOT } from '@bulk-sms/playground/slack/workspace/bot-ids';
import { ensureUser } from '../../../../src/tenants/person';
import { mobiles } from '../../../setup/app-context';
import { ANNA, BEN, LIWEI, SECRETS, sharedHarness, shownIn } from '../../harness';

const harness = sharedHarness('http');

/** The bot's private reply to a command. */
async function ask(userId: string, typed: string): Promise<string> {
  const person = harness.slack.as(userId);
  const before = person.sees(harness.marketing).length;
  await person.command(typed, harness.marketing);
  await harness.slack.waitFor(() => person.sees(harness.marketing).length > before);
  const answer = person.sees(harness.marketing).at(-1);
  expect(answer?.ephemeral_to).toBe(userId);
  return shownIn(answer);
}

describe('before the first batch', () => {
  it('shows the first steps instead of an empty list', async () => {
    expect(await ask(ANNA, '/sms list')).toContain('`/sms send` starts the first');
    expect(await ask(ANNA, '/sms status')).toContain('`/sms send` starts the first');
    await harness.slack.as(ANNA).openHome();
    const home = await harness.slack.waitFor(() => harness.slack.as(ANNA).home());
    expect(shownIn(home)).toContain('Three steps to the first batch');
    expect(shownIn(home)).toContain('100.00');
  });
});

describe('commands', () => {
  let batchId: string;
  beforeAll(async () => {
    batchId = await harness.started(mobiles(2));
  });

  it('answers status, list, balance and help', async () => {
    expect(await ask(ANNA, '/sms status')).toContain('Starting to send 2 messages');
    expect(await ask(BEN, `/sms status ${batchId}`)).toContain('Starting to send 2 messages');
    expect(await ask(ANNA, '/sms status 999999')).toContain('There is no batch 999999');
    expect(await ask(ANNA, '/sms status abc')).toContain('There is no batch abc');
    expect(await ask(ANNA, '/sms list')).toContain('Recent batches');
    expect(await ask(ANNA, '/sms balance')).toContain('*100.00* can be spent');
    expect(await ask(ANNA, '/sms help')).toContain('write a message and send it');
    expect(await ask(ANNA, '/sms frobnicate <!channel>')).toContain('I do not know “frobnicate”');
  });

  it('speaks the language of the person', async () => {
    expect(await ask(LIWEI, '/sms balance')).toContain('可用余额');
    await harness.compose(LIWEI);
    expect(harness.slack.as(LIWEI).modal()?.title?.text).toBe('群发短信');
  });

  it('refreshes the answer that only one person sees', async () => {
    const person = harness.slack.as(BEN);
    await ask(BEN, `/sms status ${batchId}`);
    const answer = person.sees(harness.marketing).at(-1);
    await person.click(answer?.ts ?? '', 'sms_refresh');
    await harness.slack.waitFor(() =>
      shownIn(person.sees(harness.marketing)).includes('No message was on its way at'),
    );
  });

  it('lists the batches in App Home, with a way to each', async () => {
    const anna = harness.slack.as(ANNA);
    await anna.openHome();
    await harness.slack.waitFor(() => shownIn(anna.home()).includes('The last batches'));
    await anna.click('home', 'sms_details');
    await harness.slack.waitFor(() => anna.modal()?.callback_id === 'sms_details');
  });
});

describe('who may do what', () => {
  it('lets only the sender or an administrator cancel', async () => {
    const batchId = await harness.started(mobiles(2, 13_800_138_100));
    await ask(BEN, `/sms status ${batchId}`);
    const ben = harness.slack.as(BEN);
    await ben.click(ben.sees(harness.marketing).at(-1)?.ts ?? '', 'sms_cancel', { confirm: true });
    await harness.slack.waitFor(() =>
      shownIn(ben.sees(harness.marketing)).includes('Only the person who sent'),
    );
    expect((await harness.summary(batchId)).counts.cancelled).toBe(0);
  });

  it('lets guests see, and no more', async () => {
    await setRole(BEN, 'guest');
    for (const word of ['send', 'balance'])
      expect(await ask(BEN, `/sms ${word}`)).toContain('Guests of a workspace');
    expect(await ask(BEN, '/sms list')).toContain('Recent batches');
    expect(harness.slack.as(BEN).modal()).toBeNull();
    await setRole(BEN, 'member');
  });

  it('checks again on submit: a form that was open when the permission was taken away sends nothing', async () => {
    const viewId = await harness.compose(BEN);
    await setRole(BEN, 'guest');
    const typed = { Message: 'Hello', 'Or paste numbers': '13800138000' };
    const { errors } = await harness.slack.as(BEN).submit(viewId, typed);
    expect(errors.sms_message).toContain('Guests of a workspace');
    await setRole(BEN, 'member');
  });

  const setRole = (slackUserId: string, role: 'guest' | 'member') =>
    ensureUser(harness.app.db, {
      tenantId: harness.tenantId,
      slackUserId,
      locale: 'en-US',
      timeZone: 'UTC',
      role,
    });
});

describe('what comes over HTTP', () => {
  const post = (change: { secret?: string; inS?: number; body?: Record<string, string> }) => {
    const command = { command: '/sms', text: 'help', user_id: ANNA, api_app_id: BOT.appId };
    const body = new URLSearchParams({
      ...command,
      team_id: harness.slack.team.id,
      channel_id: harness.marketing,
      ...change.body,
    }).toString();
    const signedAt = String(Math.floor(Date.now() / 1000) + (change.inS ?? 0));
    const signature = createHmac('sha256', change.secret ?? SECRETS.signingSecret)
      .update(`v0:${signedAt}:${body}`)
      .digest('hex');
    return fetch(harness.requestUrl, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': signedAt,
        'x-slack-signature': `v0=${signature}`,
      },
    });
  };

  it.each([
    ['signed with another secret', { secret: 'another secret' }],
    ['too old', { inS: -400 }],
    ['from the future', { inS: 400 }],
  ])('refuses what is %s', async (_name, change) => {
    expect((await post(change)).status).toBe(401);
  });

  it('takes what is signed well', async () => {
    expect((await post({})).status).toBe(200);
  });

  it('does nothing for a workspace that has not installed the bot', async () => {
    const triggers = () => shownIn(harness.slack.traffic.named('views.open'));
    await post({ body: { text: 'send', trigger_id: 'of-others', team_id: 'T0OTHER' } });
    await post({ body: { text: 'send', trigger_id: 'of-ours' } });
    await harness.slack.waitFor(() => triggers().includes('of-ours'));
    expect(triggers().includes('of-others')).toBe(false);
  });
});

it('shows an error with a reference, and keeps what was typed', async () => {
  const anna = harness.slack.as(ANNA);
  const viewId = await harness.compose();
  await harness.app.db.raw('alter table sms_batch_source rename to out_of_the_way');
  const faulty = await anna.submit(viewId, { Message: 'Hello', 'Or paste numbers': '13800138000' });
  await harness.app.db.raw('alter table out_of_the_way rename to sms_batch_source');
  expect(faulty.errors.sms_message).toMatch(/reference: [0-9a-f]{8}$/);
  const again = await anna.submit(viewId);
  expect(again.view?.title?.text).toBe('Reading your list');
});
