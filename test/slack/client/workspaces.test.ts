import type { AppContext } from '../../../src/batches/app-context';
import { parseConfig } from '../../../src/config';
import { createWorkspaces, NotInstalled } from '../../../src/slack/client/workspaces';
import { findInstallation, saveInstallation } from '../../../src/slack/store/installations.sql';
import { createSecretBox, SecretUnreadable } from '../../../src/tenants/secret-box';
import { ensureTenant } from '../../../src/tenants/tenant';
import { createTestApp, type TestApp } from '../../setup/app-context';
import { until } from '../harness';

const BOX = createSecretBox(Buffer.alloc(32, 7));
const TEAM = 'T0SECOND';

let own: TestApp;
let tenantId: string;
beforeAll(async () => {
  own = await createTestApp();
  tenantId = (await ensureTenant(own.app.db, { slackTeamId: TEAM, name: 'Second' })).id;
});
beforeEach(() => install('xoxb-first'));
afterEach(() => jest.restoreAllMocks());
afterAll(() => own.close());

/** As another process does it. */
const install = (botToken: string, box = BOX) =>
  saveInstallation(own.app.db, {
    tenantId,
    botTokenEncrypted: box.seal(botToken, `slack:${tenantId}`),
    appId: 'A1',
    botId: 'B1',
    botUserId: 'U1',
    botName: 'bulk_sms',
    workspaceUrl: 'https://second.slack.com/',
  });
const uninstall = () => own.app.db('slack_installation').delete();

/** The workspaces as a process sees them that has just started. */
function startProcess(app: AppContext = own.app) {
  const { slack: settings } = parseConfig({
    SLACK_BOT_TOKEN: 'xoxb-of-another-workspace',
    SLACK_APP_TOKEN: 'xapp-tests',
    BUKA_API_KEY: 'key',
    BUKA_API_SECRET: 'secret',
    BUKA_APP_ID: 'app',
  });
  return createWorkspaces({ app, settings, log: app.log, secrets: BOX });
}

/** The process's own clock goes on by this. */
function passTime(ms: number): void {
  const now = performance.now() + ms;
  jest.spyOn(performance, 'now').mockReturnValue(now);
}

it('a process serves a workspace that another one has installed, with its own token', async () => {
  const { clientsFor, clientsForTeam } = startProcess();
  const clients = await clientsFor(tenantId);
  expect(clients).toMatchObject({
    botToken: 'xoxb-first',
    workspace: { tenantId, teamId: TEAM, botUserId: 'U1', workspaceUrl: 'https://second.slack.com/' },
  });
  expect(clients.client.token).toBe('xoxb-first');
  expect(await clientsForTeam(TEAM)).toBe(clients);
});

it('the token is sealed in the database', async () => {
  const rows = await own.app.db('slack_installation');
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain('xoxb');
});

it('a workspace without the bot has no clients', async () => {
  await uninstall();
  const { clientsFor, clientsForTeam } = startProcess();
  await expect(clientsFor(tenantId)).rejects.toThrow(NotInstalled);
  expect(await clientsForTeam(TEAM)).toBeNull();
  expect(await clientsForTeam('T0NOWHERE')).toBeNull();
});

it.each([
  ['with another key', () => install('xoxb-first', createSecretBox(Buffer.alloc(32, 8)))],
  ['for another workspace', () => moveTo('T0THIRD')],
])('a token that was sealed %s is not used', async (_, change) => {
  const owner = await change();
  await expect(startProcess().clientsFor(owner ?? tenantId)).rejects.toThrow(SecretUnreadable);
});

/** Somebody copies the sealed token to another workspace's row. */
async function moveTo(slackTeamId: string): Promise<string> {
  const { db } = own.app;
  const installation = await findInstallation(db, { tenantId });
  const other = await ensureTenant(db, { slackTeamId, name: slackTeamId });
  await db('slack_installation').where({ tenant_id: tenantId }).update({ tenant_id: other.id });
  expect(await findInstallation(db, { tenantId: other.id })).toMatchObject({
    botTokenEncrypted: installation?.botTokenEncrypted,
  });
  return other.id;
}

it('a job has a new token at once, and a request after a minute', async () => {
  const { clientsFor, clientsForTeam } = startProcess();
  const tokenForRequests = async () => (await clientsForTeam(TEAM))?.botToken;
  expect(await tokenForRequests()).toBe('xoxb-first');
  await install('xoxb-second');
  passTime(59_000);
  expect(await tokenForRequests()).toBe('xoxb-first');
  passTime(61_000);
  await tokenForRequests();
  await until(async () => (await tokenForRequests()) === 'xoxb-second');
  await install('xoxb-third');
  expect((await clientsFor(tenantId)).botToken).toBe('xoxb-third');
  expect(await tokenForRequests()).toBe('xoxb-third');
});

it('a workspace that has removed the bot gets no answer any more after a minute', async () => {
  const { clientsForTeam } = startProcess();
  await clientsForTeam(TEAM);
  await uninstall();
  passTime(61_000);
  await clientsForTeam(TEAM);
  await until(async () => (await clientsForTeam(TEAM)) === null);
});

it.each([
  ['fails', () => Promise.reject(new Error('no database'))],
  ['does not answer', () => new Promise(() => {})],
])('a request does not wait for a database that %s, once the workspace is known', async (_, answer) => {
  let isAway = false;
  const away = () => ({ join: () => ({ where: () => ({ first: answer }) }) });
  const app = { ...own.app };
  Object.defineProperty(app, 'db', { get: () => (isAway ? away : own.app.db) });
  const { clientsForTeam } = startProcess(app);
  const clients = await clientsForTeam(TEAM);
  isAway = true;
  passTime(61_000);
  expect(await clientsForTeam(TEAM)).toBe(clients);
  await new Promise((resolve) => setImmediate(resolve));
  passTime(62_000);
  expect(await clientsForTeam(TEAM)).toBe(clients);
});
