import { sendTracked, type Tracked } from './tracked-list';

/** 100,000 by hand, with `FAULTS=full`; a tenth of it in as much less time otherwise. */
const COUNT = process.env.FAULTS === 'full' ? 100_000 : 10_000;
const DELIVERED_WITHIN_MS = COUNT / 2;

let tracked: Tracked;
afterEach(() => tracked.system.close());

test(`${COUNT} are tracked to completion by polling, in a few times the least number of calls`, async () => {
  tracked = await sendTracked({
    count: COUNT,
    pushes: false,
    env: { DELIVERY_POLL_MS: '1000' },
    buka: { timings: { sendingMs: { min: 0, max: DELIVERED_WITHIN_MS } }, outcomes: { failedShare: 0.1 } },
  });
  await tracked.completeBy(() => {});
  await tracked.expectAllSettled();
  const calls = tracked.system.buka.calls().getReport ?? 0;
  process.stderr.write(`${calls} getReport calls for ${COUNT} texts\n`);
  expect(await tracked.sources()).toEqual({ poll: COUNT });
  expect(calls).toBeGreaterThanOrEqual(COUNT / 200);
  expect(calls).toBeLessThan((COUNT / 200) * 10);
}, 600_000);
