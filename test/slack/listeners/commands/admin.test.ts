import { requestExport } from '../../../../src/batches/exporting/open-export';
import { ACTIONS, CALLBACKS } from '../../../../src/slack/blocks/ids';
import { showReview } from '../../../../src/slack/posts/show-review';
import { findUser } from '../../../../src/tenants/person';
import { mobiles } from '../../../setup/app-context';
import { click, deliver, interaction, responseUrlOf } from '../../forge';
import { ANNA, BEN, freshHarness, shownIn, until } from '../../harness';

/** Anna is an admin, Ben is a member. */
const harness = freshHarness('http');
const admin = () => harness.slack.as(ANNA);
const window = () => shownIn(admin().modal());
const person = (slackUserId: string) => findUser(harness.app.db, { tenantId: harness.tenantId, slackUserId });
const idOf = async (slackUserId: string) => (await person(slackUserId))?.id ?? '';

async function administer(): Promise<string> {
  await admin().command('/sms admin', harness.marketing);
  await harness.slack.waitFor(() => admin().modal()?.callback_id === CALLBACKS.admin);
  return admin().modal()?.id as string;
}

/** Ben's draft, reviewed; his window is closed. */
async function draftOfBen(): Promise<string> {
  const viewId = await harness.compose(BEN);
  await harness.slack.as(BEN).submit(viewId, { Message: 'Private words', 'Or paste numbers': '13800138000' });
  await harness.slack.as(BEN).close(viewId);
  return harness.read();
}

test('shows who uses how much, and no number and no text', async () => {
  await harness.started(mobiles(2));
  const draft = await draftOfBen();
  await administer();
  expect(window()).toContain('1 batch, 2 messages');
  expect(window()).toContain(`Draft ${draft} of <@${BEN}>`);
  expect(window()).toContain('Nobody is blocked.');
  expect(window()).not.toMatch(/138001|Hello|Private/);
});

test('deletes a draft, and its writer reads who did', async () => {
  const batchId = await draftOfBen();
  const viewId = await administer();
  await admin().click(viewId, ACTIONS.adminDelete, { confirm: true });
  await harness.slack.waitFor(() => window().includes(`Draft ${batchId} is deleted.`));
  expect(window()).toContain('No draft is open.');
  await showReview(harness.clients, batchId);
  const ben = harness.slack.as(BEN);
  expect(shownIn(ben.sees(ben.direct()))).toContain('An admin has deleted this draft.');
});

test('stops an export', async () => {
  const batchId = await harness.started(mobiles(2));
  const actor = {
    kind: 'person',
    tenantId: harness.tenantId,
    userId: await idOf(ANNA),
    role: 'member',
  } as const;
  await requestExport(harness.app, actor, { batchId, part: 'recipients' });
  const viewId = await administer();
  await admin().click(viewId, ACTIONS.adminStop, { confirm: true });
  await harness.slack.waitFor(() => window().includes('It stops within seconds.'));
  expect(window()).toContain('– it stops');
});

test('blocks a person, who reads so at each command, and lets them in again', async () => {
  const batchId = await draftOfBen();
  const viewId = await administer();
  await admin().click(viewId, ACTIONS.adminBlock, { confirm: true });
  await harness.slack.waitFor(() => window().includes('Blocked. 1 draft deleted, 0 exports'));
  expect(await harness.app.db('sms_batch').where({ id: batchId }).first()).toMatchObject({
    status: 'cancelled',
  });
  const ben = harness.slack.as(BEN);
  const seen = () => shownIn(ben.sees(harness.marketing));
  await ben.openHome();
  await harness.slack.waitFor(() => shownIn(ben.home()).includes('An admin has blocked you in this bot'));
  expect(shownIn(ben.home())).not.toContain('sms_open_compose');
  for (const text of ['/sms list', '/sms admin', '/sms']) await ben.command(text, harness.marketing);
  await harness.slack.waitFor(
    () => (seen().match(/An admin has blocked you in this bot/g) ?? []).length >= 3,
  );
  expect(ben.modal()?.callback_id).not.toBe(CALLBACKS.compose);

  await admin().click(viewId, ACTIONS.adminUnblock, { confirm: true });
  await harness.slack.waitFor(() => window().includes('This person may use the bot again.'));
  expect((await person(BEN))?.role).toBe('member');
  await harness.compose(BEN);
});

test('nobody else has the window, and no forged button of theirs does anything', async () => {
  const viewId = await harness.compose();
  await admin().submit(viewId, { Message: 'Hello', 'Or paste numbers': '13800138000' });
  const batchId = await harness.read();
  await harness.slack.as(BEN).command('/sms admin', harness.marketing);
  const seen = () => shownIn(harness.slack.as(BEN).sees(harness.marketing));
  const refusals = () => (seen().match(/Only administrators of the workspace/g) ?? []).length;
  await harness.slack.waitFor(() => refusals() > 0);
  expect(harness.slack.as(BEN).modal()).toBeNull();
  const forged = { [ACTIONS.adminDelete]: batchId, [ACTIONS.adminBlock]: await idOf(ANNA) };
  for (const [action, value] of Object.entries(forged)) {
    const before = refusals();
    const responseUrl = await responseUrlOf(harness, BEN);
    await deliver(harness, interaction(click(harness, BEN, { action, value, responseUrl })));
    await harness.slack.waitFor(() => refusals() > before);
  }
  expect((await person(ANNA))?.role).toBe('admin');
  expect((await harness.app.db('sms_batch').where({ id: batchId }).first()).status).toBe('ready');
  const refused = () => harness.app.db('audit_event').where({ action: 'refused' });
  await until(async () => (await refused()).length > 0);
});

test('who is no admin any more blocks nobody from a window that is open', async () => {
  await draftOfBen();
  const viewId = await administer();
  harness.slack.changePerson(ANNA, { is_admin: false });
  await admin().click(viewId, ACTIONS.adminBlock, { confirm: true });
  await harness.slack.waitFor(() => window().includes('Only administrators of the workspace'));
  expect((await person(BEN))?.role).toBe('member');
});
