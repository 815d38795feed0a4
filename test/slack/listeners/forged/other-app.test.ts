import { BOT } from '@bulk-sms/playground/slack/workspace/bot-ids';
import { countRefusals } from '../../../../src/count-refusals';
import { createLog } from '../../../../src/log';
import { ACTIONS, CALLBACKS } from '../../../../src/slack/blocks/ids';
import { askTokenOwner } from '../../../../src/slack/client/ask-token-owner';
import { misaddressed } from '../../../../src/slack/listeners/refuse-misaddressed';
import { mobiles } from '../../../setup/app-context';
import { click, command, deliver, form, interaction, responseUrlOf, signed } from '../../forge';
import { ANNA, sharedHarness, until } from '../../harness';

/** Payloads with a right signature that are for another app or another workspace: acknowledged, and nothing is done. */
const harness = sharedHarness('http');
let batchId: string;
beforeAll(async () => {
  batchId = await harness.started(mobiles(2));
  const { db } = harness.app;
  // Another workspace that the database knows, whose bot runs in another process.
  const [other] = await db('tenant').insert({ slack_team_id: 'T0OTHER', name: 'Other' }).returning('id');
  const [ours] = await db('slack_installation').select();
  await db('slack_installation').insert({ ...ours, tenant_id: other.id, app_id: 'A0OTHER' });
});

const status = async () => (await harness.summary(batchId)).status;

describe('a pause of ours', () => {
  const ours = async () =>
    click(harness, ANNA, {
      action: ACTIONS.pause,
      value: batchId,
      responseUrl: await responseUrlOf(harness, ANNA),
    });

  test.each<[string, object]>([
    ['for another app', { api_app_id: 'A0OTHER' }],
    ['for no app', { api_app_id: undefined }],
    ['in a view of another app', { view: { app_id: 'A0OTHER' } }],
    ['in an organisation', { is_enterprise_install: true }],
    ['with a second team', { team_id: 'T0OTHER' }],
    ['for no team', { team: null }],
  ])('%s is acknowledged and not done', async (_, change) => {
    const answer = await deliver(harness, interaction({ ...(await ours()), ...change }));
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(await status()).toBe('pending');
  });

  test('is done', async () => {
    await deliver(harness, interaction(await ours()));
    await until(async () => (await status()) === 'paused');
  });
});

test.each([
  ['another app', { api_app_id: 'A0OTHER' }],
  ['another workspace', { team_id: 'T0OTHER' }],
  ['another workspace and its app', { team_id: 'T0OTHER', api_app_id: 'A0OTHER' }],
  ['a workspace without the bot', { team_id: 'T0NOWHERE' }],
])('a command for %s is acknowledged and not answered', async (_, change) => {
  const asked = harness.slack.traffic.named('views.open').length;
  const fields = { user_id: ANNA, text: 'send', trigger_id: 'forged', ...change };
  const answer = await deliver(harness, command(harness, fields));
  expect([answer.status, await answer.text()]).toEqual([200, '']);
  // Of its own for each case: the same request in the same second would be a repeated one, which does nothing.
  const ours = { user_id: ANNA, text: 'send', trigger_id: `ours-${asked}` };
  await deliver(harness, command(harness, ours));
  await harness.slack.waitFor(() => harness.slack.traffic.named('views.open').length > asked);
  expect(harness.slack.traffic.named('views.open')).toHaveLength(asked + 1);
});

test('a form of another workspace, and an event for another app, are acknowledged and not done', async () => {
  const view = { callback_id: CALLBACKS.details, private_metadata: batchId };
  const forged = { ...form(harness, ANNA, 'view_submission', view), team: { id: 'T0OTHER' } };
  const answer = await deliver(harness, interaction(forged));
  expect([answer.status, await answer.text()]).toEqual([200, '']);
  const event = {
    type: 'event_callback',
    api_app_id: 'A0OTHER',
    team_id: harness.slack.team.id,
    event: { type: 'app_home_opened', tab: 'home', user: ANNA },
  };
  expect((await deliver(harness, signed(JSON.stringify(event), 'application/json'))).status).toBe(200);
  expect(harness.slack.home(ANNA)).toBeNull();
});

describe('what a payload names', () => {
  const OURS = { teamId: 'T1', appId: 'A1' };
  const UNKNOWN = { teamId: 'T1', appId: null };

  test.each([
    ['the app and the team', { api_app_id: 'A1', team_id: 'T1' }, OURS, 'A1', null],
    ['no app', { team_id: 'T1' }, OURS, 'A1', 'another_app'],
    ['no app, as in every shortcut', { type: 'shortcut', team: { id: 'T1' } }, OURS, 'A1', null],
    [
      'another app in a shortcut',
      { type: 'shortcut', api_app_id: 'A2', team: { id: 'T1' } },
      OURS,
      'A1',
      'another_app',
    ],
    [
      'no app in a shortcut of another team',
      { type: 'shortcut', team: { id: 'T2' } },
      OURS,
      'A1',
      'another_workspace',
    ],
    ['another app, which Slack has not told', { api_app_id: 'A2', team_id: 'T1' }, UNKNOWN, null, null],
    ['another app than that of the token', { api_app_id: 'A2', team_id: 'T1' }, UNKNOWN, 'A1', 'another_app'],
    ['another team', { api_app_id: 'A2', team_id: 'T2' }, UNKNOWN, null, 'another_workspace'],
    [
      'a team that is another in the authorizations',
      { api_app_id: 'A1', team_id: 'T2', authorizations: [{ team_id: 'T1' }] },
      OURS,
      'A1',
      'another_workspace',
    ],
    [
      'the team of a person in a shared channel',
      { api_app_id: 'A1', team: { id: 'T2' }, view: { app_id: 'A1', app_installed_team_id: 'T1' } },
      OURS,
      'A1',
      null,
    ],
  ])('%s', (_, body, workspace, ownAppId, expected) => {
    expect(misaddressed(body, workspace, ownAppId)).toBe(expected);
  });
});

test('the app of a token is asked of bots.info where auth.test is silent', async () => {
  const me = { team_id: 'T1', team: 'One', bot_id: BOT.botId, user_id: BOT.userId, user: 'bot' };
  const info = jest.fn(async () => ({ bot: { app_id: 'A1' } }));
  const client = { auth: { test: async () => me }, bots: { info } };
  expect(await askTokenOwner(client as never)).toMatchObject({ appId: 'A1', teamId: 'T1' });
  expect(info).toHaveBeenCalledWith({ bot: BOT.botId });
});

test('a thousand refusals are one line of the log', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const count = countRefusals(log, 'dropped');
  for (let sent = 0; sent < 1_000; sent += 1) count('another_app');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] as string)).toMatchObject({ refused: { another_app: 1 }, msg: 'dropped' });
});
