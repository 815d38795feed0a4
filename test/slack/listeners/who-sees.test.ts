import type { PersonOptions } from '@bulk-sms/playground/slack/slack-options';
import type { AskAudience } from '../../../src/batches/app-context';
import { createAudience, SLACK_AUDIENCE } from '../../../src/slack/client/audience/audience';
import { createJoinedChannels, JOINED_KEPT_MS } from '../../../src/slack/client/audience/joined-channels';
import { updateStatusMessage } from '../../../src/slack/posts/update-status-message';
import { mobiles } from '../../setup/app-context';
import { ANNA, BEN, LIWEI, runToEnd, sharedHarness, shownIn, until } from '../harness';

/** Recipe 6 of the attacks: who is not in a private channel reads its texts by no way in. */

const SECRET = 'The launch is on Monday';
const PRIVATE = 'launch-plans';
const person = (id: string, more: Partial<PersonOptions>): PersonOptions => ({
  id,
  name: id.toLowerCase(),
  real_name: id,
  locale: 'en-US',
  tz: 'UTC',
  ...more,
});
const NOT_FULL: Record<string, Partial<PersonOptions>> = {
  U0GUEST001: { is_restricted: true },
  U0ULTRA001: { is_ultra_restricted: true },
  U0ROBOT001: { is_bot: true },
  U0GONE0001: { deleted: true },
};

const harness = sharedHarness('http', {
  people: [
    person(ANNA, { is_admin: true }),
    person(LIWEI, {}),
    person(BEN, {}),
    ...Object.entries(NOT_FULL).map(([id, more]) => person(id, more)),
  ],
  channels: [
    { id: 'C0MARKETNG', name: 'marketing' },
    // Guests are invited into it too, and still read no more than counts where the bot tells them alone.
    { id: 'C0PRIVATE1', name: PRIVATE, is_private: true, members: [LIWEI, 'U0GUEST001'] },
  ],
});

let batchId: string;
let messageTs: string;
let draftId: string;
beforeAll(async () => {
  // Anna, who sends it, is an admin, and is not in the channel.
  batchId = await harness.started(mobiles(2));
  await harness.app.db('sms_batch').where({ id: batchId }).update({ content: SECRET, sender_id: 'LAUNCH' });
  const channel = harness.slack.channel(PRIVATE).id;
  await harness.app.db('slack_batch').where({ batch_id: batchId }).update({ channel_id: channel });
  await runToEnd(() => updateStatusMessage(harness.clients, batchId));
  messageTs = (await harness.summary(batchId)).messageTs as string;
  const form = { Message: SECRET, 'Or paste numbers': mobiles(2).join('\n') };
  await harness.slack.as(ANNA).submit(await harness.compose(), form);
  draftId = await harness.read();
});
beforeEach(() => harness.slack.faults.clear());

/** The bot's private answer to a command. */
async function ask(userId: string, typed: string, channel = harness.marketing): Promise<string> {
  const someone = harness.slack.as(userId);
  const answers = () => someone.sees(channel).filter((one) => one.ephemeral_to === userId);
  const before = answers().length;
  await someone.command(typed, channel);
  await harness.slack.waitFor(() => answers().length > before);
  return shownIn(answers().at(-1));
}

/** A button that the bot did not show, as a forged payload would press it. */
async function forge(userId: string, action: string): Promise<void> {
  const { ts = '' } = await harness.clients.client.chat.postMessage({
    channel: harness.marketing,
    text: 'forged',
    blocks: [
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: action, value: batchId, text: { type: 'plain_text', text: 'Go' } },
        ],
      },
    ],
  });
  await harness.slack.as(userId).click(ts, action);
}

async function home(userId: string): Promise<string> {
  await harness.slack.as(userId).openHome();
  return shownIn(await harness.slack.waitFor(() => harness.slack.as(userId).home()));
}

describe.each(Object.keys(NOT_FULL).concat(BEN))('%s, who may not read it', (userId) => {
  const hidesAll = (shown: string) => expect(shown).not.toMatch(/launch|LAUNCH|U0ANNA0001|138\*/);

  it.each(['/sms list', '/sms status', '/sms status <id>'])('%s shows counts alone', async (typed) => {
    const shown = await ask(userId, typed.replace('<id>', batchId));
    hidesAll(shown);
    expect(shown).toContain(batchId);
    expect(shown).toMatch(/counts alone/);
    expect(shown).toContain('0% delivered');
  });

  it('/sms status of a draft says what it says of a batch that is not there', async () => {
    const shown = await ask(userId, `/sms status ${draftId}`);
    hidesAll(shown);
    expect(shown).toContain(`There is no batch ${draftId} in this workspace.`);
    const refusal = { batch_id: draftId, action: 'refused' };
    expect(await harness.app.db('audit_event').where(refusal)).not.toHaveLength(0);
  });

  it('App Home shows counts alone', async () => {
    const shown = await home(userId);
    hidesAll(shown);
    expect(shown).toContain(`*${batchId}*`);
    expect(shown).toMatch(/counts alone/);
  });

  it('*Refresh* of the counts shows them again', async () => {
    await ask(userId, `/sms status ${batchId}`);
    const someone = harness.slack.as(userId);
    await harness.app.db('rate_limit').whereLike('key', 'slack-ask:%').delete();
    await someone.click(someone.sees(harness.marketing).at(-1)?.ts ?? '', 'sms_refresh');
    const shown = () => shownIn(someone.sees(harness.marketing).at(-1));
    await harness.slack.waitFor(() => shown().includes('No message was on its way at'));
    hidesAll(shown());
  });
});

describe('those who may', () => {
  it.each([LIWEI, ANNA])('%s reads it everywhere', async (userId) => {
    expect(await ask(userId, '/sms list')).toContain(SECRET);
    expect(await ask(userId, `/sms status ${batchId}`)).toContain(SECRET);
    expect(await home(userId)).toContain(SECRET);
  });

  it('a guest in the channel reads the status message there, and refreshes it for all', async () => {
    const channel = harness.slack.channel(PRIVATE).id;
    await harness.app.db('rate_limit').whereLike('key', 'slack-ask:%').delete();
    await harness.slack.as('U0GUEST001').click(messageTs, 'sms_refresh');
    const posted = () => shownIn(harness.slack.messages(channel).find(({ ts }) => ts === messageTs));
    await harness.slack.waitFor(() => posted().includes('No message was on its way at'));
    expect(posted()).toContain(SECRET);
    const counts = (await harness.summary(batchId)).counts;
    expect(counts.total).toBe(2);
  });
});

describe('a member who is not in the channel', () => {
  it('finds no text of it, and reads that there are some', async () => {
    const shown = await ask(BEN, '/sms find 13800138000');
    expect(shown).not.toContain('launch');
    expect(shown).toContain('No text to +86 138****8000 that you may read.');
    expect(shown).toContain('1 more batch has a text to this number');
    expect(await ask(LIWEI, '/sms find 13800138000')).toContain(SECRET);
  });

  it('opens no details and gets no export, however often, and the audit names it once a minute', async () => {
    const channel = harness.slack.channel(PRIVATE).id;
    const ben = harness.slack.as(BEN);
    await ask(BEN, `/sms status ${batchId}`);
    // As forged: the counts have no such button.
    for (let time = 0; time < 5; time += 1) await forge(BEN, 'sms_details');
    await forge(BEN, 'sms_export');
    const refused = () =>
      harness.app
        .db('audit_event')
        .join('app_user', 'app_user.id', 'audit_event.user_id')
        .where({ action: 'refused', batch_id: batchId, external_id: BEN })
        .orderBy('audit_event.id')
        .pluck('detail');
    await until(async () => (await refused()).length > 1);
    const told = () => shownIn(ben.sees(harness.marketing)).split('"This is for full members in the channel');
    await harness.slack.waitFor(() => told().length > 6);
    expect(ben.modal()).toBeNull();
    expect(shownIn(harness.slack.messages(channel))).not.toContain('.csv');
    expect(await refused()).toEqual([
      { act: 'details', why: 'sight' },
      { act: 'export', why: 'sight' },
    ]);
  });

  it('reads it five minutes after joining at the latest; where Slack cannot be asked, the counts', async () => {
    let now = 0;
    const before = harness.app.audiences[SLACK_AUDIENCE] as AskAudience;
    harness.app.audiences[SLACK_AUDIENCE] = createAudience(
      harness.workspaces,
      createJoinedChannels(() => now),
    );
    const list = () => ask(BEN, '/sms list');
    expect(await list()).not.toContain(SECRET);
    harness.slack.channel(PRIVATE).members.push(BEN);
    now += JOINED_KEPT_MS;
    expect(await list()).toContain(SECRET);
    harness.slack.faults.set('channelsLimited');
    now += JOINED_KEPT_MS;
    expect(await list()).not.toContain(SECRET);
    expect(await ask(ANNA, '/sms list')).toContain(SECRET);
    harness.app.audiences[SLACK_AUDIENCE] = before;
  });
});
