import { pauseBatch, resumeBatch } from '../../../../src/batches/control/pause-batch';
import { ACTIONS } from '../../../../src/slack/blocks/ids';
import { alertMessage } from '../../../../src/slack/blocks/messages/alert';
import { statusMessage } from '../../../../src/slack/blocks/messages/status-message';
import { postAlert } from '../../../../src/slack/posts/post-alert';
import { updateStatusMessage } from '../../../../src/slack/posts/update-status-message';
import { system } from '../../../../src/tenants/actor';
import { wordsFor } from '../../../../src/words/words-for';
import { rejected, timeout } from '../../../batches/sending/send-outcomes';
import { mobiles } from '../../../setup/app-context';
import { click, deliver, interaction, responseUrlOf } from '../../forge';
import { ANNA, freshHarness, runToEnd, shownIn, until } from '../../harness';

/** A button does what it was drawn for, and nothing once the batch has gone on: to the next round, or to another pause. */
const harness = freshHarness('http');
const words = wordsFor('en-US');
const OUTDATED = words.replies.outdated;
const EMPTY = () => rejected('account', '-10');

const bot = () => system(harness.tenantId);
const seen = () => shownIn(harness.slack.as(ANNA).sees(harness.marketing));
const timesSaid = () => seen().split(OUTDATED).length - 1;
const status = async (batchId: string) => (await harness.summary(batchId)).status;
const show = (batchId: string) => runToEnd(() => updateStatusMessage(harness.clients, batchId));

/** What the button of this message carries; fails where the message has none. */
function valueIn(message: object, action: string): string {
  const [, value] =
    JSON.stringify(message).match(new RegExp(`"action_id":"${action}","value":"([^"]+)"`)) ?? [];
  if (value === undefined) throw new Error(`no button ${action} in ${JSON.stringify(message)}`);
  return value;
}
/** Of the status message as it would be drawn now. */
async function drawn(batchId: string, action: string): Promise<string> {
  const summary = await harness.summary(batchId);
  return valueIn(statusMessage({ words, timeZone: 'UTC' }, { summary, withChart: false }), action);
}
const press = async (action: string, value: string) => {
  const responseUrl = await responseUrlOf(harness, ANNA);
  await deliver(harness, interaction(click(harness, ANNA, { action, value, responseUrl })));
};
/** Presses, and waits for the words that nothing was done. */
async function pressInVain(batchId: string, action: string, value: string): Promise<void> {
  const before = await kept(batchId);
  const said = timesSaid();
  await press(action, value);
  await harness.slack.waitFor(() => timesSaid() > said);
  expect(await kept(batchId)).toEqual(before);
}
const kept = async (batchId: string) => ({
  batch: await harness.app.db('sms_batch').where({ id: batchId }),
  recipients: await harness.app.db('sms_batch_recipient').where({ batch_id: batchId }).orderBy('id'),
  audit: await harness.app.db('audit_event').orderBy('id'),
});

/** Everybody fails, and is sent to again: the batch is in its second round. */
async function intoNextRound(batchId: string): Promise<void> {
  const refuse = ({ messages }: { messages: { orderId: string }[] }) => ({
    accepted: [],
    refused: messages.map(({ orderId }) => ({ orderId, reason: 'no' })),
    unclear: [],
    deferred: [],
    because: null,
  });
  harness.provider.script = [refuse];
  await harness.submitAll(batchId);
  await press(ACTIONS.retryFailed, await drawn(batchId, ACTIONS.retryFailed));
  await until(async () => (await harness.summary(batchId)).round === 2);
}

test('Pause, Cancel and Retry of the first round do nothing in the second, and those of the second do', async () => {
  const batchId = await harness.started(mobiles(3));
  const pause = await drawn(batchId, ACTIONS.pause);
  const cancel = await drawn(batchId, ACTIONS.cancel);
  await intoNextRound(batchId);
  await pressInVain(batchId, ACTIONS.pause, pause);
  await pressInVain(batchId, ACTIONS.cancel, cancel);
  await pressInVain(batchId, ACTIONS.retryFailed, `${batchId}:1:not_told`);
  await pressInVain(batchId, ACTIONS.retryAnyway, `${batchId}:1:not_told`);
  await press(ACTIONS.pause, await drawn(batchId, ACTIONS.pause));
  await until(async () => (await status(batchId)) === 'paused');
  await press(ACTIONS.cancel, await drawn(batchId, ACTIONS.cancel));
  await until(async () => (await status(batchId)) === 'cancelled');
});

test('a Resume for an empty account does not resume what a person has paused since, in the message or in the alert', async () => {
  const batchId = await harness.started(mobiles(3));
  harness.provider.script = [EMPTY];
  await harness.submitAll(batchId).catch(() => undefined);
  expect(await status(batchId)).toBe('paused');
  const summary = await harness.summary(batchId);
  const ofAlert = valueIn(alertMessage(words, summary, 'paused'), ACTIONS.resume);
  const ofMessage = await drawn(batchId, ACTIONS.resume);
  await resumeBatch(harness.app, bot(), batchId);
  await pauseBatch(harness.app, bot(), batchId);
  await pressInVain(batchId, ACTIONS.resume, ofAlert);
  await pressInVain(batchId, ACTIONS.resume, ofMessage);
  await press(ACTIONS.resume, await drawn(batchId, ACTIONS.resume));
  await until(async () => (await status(batchId)) === 'pending');
  // The alert of the first pause is not posted any more: it does not hold.
  await postAlert(harness.clients, batchId);
  expect(seen()).not.toContain(words.alerts.paused(`<@${ANNA}>`, 3));
});

test('a Resume for one pause of a person does not end the next one', async () => {
  const batchId = await harness.started(mobiles(2));
  await pauseBatch(harness.app, bot(), batchId);
  const resume = await drawn(batchId, ACTIONS.resume);
  await resumeBatch(harness.app, bot(), batchId);
  await pauseBatch(harness.app, bot(), batchId);
  await pressInVain(batchId, ACTIONS.resume, resume);
});

test('Leave, Send again and Resolve uncertain of the first round decide nothing in the second', async () => {
  const batchId = await harness.started(mobiles(2));
  await intoNextRound(batchId);
  harness.provider.script = [() => timeout];
  await harness.submitAll(batchId);
  for (const action of [ACTIONS.leaveUncertain, ACTIONS.resendUncertain, ACTIONS.resendAnyway])
    await pressInVain(batchId, action, `${batchId}:1`);
  await pressInVain(batchId, ACTIONS.resolveUncertain, `${batchId}:1`);
});

test('a Pause that was drawn before some were sent, or before another pause that ended, pauses', async () => {
  const batchId = await harness.started(mobiles(25));
  const pause = await drawn(batchId, ACTIONS.pause);
  await harness.app.db('sms_batch').where({ id: batchId }).increment('version', 9);
  await pauseBatch(harness.app, bot(), batchId);
  await resumeBatch(harness.app, bot(), batchId);
  await press(ACTIONS.pause, pause);
  await until(async () => (await status(batchId)) === 'paused');
  expect(timesSaid()).toBe(0);
});

test('buttons of the former version, which carry the batch alone, act as before', async () => {
  const batchId = await harness.started(mobiles(2));
  await press(ACTIONS.pause, batchId);
  await until(async () => (await status(batchId)) === 'paused');
  await press(ACTIONS.resume, batchId);
  await until(async () => (await status(batchId)) === 'pending');
  await press(ACTIONS.cancel, batchId);
  await until(async () => (await status(batchId)) === 'cancelled');
});

test('a number that is none is no present state', async () => {
  const batchId = await harness.started(mobiles(2));
  for (const value of [`${batchId}:`, `${batchId}:x`, `${batchId}:1:x`, `${batchId}:-1:0`])
    await pressInVain(batchId, ACTIONS.pause, value);
});

test('the status message that still has the old button shows the present state', async () => {
  const batchId = await harness.started(mobiles(2));
  await show(batchId);
  const ts = (await harness.summary(batchId)).messageTs;
  const shown = () => shownIn(harness.slack.messages(harness.marketing).find((one) => one.ts === ts));
  await intoNextRound(batchId);
  await pauseBatch(harness.app, bot(), batchId);
  expect(shown()).not.toContain(ACTIONS.resume);
  await pressInVain(batchId, ACTIONS.cancel, `${batchId}:1`);
  await harness.slack.waitFor(() => shown().includes(ACTIONS.resume));
});
