import { type Buka, startBuka } from '@bulk-sms/playground/buka/buka';
import { freePort } from '@bulk-sms/playground/demo/free-port';
import { type Slack, startSlack } from '@bulk-sms/playground/slack/start-slack';
import { startTestSystem, type TestSystem } from '../setup/test-system';
import { until } from '../setup/until';
import { isSubmitted } from './expect-promise-kept';
import { isFull } from './run-size';
import { ANNA, sendList } from './send-list';
import { type SlackHost, startSlackHost } from './slack-host';
import { type Bot, killBots, startBot } from './start-bot';

/**
 * Two workspaces, each with a provider's account of its own, on one database. With two bots, every worker meets the jobs of
 * both. One bot serves the second workspace by what the database holds of it.
 */
interface Tenant {
  id: string;
  /** The bot whose environment has the workspace's token and account. */
  bot: Bot;
  slack: Slack;
  buka: Buka;
  env: Record<string, string>;
}

/** Long enough that more than an account's limit would be open at once, and that the big list takes several times as long. */
const LATENCY_MS = { big: 1_000, small: 900 };
const LIMITS = { big: { open: 3, aSecond: 100 }, small: { open: 2, aSecond: 4 } };
/** At once, by all bots together. */
const SUBMIT_CONCURRENCY = 8;
/** A row is noted a moment after the turn that it took, and a long one after on a busy machine. */
const NOTED_LATE_MS = 20;

let system: TestSystem;
let host: SlackHost;
let big: Tenant;
let small: Tenant;
afterEach(async () => {
  await killBots();
  const refusedPayloads = small.slack.refusedPayloads();
  await small.slack.close();
  await small.buka.close();
  await host.close();
  await system.close();
  expect(refusedPayloads).toEqual([]);
});

const ONE_BOT = ['one bot', 1, 'http'] as const;
const TWO_BOTS = ['two bots', 2, 'socket'] as const;

test.each(isFull ? [ONE_BOT, TWO_BOTS] : [ONE_BOT])(
  "%s: a small list of one workspace goes out beside a big one of another, within each account's limits, and neither sees the other's",
  async (_, bots, mode) => {
    await openWorkspaces(bots, mode);
    const { db } = system;
    const requests = [big, small].map(({ buka }) => watchRequests(buka));
    const bigNumbers = await sendList({ ...system, ...big }, { good: isFull ? 300_000 : 60_000 });
    await until(
      () => batchOf(big),
      (batch) => batch.sending_count >= 3_000,
    );
    // The same numbers as the first of the big list.
    const smallNumbers = await sendList({ ...system, ...small }, { good: 8_000 });
    await until(() => batchOf(small), isSubmitted, 120_000);
    const left = await db('sms_submission').where({ batch_id: (await batchOf(big)).id, outcome: 'waiting' });
    expect(left.length).toBeGreaterThan(0);
    await until(() => batchOf(big), isSubmitted, 180_000);

    for (const [one, numbers] of [
      [big, bigNumbers],
      [small, smallNumbers],
    ] as const) {
      expect(one.buka.ledger.doubled()).toEqual([]);
      const each = { once: numbers.length, never: 0, moreThanOnce: 0, unexpected: 0 };
      expect(one.buka.ledger.counts(numbers)).toEqual(each);
    }

    // By the providers' own clocks and by ours: each account to its limit, and no further.
    expect(requests.map(mostAtOnce)).toEqual([LIMITS.big.open, LIMITS.small.open]);
    const { rows: attempts } = await db.raw(
      `select worker, started_at from sms_submission where batch_id = ? order by started_at`,
      [(await batchOf(small)).id],
    );
    const gaps = attempts
      .slice(1)
      .map((one: Attempt, index: number) => +one.started_at - +attempts[index].started_at);
    // Without a limit, every second request would begin with the one before it.
    const tooSoon = gaps.filter((gap: number) => gap < 1_000 / LIMITS.small.aSecond - NOTED_LATE_MS);
    expect(tooSoon.length).toBeLessThan(gaps.length / 3);
    for (const { id } of [await batchOf(big), await batchOf(small)]) {
      expect(await db('sms_submission').where({ batch_id: id }).distinct('worker')).toHaveLength(bots);
    }

    await expectOneReport(big, bigNumbers.length);
    await expectOneReport(small, smallNumbers.length);
  },
);

interface Attempt {
  started_at: Date;
}

const batchOf = (tenant: Tenant) => system.db('sms_batch').where({ tenant_id: tenant.id }).first();

async function openWorkspaces(bots: 1 | 2, mode: 'socket' | 'http'): Promise<void> {
  system = await startTestSystem({
    bot: false,
    mode,
    buka: { latencyMs: LATENCY_MS.big },
    env: { SUBMIT_CONCURRENCY: String(SUBMIT_CONCURRENCY / bots), SUBMIT_TIMEOUT_MS: '20000' },
  });
  const workspaces: Workspace[] = [{ slack: system.slack, buka: system.buka, env: system.env }];
  host = await startSlackHost(
    (token) => workspaces.find(({ env }) => Object.values(env).includes(token))?.slack,
  );
  const port = String(await freePort());
  big = await openTenant({ ...system, env: { ...system.env, PORT: port } }, LIMITS.big);
  // After the first bot: the message ids of a local Buka are unique only where none other starts in the same second.
  const second = await secondWorkspace(mode);
  workspaces.push(second);
  small = await openTenant(second, LIMITS.small);
  if (bots === 2) return;
  await small.bot.kill('SIGTERM');
  for (const { slack } of [big, small]) slack.setRequestUrl(`http://127.0.0.1:${port}/slack/events`);
}

type Workspace = Omit<Tenant, 'id' | 'bot'>;

/** A second local Slack, whose people and channels have the same ids as the first's: what goes astray is seen. */
async function secondWorkspace(mode: 'socket' | 'http'): Promise<Workspace> {
  // The app is the same, and so is its signing secret.
  const signingSecret = system.env.SLACK_SIGNING_SECRET as string;
  const tokens = { botToken: 'xoxb-other', appToken: 'xapp-other' };
  const team = { id: 'T0OTHERONE', name: 'Other', domain: 'other' };
  const slack = await startSlack({ signingSecret, ...tokens, team });
  const account = { apiKey: 'other-key', apiSecret: 'other-secret', appIds: ['other-app'] };
  const buka = await startBuka({ apps: [account], seed: 2, latencyMs: LATENCY_MS.small });
  const env = {
    ...system.env,
    SLACK_BOT_TOKEN: tokens.botToken,
    ...(mode === 'socket' ? { SLACK_APP_TOKEN: tokens.appToken } : {}),
    BUKA_API_KEY: account.apiKey,
    BUKA_API_SECRET: account.apiSecret,
    BUKA_APP_ID: 'other-app',
    BUKA_BASE_URL: buka.url,
  };
  return { slack, buka, env };
}

/** Its bot makes it known to the database; then its limits are set. */
async function openTenant(
  { slack, buka, env }: Workspace,
  limits: { open: number; aSecond: number },
): Promise<Tenant> {
  const bot = await startBot({ ...env, SLACK_API_URL: host.url });
  const newest = await system.db('tenant').orderBy('id', 'desc').first('id');
  await system
    .db('provider_account')
    .where({ tenant_id: newest.id })
    .update({ max_open_requests: limits.open, max_requests_per_second: limits.aSecond });
  return { id: newest.id, bot, slack, buka, env };
}

interface Span {
  from: number;
  until: number;
}

/** Every request to send, as the provider saw it. */
function watchRequests(buka: Buka): Span[] {
  const spans: Span[] = [];
  buka.onEvent((event) => {
    if (event.type !== 'request') return;
    const entry = buka.requests().find((one) => one.id === event.id);
    if (entry?.path.startsWith('sendSms'))
      spans.push({ from: entry.atMs, until: entry.atMs + (entry.durationMs ?? 0) });
  });
  return spans;
}

function mostAtOnce(spans: Span[]): number {
  const openAt = (moment: number) => spans.filter((one) => one.from <= moment && moment < one.until).length;
  return Math.max(...spans.map((one) => openAt(one.from)));
}

/** In its own workspace: the report of its list, and nothing of anybody else's. */
async function expectOneReport({ id, slack }: Tenant, recipients: number): Promise<void> {
  const total = recipients.toLocaleString('en-US');
  const anna = slack.as(ANNA);
  const everywhere = () =>
    ['marketing', 'general'].map((name) => slack.channel(name).id).concat(anna.direct());
  const report = await slack.waitFor(
    () => slack.messages(slack.channel('marketing').id).find((one) => JSON.stringify(one).includes(total)),
    { timeoutMs: 120_000 },
  );
  const seen = everywhere().flatMap((channel) => slack.messages(channel));
  expect(seen.filter((one) => !one.thread_ts || one.thread_ts === one.ts)).toEqual([report]);
  await anna.command('/sms list', slack.channel('general').id);
  const list = await slack.waitFor(
    () => JSON.stringify(anna.sees(slack.channel('general').id)).includes(total),
    {
      timeoutMs: 120_000,
    },
  );
  expect(list).toBe(true);
  const others = await system.db('sms_batch').whereNot({ tenant_id: id }).pluck('total_count');
  const shown = JSON.stringify([...seen, ...anna.sees(slack.channel('general').id)]);
  for (const count of others) expect(shown).not.toContain(count.toLocaleString('en-US'));
}
