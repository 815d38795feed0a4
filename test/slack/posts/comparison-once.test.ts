import { randomUUID } from 'node:crypto';
import type { Comparison } from '../../../src/batches/reconciling/compare-records';
import { bringComparison } from '../../../src/slack/posts/deliver-comparison';
import { mobiles } from '../../setup/app-context';
import { ANNA, type Stage, setStage } from '../harness';

/** A comparison comes once, whatever is killed or lost while it is brought; here it has a message and a file. */
let stage: Stage;
let wanted: Comparison;
beforeEach(async () => {
  stage = await setStage('socket');
  const batchId = await stage.started(mobiles(1));
  await stage.submitAll(batchId);
  for (let index = 0; index < 12; index += 1) {
    stage.channel.statuses.set(`m-${index}`, { number: `+86139001390${10 + index}`, status: 'sending' });
  }
  const { sender } = await stage.summary(batchId);
  const askedAt = new Date().toISOString();
  const today = askedAt.slice(0, 10);
  const of = { tenantId: stage.tenantId, userId: sender.userId, channel: 'onbuka' };
  wanted = { id: randomUUID(), askedAt, ...of, from: today, to: today, timeZone: 'UTC' };
});
afterEach(async () => {
  expect(stage.slack.faults()).toEqual([]);
  await stage.close();
});

const bring = () => bringComparison(stage.post, wanted, 1);
const told = () => {
  const anna = stage.slack.as(ANNA);
  return anna.sees(anna.direct()).map((one) => (one.files?.length ? 'file' : 'message'));
};
/** So much time passes that a post of unknown outcome may be looked for. */
const settle = () =>
  stage.heart.db('sms_answer_posting').update({ begun_at: stage.heart.db.raw(`begun_at - interval '20 s'`) });
const noted = async () => [
  ...(await stage.heart.db('sms_answer_posting').pluck('answer')),
  ...(await stage.heart.db('sms_answer_sharing').pluck('answer')),
];

it('of which Slack took the message and the answer was lost: the message is found, the file follows', async () => {
  stage.slack.weather.set('lostResponse', { times: 1 });
  const { againInMs } = await bring();
  expect(againInMs).toBeGreaterThan(10_000);
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
  const { files } = stage.post.poster;
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
  stage.slack.weather.set('lostResponse', { times: 1 });
  await bring();
  wanted = { ...wanted, id: randomUUID() };
  expect(await bring()).toEqual({});
  expect(told()).toEqual(['message', 'message', 'file']);
});
