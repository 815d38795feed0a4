import type { BukaFaultName } from '@bulk-sms/playground/buka/buka-faults';
import { startTestSystem, type TestSystem } from '../setup/test-system';
import { until } from '../setup/until';
import { expectPromiseKept, isResolved, isSubmitted, onlyBatch } from './expect-promise-kept';
import { isFull } from './run-size';
import { sendList } from './send-list';

/** What the local Buka does to the second of three requests, and what must become of its 1,000. */
const FAULTS: Record<
  string,
  { fault: BukaFaultName; accepted: number; ends: 'resolved' | 'unknown' | 'failed' }
> = {
  'hangs before accepting': { fault: 'hangBefore', accepted: 1_400, ends: 'unknown' },
  'hangs after accepting': { fault: 'hangAfter', accepted: 2_400, ends: 'resolved' },
  'resets before accepting': { fault: 'dropBefore', accepted: 1_400, ends: 'unknown' },
  'resets after accepting': { fault: 'dropAfter', accepted: 2_400, ends: 'resolved' },
  'answers 500 before accepting': { fault: 'errorBefore', accepted: 1_400, ends: 'unknown' },
  'answers 500 after accepting': { fault: 'errorAfter', accepted: 2_400, ends: 'resolved' },
  'answers HTML after accepting': { fault: 'htmlAfter', accepted: 2_400, ends: 'resolved' },
  'answers HTML before accepting': { fault: 'htmlBefore', accepted: 1_400, ends: 'unknown' },
  'breaks off the JSON': { fault: 'truncated', accepted: 2_400, ends: 'resolved' },
  'answers with an empty body': { fault: 'empty', accepted: 2_400, ends: 'resolved' },
  'says interface fault although it accepted': {
    fault: 'interfaceFault',
    accepted: 2_400,
    ends: 'resolved',
  },
  'names half of the numbers': { fault: 'halfMissing', accepted: 2_400, ends: 'resolved' },
  'takes half of the numbers': { fault: 'halfRefused', accepted: 1_900, ends: 'failed' },
  'names numbers that we did not send': { fault: 'foreignNumbers', accepted: 2_400, ends: 'resolved' },
  'answers in another order': { fault: 'reordered', accepted: 2_400, ends: 'resolved' },
  'swaps the order ids': { fault: 'swappedOrderIds', accepted: 2_400, ends: 'resolved' },
  'says 429 and when to come again': { fault: 'tooMany', accepted: 2_400, ends: 'resolved' },
  'says that it works later': { fault: 'platformFault', accepted: 2_400, ends: 'resolved' },
};

let system: TestSystem;
afterEach(() => system.close());

/** One of each kind: `npm run test:all` has them all. */
const ONE_A_KIND = [
  'hangs before accepting',
  'resets after accepting',
  'names half of the numbers',
  'takes half of the numbers',
  'swaps the order ids',
  'says 429 and when to come again',
];

test.each(isFull ? Object.keys(FAULTS) : ONE_A_KIND)('the provider %s', async (name) => {
  const { fault, accepted, ends } = FAULTS[name] as (typeof FAULTS)[string];
  system = await startTestSystem({ env: { SUBMIT_TIMEOUT_MS: '5000', SUBMIT_CONCURRENCY: '1' } });
  const { buka, db } = system;
  const stop = buka.onEvent((event) => {
    if (event.type !== 'accepted') return;
    stop();
    buka.faults.set(fault, { times: 1, on: 'send', ms: 1_000 });
  });
  const numbers = await sendList(system, { good: 2_400, bad: 40, duplicates: 60 });
  await until(() => onlyBatch(db), ends === 'unknown' ? isSubmitted : isResolved);
  await expectPromiseKept(db, buka.ledger, numbers);
  expect(buka.ledger.counts(numbers)).toMatchObject({ once: accepted, never: 2_400 - accepted });
  const missing = ends === 'failed' ? 'failed_count' : 'unknown_count';
  expect((await onlyBatch(db))[missing]).toBe(2_400 - accepted);
});
