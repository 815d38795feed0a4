import { setTimeout as pause } from 'node:timers/promises';
import { startBatch } from '../../../../src/batches/control/start-batch';
import { getReview } from '../../../../src/batches/views/get-review';
import { system } from '../../../../src/tenants/actor';
import { ANNA, sharedHarness, shownIn, until } from '../../harness';

const harness = sharedHarness('socket');
const anna = () => harness.slack.as(ANNA);
const list = {
  name: 'list.csv',
  content:
    'Name,Mobile,Emergency Contact Phone\nA,13800138000,13900139000\nB,13800138001,13900139001\nC,13800138002,12\n',
};

/** The review of a list, in its modal, or where that was closed in a direct message. */
async function review(where: 'modal' | 'direct') {
  const viewId = await harness.compose();
  await anna().submit(viewId, { Message: 'Hi', 'Recipients file': [list] });
  if (where === 'direct') await anna().close(viewId);
  const batchId = await harness.read();
  const message = () => anna().sees(anna().direct()).at(-1);
  return { viewId, batchId, message, ts: message()?.ts ?? '' };
}

const statusOf = async (batchId: string) =>
  (await getReview(harness.app, system(harness.tenantId), batchId))?.status;
const inFront = (otherThan: string) =>
  harness.slack.waitFor(() => {
    const front = anna().modal();
    return front && front.id !== otherThan ? front : null;
  });

it('reads the other column, and shows the new review below the window', async () => {
  const { viewId, batchId } = await review('modal');
  expect(shownIn(anna().modal())).toContain('13800138000, 13800138001, 13800138002');
  await anna().click(viewId, 'Change');
  const change = await inFront(viewId);
  await anna().submit(change.id, { 'Phone numbers': '2' });
  await harness.read();
  expect(anna().modal()?.id).toBe(viewId);
  expect(anna().modal()?.submit?.text).toBe('Send 2 messages');
  expect(shownIn(anna().modal())).toContain('3 numbers on the list: 2 to send, 1 left out');
  await anna().close(viewId);
  await until(async () => (await statusOf(batchId)) === 'cancelled');
});

it('opens one window for a double click, and closing it discards nothing', async () => {
  const { viewId, batchId } = await review('modal');
  await anna().click(viewId, 'Change', { double: true });
  const change = await inFront(viewId);
  // The bot acknowledges first and works afterwards.
  await pause(200);
  await anna().close(change.id);
  expect(anna().modal()?.id).toBe(viewId);
  await pause(200);
  expect(await statusOf(batchId)).toBe('ready');
  await anna().submit(viewId);
  expect(await statusOf(batchId)).toBe('pending');
});

it('reads again once for a double click on *Read again*', async () => {
  const { viewId, batchId } = await review('modal');
  await anna().click(viewId, 'Change');
  const change = await inFront(viewId);
  await anna().submit(change.id, { 'Phone numbers': '2' }, { double: true, deliverTwice: true });
  const audit = harness.app.db('audit_event').where({ action: 'batch.change_reading', batch_id: batchId });
  expect(await audit).toHaveLength(1);
  await harness.read();
  await anna().close(anna().modal()?.id ?? '', { all: true });
});

it('changes the reading from the direct message, which then shows the new review', async () => {
  const { message, ts } = await review('direct');
  await anna().click(ts, 'Change');
  const change = await inFront('');
  await anna().submit(change.id, { 'Phone numbers': '2' });
  expect(anna().modal()).toBeNull();
  await harness.read();
  expect(message()?.ts).toBe(ts);
  expect(shownIn(message())).toContain('Send 2 messages');
});

it('says that the batch was started meanwhile', async () => {
  const { batchId, ts } = await review('direct');
  const actor = system(harness.tenantId);
  const version = (await getReview(harness.app, actor, batchId))?.version ?? 0;
  await startBatch(harness.app, actor, { batchId, version });
  await anna().click(ts, 'Change');
  await harness.slack.waitFor(() =>
    shownIn(anna().sees(anna().direct())).includes('This batch has already been started.'),
  );
});
