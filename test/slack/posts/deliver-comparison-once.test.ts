import { randomUUID } from 'node:crypto';
import type { Comparison } from '../../../src/batches/reconciling/compare-records';
import { DONE } from '../../../src/queue/job-result';
import { deliverComparison } from '../../../src/slack/posts/deliver-comparison';
import { mobiles } from '../../setup/app-context';
import { ANNA, createHarness, type Harness, snoozeOf } from '../harness';

/**
 * A comparison is delivered once, whatever is killed or lost on the way. Here it has a message and a file.
 */
let harness: Harness;
let wanted: Comparison;
beforeEach(async () => {
  harness = await createHarness('socket');
  const batchId = await harness.started(mobiles(1));
  await harness.submitAll(batchId);
  for (let index = 0; index < 12; index += 1) {
    harness.provider.statuses.set(`m-${index}`, { number: `+86139001390${10 + index}`, status: 'sending' });
  }
  const { sender } = await harness.summary(batchId);
  const askedAt = new Date().toISOString();
  const today = askedAt.slice(0, 10);
  const of = { tenantId: harness.tenantId, userId: sender.userId, provider: 'onbuka' };
  wanted = { id: randomUUID(), askedAt, ...of, from: today, to: today, timeZone: 'UTC' };
});
afterEach(async () => {
  expect(harness.slack.refusedPayloads()).toEqual([]);
  await harness.close();
});

const compare = () => deliverComparison(harness.clients, wanted, 1);
const told = () => {
  const anna = harness.slack.as(ANNA);
  return anna.sees(anna.direct()).map((one) => (one.files?.length ? 'file' : 'message'));
};
/** Lets the settle time pass, after which a pending post may be searched. */
const settle = () =>
  harness.app.db('slack_outbox').update({ begun_at: harness.app.db.raw(`begun_at - interval '20 s'`) });
const noted = () => harness.app.db('slack_outbox').pluck('key');

it('whose message was posted but the answer was lost: finds the message and posts only the file', async () => {
  harness.slack.faults.set('lostResponse', { times: 1 });
  expect(snoozeOf(await compare())).toBeGreaterThan(10_000);
  expect(told()).toEqual(['message']);
  await settle();
  expect(await compare()).toEqual(DONE);
  expect(told()).toEqual(['message', 'file']);
  expect(await noted()).toEqual([]);
});

it.each([
  ['between the message and the file', 'before', ['message']],
  ['between the sharing of the file and the note of it', 'after', ['message', 'file']],
] as const)('that was killed %s', async (_, moment, seen) => {
  const { files } = harness.clients.poster;
  const complete = files.completeUploadExternal;
  files.completeUploadExternal = async (...asked) => {
    files.completeUploadExternal = complete;
    if (moment === 'after') await complete.apply(files, asked);
    throw new Error('killed');
  };
  await expect(compare()).rejects.toThrow('killed');
  expect(told()).toEqual(seen);
  await settle();
  expect(await compare()).toEqual(DONE);
  expect(told()).toEqual(['message', 'file']);
  expect(await noted()).toEqual([]);
});

it('comes anew when it is asked for anew, though one was killed', async () => {
  harness.slack.faults.set('lostResponse', { times: 1 });
  await compare();
  wanted = { ...wanted, id: randomUUID() };
  expect(await compare()).toEqual(DONE);
  expect(told()).toEqual(['message', 'message', 'file']);
});
