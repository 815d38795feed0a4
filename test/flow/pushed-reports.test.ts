import { NO_POLLS, sendTracked, type Tracked, type TrackedOptions } from './tracked-list';

const COUNT = 2_400;
/** What so many texts to China cost at the local Buka. */
const COST = '76.800000';

let tracked: Tracked;
const send = async (options: Omit<TrackedOptions, 'count'>) => {
  tracked = await sendTracked({ count: COUNT, ...options });
  return tracked;
};
afterEach(() => tracked.system.close());

test('with pushes alone, everybody is tracked to the end without a question to Buka', async () => {
  const { system, completeBy, everybodyIsRight, sources } = await send({ env: NO_POLLS });
  await completeBy(() => system.buka.deliverNow());
  await everybodyIsRight();
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

test('with polls alone, a call has 200 ids, and nobody is asked about again who is final', async () => {
  const { system, completeBy, everybodyIsRight, sources } = await send({ pushes: false, env: NO_POLLS });
  await completeBy(async () => {
    while ((await system.db('sms_batch').first('status')).status !== 'submitted');
    system.buka.deliverNow();
    await system.db.raw(`select graphile_worker.reschedule_jobs(array_agg(id), now())
      from graphile_worker.jobs where task_identifier = 'poll-delivery'`);
  });
  await everybodyIsRight();
  expect(await sources()).toEqual({ poll: COUNT });
  expect(system.buka.calls().getReport).toBe(COUNT / 200);
}, 240_000);

test('with both, each recipient is told by the one or the other, and counts once', async () => {
  const { system, completeBy, everybodyIsRight, sources } = await send({});
  await completeBy(() => system.buka.deliverNow());
  await everybodyIsRight();
  const { push = 0, poll = 0 } = await sources();
  expect(push + poll).toBe(COUNT);
}, 240_000);

test('pushed twice and out of order, each counts once', async () => {
  const { system, completeBy, everybodyIsRight } = await send({
    env: NO_POLLS,
    buka: { faults: { reportsTwice: {}, reportsShuffled: {} } },
  });
  await completeBy(() => system.buka.deliverNow());
  await everybodyIsRight();
  expect(system.buka.state().pushes).toEqual({ taken: 2 * COUNT, givenUp: 0 });
}, 240_000);

test('with half the pushes lost, polling finds the others', async () => {
  const { system, completeBy, everybodyIsRight, sources } = await send({
    buka: { faults: { reportsLost: { probability: 0.5 } } },
  });
  await completeBy(() => system.buka.deliverNow());
  await everybodyIsRight();
  expect(Object.keys(await sources()).sort()).toEqual(['poll', 'push']);
}, 240_000);

test('pushes that come before our own requests are answered, and some of these answers lost', async () => {
  const { completeBy, everybodyIsRight } = await send({
    env: NO_POLLS,
    buka: { faults: { reportsEarly: {}, dropAfter: { times: 1, on: 'sendSms' } } },
  });
  await completeBy(() => {});
  await everybodyIsRight();
}, 240_000);

test('a reply lands in its workspace', async () => {
  const { system, completeBy } = await send({ env: NO_POLLS });
  await completeBy(() => {
    system.buka.reply('+8613800000000', 'stop');
    system.buka.deliverNow();
  });
  expect(await system.db('sms_inbound_message')).toMatchObject([
    { tenant_id: expect.any(String), from_number: '+8613800000000', content: 'stop' },
  ]);
}, 240_000);
