import { openAccount } from './accounts/account';
import { admitAtMost } from './api/query-rate';
import { createRequestLog } from './api/request-log';
import { BUKA_FAULT_NAMES } from './buka-faults';
import type { BukaOptions } from './buka-options';
import { createClock } from './clock';
import { createInbox } from './messages/inbox';
import { createLedger } from './messages/ledger';
import { FAIR_OUTCOMES, type Timings } from './messages/outcomes';
import { createMessageStore } from './messages/store';
import type { BukaEvent, Provider } from './provider';
import { createPump, type Pump } from './pushes/pump';
import { createReportSchedule } from './pushes/schedule';
import { createBukaFaults } from './strike';

/** About one second from acceptance to the end: short, but a person can still watch it. */
const BRISK_TIMINGS: Timings = { queuedMs: { min: 100, max: 400 }, sendingMs: { min: 200, max: 800 } };
const PUSH_ATTEMPTS = 5;
const PUSH_TIMEOUT_MS = 5_000;

/** Builds every part of a provider in its initial state, with fair outcomes unless the options say otherwise. */
export function openProvider(
  options: BukaOptions,
  emit: (event: BukaEvent) => void,
): { provider: Provider; pump: Pump } {
  const { seed = 1, currency = 'USD', quirks = {} } = options;
  const clock = createClock();
  const outcomes = { ...FAIR_OUTCOMES, ...options.outcomes };
  const messages = createMessageStore(seed, clock, outcomes, { ...BRISK_TIMINGS, ...options.timings });
  const faults = createBukaFaults(seed, () => emit({ type: 'faults' }));
  for (const name of BUKA_FAULT_NAMES) {
    const setting = options.faults?.[name];
    if (setting) faults.set(name, setting);
  }
  const pump = createPump(
    {
      concurrency: options.pushConcurrency ?? 8,
      attempts: PUSH_ATTEMPTS,
      retryMs: options.pushRetryMs ?? 250,
      timeoutMs: PUSH_TIMEOUT_MS,
    },
    () => emit({ type: 'pushed' }),
  );
  const wording = { currency, orderIdWithBlank: quirks.orderIdWithBlank ?? false };
  const reports = createReportSchedule(clock, messages, faults, pump, wording);
  reports.pushTo(options.reportUrl);

  const provider: Provider = {
    accounts: options.apps.map(openAccount),
    clock,
    messages,
    ledger: createLedger(),
    faults,
    inbox: createInbox(),
    reports,
    requests: createRequestLog(clock.now),
    outcomes,
    quirks,
    currency,
    latencyMs: options.latencyMs ?? 0,
    admitQuery: admitAtMost(options.queriesPerSecond, clock.now),
    emit,
  };
  return { provider, pump };
}
