import { createLog } from '../../../src/log';
import {
  createJoinedChannels,
  JOINED_KEPT_MS,
  type JoinedChannels,
} from '../../../src/slack/client/audience/joined-channels';
import type { SlackClients } from '../../../src/slack/client/slack-clients';
import { BEN, LIWEI, sharedHarness } from '../harness';

describe('which channels a person is in', () => {
  const harness = sharedHarness('socket');
  let now: number;
  let joinedChannels: JoinedChannels;
  beforeEach(() => {
    harness.slack.faults.clear();
    now = 1_000;
    joinedChannels = createJoinedChannels(() => now);
  });
  const asked = () => harness.slack.traffic.named('users.conversations').length;
  const ask = (user: string) => joinedChannels(harness.clients, user);

  it('is what Slack says: public channels, and private ones that the bot is in', async () => {
    const hidden = harness.slack.channel('launch-plans').id;
    expect([...((await ask(LIWEI)) ?? [])]).toEqual(expect.arrayContaining([harness.marketing, hidden]));
    expect(await ask(BEN)).toContain(harness.marketing);
    expect(await ask(BEN)).not.toContain(hidden);
  });

  it('is asked once in five minutes for each person, also by requests that come together', async () => {
    const before = asked();
    await Promise.all(Array.from({ length: 20 }, () => ask(BEN)));
    now += JOINED_KEPT_MS - 1;
    await ask(BEN);
    expect(asked() - before).toBe(1);
    await ask(LIWEI);
    expect(asked() - before).toBe(2);
    now += 1;
    await ask(BEN);
    expect(asked() - before).toBe(3);
  });

  it('is not known where Slack does not say so, which is asked again soon, and not at once', async () => {
    const before = asked();
    harness.slack.faults.set('channelsLimited');
    expect(await ask(BEN)).toBeNull();
    harness.slack.faults.clear();
    for (let time = 0; time < 100; time += 1) expect(await ask(BEN)).toBeNull();
    expect(asked() - before).toBe(1);
    now += 15_000;
    expect(await ask(BEN)).toContain(harness.marketing);
  });

  it('is not known any more after five minutes in which Slack cannot be asked', async () => {
    expect(await ask(BEN)).toContain(harness.marketing);
    harness.slack.faults.set('tokenRefused');
    now += JOINED_KEPT_MS;
    expect(await ask(BEN)).toBeNull();
  });
});

describe('bounds', () => {
  /** A Slack in which everybody is in so many channels. It counts the questions. */
  function slackWith(channels: number) {
    const slack = { questions: 0, pages: 0 };
    const conversations = async ({ limit = 100, cursor = '0' }: { limit?: number; cursor?: string }) => {
      const from = Number(cursor);
      slack.pages += 1;
      if (from === 0) slack.questions += 1;
      const ids = Array.from({ length: Math.min(limit, channels - from) }, (_, index) => `C${from + index}`);
      const next = from + limit < channels ? String(from + limit) : '';
      return { ok: true, channels: ids.map((id) => ({ id })), response_metadata: { next_cursor: next } };
    };
    const clients = {
      workspace: { tenantId: '1' },
      opener: { users: { conversations } },
      log: createLog('silent'),
    } as unknown as SlackClients;
    return { slack, clients };
  }

  it('reads every page, and gives up on a person who is in more than 2,000 channels', async () => {
    const { slack, clients } = slackWith(2_000);
    expect((await createJoinedChannels()(clients, 'U1'))?.size).toBe(2_000);
    expect(slack.pages).toBe(4);
    const more = slackWith(2_001);
    expect(await createJoinedChannels()(more.clients, 'U1')).toBeNull();
    expect(more.slack.pages).toBe(4);
  });

  it('forgets those first about whom it asked first, before it holds 200,000 channels', async () => {
    const { slack, clients } = slackWith(2_000);
    const joinedChannels = createJoinedChannels();
    const people = Array.from({ length: 120 }, (_, index) => `U${index}`);
    for (const user of people) await joinedChannels(clients, user);
    expect(slack.questions).toBe(120);
    for (const user of people.slice(-99)) await joinedChannels(clients, user);
    expect(slack.questions).toBe(120);
    await joinedChannels(clients, 'U0');
    expect(slack.questions).toBe(121);
  });

  it('does not wait longer than a person can for a Slack that is silent', async () => {
    const { clients } = slackWith(1);
    const silent = { users: { conversations: () => new Promise(() => undefined) } };
    const asked = createJoinedChannels()({ ...clients, opener: silent } as unknown as SlackClients, 'U1');
    expect(await asked).toBeNull();
  });
});
