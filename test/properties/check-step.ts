import type { Snapshot } from './check-promise';
import type { Taken } from './controlled-provider';
import type { Step } from './scenario';

/** A step that happened alone, with an unbroken connection. */
export interface DoneStep {
  step: Step;
  before: Snapshot;
  now: Snapshot;
  taken: Taken[];
  /** The provider answers no question. */
  isSilent: boolean;
  /** The account that the step is about. */
  accountId: string | null;
  /** What its verb returned, where it has one. */
  outcomes: unknown[];
}

/** Throws where a step breaks what is promised of it alone. */
export function checkStep(done: DoneStep): void {
  expect(listSentTwice(done)).toEqual([]);
  if (done.isSilent) expect(listAsked(done)).toEqual([]);
  if (done.step.do === 'recheck' && done.outcomes.every(isDone)) expect(listNotCorrected(done)).toEqual([]);
  if (done.step.do === 'push') expect(listUnheard(done, done.step.text)).toEqual([]);
}

const isDone = (outcome: unknown) => (outcome as { kind?: string } | undefined)?.kind === 'done';

const textOf = (taken: Taken[], orderId: string) => taken.find((one) => one.orderId === orderId);

/** Recipients who get a second text, though their provider would have told that they have the first. */
function listSentTwice({ before, now, taken }: DoneStep) {
  return before.rows.filter((was) => {
    const is = now.rows.find((row) => isOfSame(row, was));
    const text = textOf(taken, was.order_id);
    if (!is || !text || is.attempt === was.attempt) return false;
    if (was.status === 'failed') return text.status !== 'failed' && was.provider_message_id !== null;
    return was.status === 'unknown' && isProvable(text, before, taken);
  });
}

const isOfSame = (row: Snapshot['rows'][number], other: Snapshot['rows'][number]) =>
  row.batch_id === other.batch_id && row.recipient_number === other.recipient_number;

/** The only text to its number, and the only attempt: the provider's record of it can belong to no other. */
function isProvable(text: Taken, { rows, replacedAttempts }: Snapshot, taken: Taken[]): boolean {
  const attempts = [...rows, ...replacedAttempts].filter((one) => one.recipient_number === text.number);
  return taken.filter((one) => one.number === text.number).length === 1 && attempts.length === 1;
}

/** Batches whose people are asked to decide now, though the provider was not heard. */
function listAsked({ before, now }: DoneStep) {
  return now.batches.filter(
    (batch) =>
      batch.alert === 'uncertain' && before.batches.find((one) => one.id === batch.id)?.alert !== 'uncertain',
  );
}

/** Recipients who stay failed, though their account was asked about them and says delivered. */
function listNotCorrected({ step, now, taken, accountId }: DoneStep) {
  if (step.do !== 'recheck') return [];
  const batch = now.batches[step.batch];
  return now.rows.filter(
    (row) =>
      row.batch_id === batch?.id &&
      row.status === 'failed' &&
      row.provider_message_id !== null &&
      row.account_id === accountId &&
      textOf(taken, row.order_id)?.status === 'delivered',
  );
}

/** The recipient of a report that says delivered, who stays failed. */
function listUnheard({ now, taken }: DoneStep, index: number) {
  const text = taken[index % Math.max(1, taken.length)];
  return now.rows.filter(
    (row) => row.order_id === text?.orderId && row.status === 'failed' && text.status === 'delivered',
  );
}
