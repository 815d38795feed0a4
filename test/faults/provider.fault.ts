import type { WeatherName } from '@bulk-sms/playground/buka/weather/table';
import { startTestSystem, type TestSystem } from '../setup/test-system';
import { expectPromiseKept, isResolved, isSubmitted, onlyBatch, until } from './promise';
import { sendList } from './send-list';

/** What the local Buka does to the second of three requests, and what must become of its 1,000. */
const FAULTS: Record<
  string,
  { weather: WeatherName; accepted: number; ends: 'resolved' | 'unknown' | 'failed' }
> = {
  'hangs before accepting': { weather: 'hangBefore', accepted: 1_400, ends: 'unknown' },
  'hangs after accepting': { weather: 'hangAfter', accepted: 2_400, ends: 'resolved' },
  'resets before accepting': { weather: 'dropBefore', accepted: 1_400, ends: 'unknown' },
  'resets after accepting': { weather: 'dropAfter', accepted: 2_400, ends: 'resolved' },
  'answers 500 before accepting': { weather: 'errorBefore', accepted: 1_400, ends: 'unknown' },
  'answers 500 after accepting': { weather: 'errorAfter', accepted: 2_400, ends: 'resolved' },
  'answers HTML after accepting': { weather: 'htmlAfter', accepted: 2_400, ends: 'resolved' },
  'answers HTML before accepting': { weather: 'htmlBefore', accepted: 1_400, ends: 'unknown' },
  'breaks off the JSON': { weather: 'truncated', accepted: 2_400, ends: 'resolved' },
  'answers with an empty body': { weather: 'empty', accepted: 2_400, ends: 'resolved' },
  'says interface fault although it accepted': {
    weather: 'interfaceFault',
    accepted: 2_400,
    ends: 'resolved',
  },
  'names half of the numbers': { weather: 'halfMissing', accepted: 2_400, ends: 'resolved' },
  'takes half of the numbers': { weather: 'halfRefused', accepted: 1_900, ends: 'failed' },
  'names numbers that we did not send': { weather: 'foreignNumbers', accepted: 2_400, ends: 'resolved' },
  'answers in another order': { weather: 'reordered', accepted: 2_400, ends: 'resolved' },
  'swaps the order ids': { weather: 'swappedOrderIds', accepted: 2_400, ends: 'resolved' },
  'says 429 and when to come again': { weather: 'tooMany', accepted: 2_400, ends: 'resolved' },
  'says that it works later': { weather: 'platformFault', accepted: 2_400, ends: 'resolved' },
};

let system: TestSystem;
afterEach(() => system.close());

test.each(Object.keys(FAULTS))('the provider %s', async (name) => {
  const { weather, accepted, ends } = FAULTS[name] as (typeof FAULTS)[string];
  system = await startTestSystem({ env: { SUBMIT_TIMEOUT_MS: '5000', SUBMIT_CONCURRENCY: '1' } });
  const { buka, db } = system;
  const stop = buka.onEvent((event) => {
    if (event.type !== 'accepted') return;
    stop();
    buka.weather.set(weather, { times: 1, on: 'send', ms: 1_000 });
  });
  const numbers = await sendList(system, { good: 2_400, bad: 40, duplicates: 60 });
  await until(() => onlyBatch(db), ends === 'unknown' ? isSubmitted : isResolved);
  await expectPromiseKept(db, buka.ledger, numbers);
  expect(buka.ledger.counts(numbers)).toMatchObject({ once: accepted, never: 2_400 - accepted });
  const missing = ends === 'failed' ? 'failed_count' : 'unknown_count';
  expect((await onlyBatch(db))[missing]).toBe(2_400 - accepted);
});
