import { randomUUID } from 'node:crypto';
import type { Comparison } from '../../../src/batches/reconciling/compare-records';
import { deliverComparison } from '../../../src/slack/posts/deliver-comparison';
import { mobiles } from '../../setup/app-context';
import { ANNA, createHarness, type Harness } from '../harness';

/** A comparison comes once, whatever is killed or lost while it is brought; here it has a message and a file. */
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

const bring = () => deliverComparison(harness.clients, wanted, 1);
const told = () => {
  const anna = harness.slack.as(ANNA);
  return anna.sees(anna.direct()).map((one) => (one.files?.length ? 'file' : 'message'));
};
/** So much time passes that a post of unknown outcome may be looked for. */
const settle = () =>
  harness.app.db('sms_answer_posting').update({ begun_at: harness.app.db.raw(`begun_at - interval '20 s'`) });
const noted = async () => [
  ...(await harness.app.db('sms_answer_posting').pluck('answer')),
  ...(await harness.app.db('sms_answer_sharing').pluck('answer')),
];

it('of which Slack took the message and the answer was lost: the message is found, the file follows', async () => {
  harness.slack.faults.set('lostResponse', { times: 1 });
  const { snoozeMs } = await bring();
  expect(snoozeMs).toBeGreaterThan(10_000);
  expect(told()).toEqual(['message']);
  await settle();
  expect(await bring()).toEqual({});
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
  await expect(bring()).rejects.toThrow('killed');
  expect(told()).toEqual(seen);
  await settle();
  expect(await bring()).toEqual({});
  expect(told()).toEqual(['message', 'file']);
  expect(await noted()).toEqual([]);
});

it('comes anew when it is asked for anew, though one was killed', async () => {
  harness.slack.faults.set('lostResponse', { times: 1 });
  await bring();
  wanted = { ...wanted, id: randomUUID() };
  expect(await bring()).toEqual({});
  expect(told()).toEqual(['message', 'message', 'file']);
});
