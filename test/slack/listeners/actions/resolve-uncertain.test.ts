import { postAlert } from '../../../../src/slack/posts/post-alert';
import { updateStatusMessage } from '../../../../src/slack/posts/update-status-message';
import { timeout } from '../../../batches/sending/send-outcomes';
import { mobiles } from '../../../setup/app-context';
import { ANNA, BEN, freshHarness, runToEnd, shownIn, until } from '../../harness';

const harness = freshHarness('socket');

const anna = () => harness.slack.as(ANNA);
const inChannel = () => harness.slack.messages(harness.marketing);
const replies = () => inChannel().filter((one) => one.thread_ts && one.thread_ts !== one.ts);
const texts = () => replies().map((one) => one.text);
const notices = () => replies().filter((one) => shownIn(one).includes('sms_resend_uncertain'));
const audit = (action: string) => harness.app.db('audit_event').where({ action });

/** This many requests of the batch get no answer, and the settle time passes. */
async function leaveUnclear(batchId: string, requests: number): Promise<void> {
  harness.provider.script = Array.from({ length: requests }, () => () => timeout);
  await harness.submitAll(batchId);
  const { db } = harness.app;
  const hourAgo = db.raw(`now() - interval '1 hour'`);
  await db('sms_submission')
    .where({ batch_id: batchId })
    .update({ started_at: hourAgo, finished_at: hourAgo });
  await harness.reconcile(batchId);
  await postAlert(harness.clients, batchId);
}

const show = (batchId: string) => runToEnd(() => updateStatusMessage(harness.clients, batchId));

async function startedAndShown(recipients: number): Promise<{ batchId: string; ts: string }> {
  const batchId = await harness.started(mobiles(recipients));
  await show(batchId);
  return { batchId, ts: (await harness.summary(batchId)).messageTs as string };
}

test('the channel gets one alert: how many, why, who, and what can be done; Leave decides once', async () => {
  const { batchId } = await startedAndShown(12);
  await leaveUnclear(batchId, 2);
  await harness.reconcile(batchId);
  await postAlert(harness.clients, batchId);
  expect(notices()).toHaveLength(1);
  const [notice] = notices();
  expect(notice?.text).toContain(
    `<@${ANNA}> 12 recipients are uncertain: the provider gave no clear answer and has no record of them.`,
  );
  const shown = shownIn(notice);
  expect(shown).toContain('+86 138****8000');
  expect(shown).toContain('… and 2 more: see *Details*.');
  expect(shown).not.toContain('13800138000');
  expect(shown).toContain('Leave them');
  expect(shown).toContain('Send again (may double)');

  await anna().click(notice?.ts as string, 'sms_leave_uncertain', { double: true });
  await harness.slack.waitFor(() =>
    shownIn(anna().sees(harness.marketing)).includes('nothing left to decide'),
  );
  await until(async () => (await harness.summary(batchId)).status === 'completed');
  const said = () => texts().filter((text) => text.includes(`<@${ANNA}> left the uncertain recipients`));
  await harness.slack.waitFor(() => said().length > 0);
  expect(said()).toHaveLength(1);
  expect(await audit('batch.leave_uncertain')).toHaveLength(1);
});

test('Resolve uncertain in the status message asks again until somebody has decided', async () => {
  const { batchId, ts } = await startedAndShown(3);
  const live = () => shownIn(inChannel().find((one) => one.ts === ts));
  await leaveUnclear(batchId, 1);
  await show(batchId);
  expect(live()).toContain('Resolve uncertain (3)');
  await harness.slack.as(BEN).click(ts, 'sms_resolve_uncertain');
  await harness.slack.waitFor(() =>
    shownIn(harness.slack.as(BEN).sees(harness.marketing)).includes('Only the person who sent this batch'),
  );
  await anna().click(ts, 'sms_resolve_uncertain');
  const isPrivate = (one: { text: string; thread_ts?: string }) =>
    !one.thread_ts && one.text.includes('3 recipients are uncertain');
  const asked = await harness.slack.waitFor(() => anna().sees(harness.marketing).find(isPrivate));
  await anna().click(asked.ts, 'sms_resend_uncertain', { confirm: true });
  await until(async () => (await harness.summary(batchId)).status === 'pending');
  await show(batchId);
  expect(live()).not.toContain('Resolve uncertain');
});

test('Send again acts once: the same button does nothing later, when others are uncertain', async () => {
  const { batchId } = await startedAndShown(4);
  await leaveUnclear(batchId, 1);
  const [first] = notices();
  await anna().click(first?.ts as string, 'sms_resend_uncertain', { confirm: true });
  await until(async () => (await audit('batch.resend_uncertain')).length === 1);
  // The new send attempts have no answer either, but the first alert is not about them.
  await leaveUnclear(batchId, 1);
  expect(await harness.summary(batchId)).toMatchObject({ round: 2, counts: { unknown: 4 } });
  await anna().click(first?.ts as string, 'sms_resend_uncertain', { confirm: true });
  await harness.slack.waitFor(() =>
    shownIn(anna().sees(harness.marketing)).includes('from an earlier state'),
  );
  expect(harness.provider.requests).toHaveLength(2);
  expect(notices()).toHaveLength(2);
  await anna().click(notices()[1]?.ts as string, 'sms_resend_uncertain', { confirm: true });
  await until(async () => (await audit('batch.resend_uncertain')).length === 2);
  // The reply is posted after the commit.
  const said = () => texts().filter((text) => text.includes('sent 4 messages again that were uncertain'));
  await harness.slack.waitFor(() => said().length >= 2);
  expect(said()).toHaveLength(2);
});

test('Retry failed acts once in its round, even if pressed in a message that is out of date', async () => {
  const { batchId, ts } = await startedAndShown(2);
  const failAll = async () => {
    harness.provider.script = [
      ({ messages }) => ({
        accepted: [],
        refused: messages.map(({ orderId }) => ({ orderId, reason: 'no' })),
        unclear: [],
        deferred: [],
        because: null,
      }),
    ];
    await harness.submitAll(batchId);
  };
  await failAll();
  await show(batchId);
  await anna().click(ts, 'sms_retry_failed', { confirm: true });
  await until(async () => (await harness.summary(batchId)).status === 'pending');
  await failAll();
  expect(await harness.summary(batchId)).toMatchObject({ status: 'completed', counts: { failed: 2 } });
  // The message still has the old button.
  await anna().click(ts, 'sms_retry_failed', { confirm: true });
  await harness.slack.waitFor(() =>
    shownIn(anna().sees(harness.marketing)).includes('from an earlier state'),
  );
  expect(await harness.summary(batchId)).toMatchObject({ status: 'completed' });
  expect(harness.provider.requests).toHaveLength(2);
});

test('no question is posted about recipients that were proved before', async () => {
  const { batchId } = await startedAndShown(1);
  const { clients, app } = harness;
  harness.provider.script = [() => timeout];
  await harness.submitAll(batchId);
  const hourAgo = app.db.raw(`now() - interval '1 hour'`);
  await app.db('sms_submission').update({ started_at: hourAgo, finished_at: hourAgo });
  await harness.reconcile(batchId);
  harness.provider.statuses.set('m-1', { number: '+8613800138000', status: 'delivered' });
  await harness.reconcile(batchId);
  await postAlert(clients, batchId);
  expect(notices()).toEqual([]);
});
