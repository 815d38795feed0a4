import type { PersonOptions } from '@bulk-sms/playground/slack/slack-options';
import { retryFailed } from '../../../src/batches/control/send-again';
import { ACTIONS, CALLBACKS } from '../../../src/slack/blocks/ids';
import { mobiles } from '../../setup/app-context';
import { click, command, deliver, form, interaction, responseUrlOf } from '../forge';
import { BEN, freshHarness, LIWEI, shownIn, until } from '../harness';

/** A role that was taken away counts at the next act that sends or hands out numbers, not ten minutes later. */
const harness = freshHarness('http');
const GONE: [string, Partial<PersonOptions>][] = [
  ['a guest', { is_restricted: true }],
  ['a guest of one channel', { is_ultra_restricted: true }],
  ['deactivated', { deleted: true }],
];
const seen = () => shownIn(harness.slack.as(BEN).sees(harness.marketing));

/** Ben's draft. The bot has just asked who he is. */
async function draft(): Promise<string> {
  const viewId = await harness.compose(BEN);
  await harness.slack.as(BEN).submit(viewId, { Message: 'Hello', 'Or paste numbers': '13800138000' });
  return harness.read();
}
const send = (batchId: string) => {
  const view = {
    callback_id: CALLBACKS.review,
    private_metadata: JSON.stringify({ batchId, version: 2 }),
  };
  return deliver(harness, interaction(form(harness, BEN, 'view_submission', view)));
};
const press = async (action: string, value: string) =>
  deliver(
    harness,
    interaction(click(harness, BEN, { action, value, responseUrl: await responseUrlOf(harness, BEN) })),
  );
const statusOf = async (batchId: string) => (await harness.summary(batchId)).status;
const audited = (action: string) => harness.app.db('audit_event').where({ action });

describe.each(GONE)('who has become %s', (_, change) => {
  test('sends nothing', async () => {
    const batchId = await draft();
    harness.slack.changePerson(BEN, change);
    expect(await (await send(batchId)).text()).toContain('Guests of a workspace cannot send messages');
    await press(ACTIONS.sendReview, JSON.stringify({ batchId, version: 2 }));
    await harness.slack.waitFor(() => seen().includes('Guests of a workspace cannot send messages'));
    expect(await statusOf(batchId)).toBe('ready');
  });

  test('exports nothing, finds nobody, and sends to nobody again', async () => {
    const batchId = await draft();
    await send(batchId);
    await until(async () => (await statusOf(batchId)) === 'pending');
    await harness.complete(batchId);
    harness.slack.changePerson(BEN, change);
    await press(ACTIONS.exportRecipients, batchId);
    await harness.slack.waitFor(() => seen().includes('Guests of a workspace cannot export'));
    await press(ACTIONS.retryFailed, `${batchId}:1:temporary`);
    await harness.slack.waitFor(() => seen().includes('Only the person who sent this batch'));
    const reply = { user_id: BEN, text: 'find 13800138000', response_url: await responseUrlOf(harness, BEN) };
    await deliver(harness, command(harness, reply));
    await harness.slack.waitFor(() => seen().includes('Guests of a workspace cannot look up'));
    expect(await audited('batch.export')).toEqual([]);
    expect(await audited('recipient.find')).toEqual([]);
  });
});

test('a member who has become an administrator may do so at once', async () => {
  const batchId = await harness.started(mobiles(2));
  await responseUrlOf(harness, BEN);
  await harness.slack.waitFor(() => seen().includes('Bulk SMS'));
  harness.slack.changePerson(BEN, { is_admin: true });
  await harness.app.db('sms_batch').where({ id: batchId }).update({ status: 'paused' });
  await press(ACTIONS.resume, batchId);
  await until(async () => (await statusOf(batchId)) === 'pending');
});

describe('while Slack does not say who somebody is', () => {
  test('a member of today sends, by the last word', async () => {
    const batchId = await draft();
    harness.slack.faults.set('personLimited');
    expect(await (await send(batchId)).text()).toBe('');
    await until(async () => (await statusOf(batchId)) === 'pending');
  });

  test('a member of last week does not', async () => {
    const batchId = await draft();
    await harness.app.db('app_user').update({ seen_at: harness.app.db.raw(`now() - interval '7 days'`) });
    harness.slack.faults.set('personLimited');
    expect(await (await send(batchId)).text()).toContain('Slack did not tell me who you are');
    expect(await statusOf(batchId)).toBe('ready');
  });

  test('a form waits no longer than Slack does', async () => {
    const batchId = await draft();
    harness.slack.faults.set('personSilent', { ms: 60_000 });
    expect(await (await send(batchId)).text()).toBe('');
    await until(async () => (await statusOf(batchId)) === 'pending');
  });
});

test('a role that was taken away during the last look counts when its result is recorded', async () => {
  const batchId = await harness.started(mobiles(1));
  await harness.complete(batchId);
  const { db } = harness.app;
  const owner = await db('app_user').where({ external_id: 'U0ANNA0001' }).first();
  await db('app_user').update({ role: 'guest' });
  const actor = { kind: 'person', tenantId: harness.tenantId, userId: owner.id, role: 'member' } as const;
  await expect(retryFailed(harness.app, actor, { batchId })).rejects.toThrow('not allowed: control');
});

test('forty commands of one member at once are one question to Slack', async () => {
  const asked = () => harness.slack.traffic.named('users.info').length;
  const commands = Array.from({ length: 40 }, (_, index) =>
    deliver(harness, command(harness, { user_id: LIWEI, text: 'help', trigger_id: `t${index}` })),
  );
  await Promise.all(commands);
  await harness.slack.waitFor(() => asked() > 0);
  await responseUrlOf(harness, LIWEI);
  expect(asked()).toBeLessThan(5);
});
