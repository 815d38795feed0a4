import { testWhenFull } from '../faults/run-size';
import { until } from '../setup/until';
import { NO_POLLS, sendTracked, type Tracked, type TrackedOptions } from './tracked-list';

const COUNT = 1_200;
/** What this many texts to China cost at the local Buka. */
const COST = '38.400000';

let tracked: Tracked;
const send = async (options: Omit<TrackedOptions, 'count'>) => {
  tracked = await sendTracked({ count: COUNT, ...options });
  return tracked;
};
afterEach(() => tracked.system.close());

test('with webhooks alone, all texts are tracked to the end without a query to Buka', async () => {
  const { system, completeBy, expectAllSettled, sources } = await send({ env: NO_POLLS });
  await completeBy(() => system.buka.deliverNow());
  await expectAllSettled();
  expect(await sources()).toEqual({ push: COUNT });
  expect(system.buka.calls().getReport).toBeUndefined();
  expect(await system.db('sms_batch_cost').sum('messages as messages').first()).toEqual({
    messages: String(COUNT),
  });
  const { rows } = await system.db.raw(
    `select currency, sum(cost_each * messages)::text as cost from sms_batch_cost group by currency`,
  );
  expect(rows).toEqual([{ currency: 'USD', cost: COST }]);
}, 240_000);

test('with polling alone, a call has 200 ids, and no final text is queried again', async () => {
  const { system, completeBy, expectAllSettled, sources } = await send({ pushes: false, env: NO_POLLS });
  await completeBy(async () => {
    while ((await system.db('sms_batch').first('status')).status !== 'submitted');
    system.buka.deliverNow();
    await system.db.raw(`select bulk_sms_queue.reschedule_jobs(array_agg(id), now())
      from bulk_sms_queue.jobs where task_identifier = 'poll-delivery'`);
  });
  await expectAllSettled();
  expect(await sources()).toEqual({ poll: COUNT });
  expect(system.buka.calls().getReport).toBe(COUNT / 200);
}, 240_000);

testWhenFull(
  'with both, each recipient is settled by one of them, and counts once',
  async () => {
    const { system, completeBy, expectAllSettled, sources } = await send({});
    await completeBy(() => system.buka.deliverNow());
    await expectAllSettled();
    const { push = 0, poll = 0 } = await sources();
    expect(push + poll).toBe(COUNT);
  },
  240_000,
);

test('webhooks that come twice and out of order count once each', async () => {
  const { system, completeBy, expectAllSettled } = await send({
    env: NO_POLLS,
    buka: { faults: { reportsTwice: {}, reportsShuffled: {} } },
  });
  await completeBy(() => system.buka.deliverNow());
  await expectAllSettled();
  expect(system.buka.state().pushes).toEqual({ taken: 2 * COUNT, givenUp: 0 });
}, 240_000);

test('with half the webhooks lost, polling finds the others', async () => {
  const { system, completeBy, expectAllSettled, sources } = await send({
    buka: { faults: { reportsLost: { probability: 0.5 } } },
  });
  await completeBy(() => system.buka.deliverNow());
  await expectAllSettled();
  expect(Object.keys(await sources()).sort()).toEqual(['poll', 'push']);
}, 240_000);

test('webhooks that come before the responses to our own requests, with some of the responses lost', async () => {
  const { completeBy, expectAllSettled } = await send({
    env: NO_POLLS,
    buka: { faults: { reportsEarly: {}, dropAfter: { times: 1, on: 'sendSms' } } },
  });
  await completeBy(() => {});
  await expectAllSettled();
}, 240_000);

test('a reply is stored for its workspace', async () => {
  const { system, completeBy } = await send({ env: NO_POLLS });
  await completeBy(() => {
    system.buka.reply('+8613800000000', 'stop');
    system.buka.deliverNow();
  });
  // A reply has a job of its own, which may end after the batch.
  const replies = await until(
    () => system.db('sms_inbound_message'),
    (rows) => rows.length > 0,
  );
  expect(replies).toMatchObject([
    { tenant_id: expect.any(String), from_number: '+8613800000000', content: 'stop' },
  ]);
}, 240_000);
