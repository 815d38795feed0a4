import type { AnswerKind } from './controlled-provider';
import type { Step } from './scenario';

const ENDS = ['completed', 'cancelled', 'failed'];
const MAX_ROUNDS = 40;
/** Of batches, and of accounts. */
const BOTH = [0, 1];
const ONCE = { isTwice: false, loss: null };

/** What an ending needs of the test bed. */
interface Ending {
  run(steps: Step[]): Promise<void>;
  /** Every request that is open is answered so. */
  answerAll(as: AnswerKind): Promise<void>;
  /** How many the provider has taken. */
  texts(): number;
  /** Of the batches, after the last step. */
  statuses(): unknown[];
}

/**
 * Brings every batch to its end, with questions in vain on the way, and once more with a retry of those who failed, some
 * of whom the provider has corrected.
 */
export async function bringToEnd(ending: Ending): Promise<void> {
  await askInVain(ending);
  await finish(ending);
  await correctReplaced(ending);
  await finish(ending);
  await retryCorrected(ending);
  await finish(ending);
}

/** Nobody is asked to decide about what was asked in vain. */
async function askInVain({ run }: Ending): Promise<void> {
  await run([{ do: 'sweep', loss: null }]);
  await run([{ do: 'pass', minutes: 60 }]);
  await run([{ do: 'silence', isSilent: true }]);
  for (const batch of BOTH) {
    for (const account of BOTH) await run([{ do: 'reconcile', batch, account, ...ONCE }]);
  }
  await run([{ do: 'silence', isSilent: false }]);
  await run([{ do: 'pass', minutes: 60 }]);
}

/** Who is sent to again, and was reached before as a report says meanwhile, gets nothing once the provider puts that off. */
async function correctReplaced({ run, answerAll, texts }: Ending): Promise<void> {
  for (const batch of BOTH) {
    await run([{ do: 'retry_failed', batch, account: 0, ...ONCE }]);
    for (const account of BOTH) await run([{ do: 'turn', batch, account, lane: 0, loss: null }]);
  }
  await run([{ do: 'correct_texts' }]);
  const report = { do: 'push', hasId: true, times: 1, loss: null } as const;
  for (let text = 0; text < texts(); text += 1) await run([{ ...report, text }]);
  await answerAll('rejected_retryable');
}

/** Whom the provider corrects is not sent to again. */
async function retryCorrected({ run }: Ending): Promise<void> {
  await run([{ do: 'correct_texts' }]);
  await run([{ do: 'recheck', batch: 0, account: 0, ...ONCE }]);
  for (const batch of BOTH) await run([{ do: 'retry_failed', batch, account: 0, ...ONCE }]);
}

async function finish(ending: Ending): Promise<void> {
  const { run, statuses } = ending;
  const isOpen = (batch: number) => !ENDS.includes(statuses()[batch] as string);
  for (let round = 0; round < MAX_ROUNDS && BOTH.some(isOpen); round += 1) {
    await run([{ do: 'pass', minutes: 60 }]);
    await run([{ do: 'sweep', loss: null }]);
    for (const batch of BOTH) if (isOpen(batch)) await moveOn(ending, batch);
    await run([{ do: 'settle_texts' }]);
  }
  expect(BOTH.filter(isOpen)).toEqual([]);
}

async function moveOn({ run, answerAll }: Ending, batch: number): Promise<void> {
  await run([{ do: 'resume', batch, account: 0, ...ONCE }]);
  for (const account of BOTH) {
    for (const one of ['poll', 'reconcile'] as const) await run([{ do: one, batch, account, ...ONCE }]);
    await run([{ do: 'turn', batch, account, lane: 0, loss: null }]);
    await answerAll('accepted');
  }
  await run([{ do: 'leave_uncertain', batch, account: 0, ...ONCE }]);
}
