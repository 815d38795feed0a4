/**
 * The states of a batch, a recipient and a submission, and their transitions, as drawn in docs/ARCHITECTURE.md. Pure.
 * UPDATEs of a batch take the former statuses from here. The set-based SQL on recipients and submissions repeats the
 * transitions, and the CHECKs of the migrations repeat the names. Nothing makes a `draft` or `scheduled` batch yet.
 */

export const BATCH_STATUSES = [
  'draft',
  'importing',
  'ready',
  'scheduled',
  'pending',
  'submitting',
  'submitted',
  'completed',
  'paused',
  'cancelled',
  'failed',
] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

/** `pending`: started, nothing accepted yet. One request is sent alone; the lanes open when it is accepted. */
const BATCH_TRANSITIONS: Record<BatchStatus, readonly BatchStatus[]> = {
  draft: ['importing', 'cancelled'],
  importing: ['ready', 'failed', 'cancelled'],
  ready: ['importing', 'scheduled', 'pending', 'cancelled'],
  scheduled: ['pending', 'ready', 'cancelled'],
  pending: ['submitting', 'submitted', 'paused', 'cancelled', 'failed'],
  submitting: ['submitted', 'paused', 'cancelled', 'failed'],
  paused: ['pending', 'submitted', 'cancelled', 'failed'],
  submitted: ['completed', 'pending'],
  completed: ['pending'],
  cancelled: [],
  failed: [],
};

/** Batches that submit. */
export const RUNNING: readonly BatchStatus[] = ['pending', 'submitting'];

/** Started batches in which a recipient may still wait, so that a cancel has an effect. */
export const CANCELLABLE: readonly BatchStatus[] = ['scheduled', ...RUNNING, 'paused'];

/**
 * There is no status `submitting`: it is written once, on the submission that carries the chunk (`in_flight`), and
 * not on its thousand rows. A `pending` row in such a chunk is being submitted.
 */
export const RECIPIENT_STATUSES = [
  'pending',
  'sending',
  'delivered',
  'failed',
  'unknown',
  'cancelled',
] as const;
export type RecipientStatus = (typeof RECIPIENT_STATUSES)[number];

const RECIPIENT_TRANSITIONS: Record<RecipientStatus, readonly RecipientStatus[]> = {
  pending: ['sending', 'delivered', 'failed', 'unknown', 'cancelled'],
  sending: ['delivered', 'failed', 'unknown'],
  unknown: ['sending', 'delivered', 'failed', 'pending'],
  delivered: [],
  // A person brings them back: a new send attempt. A provider that later says delivered corrects itself. What was before is
  // kept in the history both times.
  failed: ['pending', 'delivered'],
  cancelled: [],
};

export const SUBMISSION_OUTCOMES = [
  'waiting',
  'in_flight',
  'accepted',
  'rejected',
  'unknown',
  'reconciled',
] as const;
export type SubmissionOutcome = (typeof SUBMISSION_OUTCOMES)[number];

const SUBMISSION_TRANSITIONS: Record<SubmissionOutcome, readonly SubmissionOutcome[]> = {
  waiting: ['in_flight', 'rejected'],
  in_flight: ['accepted', 'rejected', 'unknown', 'reconciled'],
  unknown: ['accepted', 'rejected', 'reconciled'],
  accepted: [],
  rejected: [],
  reconciled: [],
};

/** Whether a batch may change from one status to the other. */
export function batchMay(from: BatchStatus, to: BatchStatus): boolean {
  return BATCH_TRANSITIONS[from].includes(to);
}

/** The statuses from which a batch may become `to`, for the `where` of an UPDATE. */
export function batchStatusesBefore(to: BatchStatus): BatchStatus[] {
  return BATCH_STATUSES.filter((from) => batchMay(from, to));
}

/** Whether a recipient may change from one status to the other. */
export function recipientMay(from: RecipientStatus, to: RecipientStatus): boolean {
  return RECIPIENT_TRANSITIONS[from].includes(to);
}

/** Whether a submission may change from one outcome to the other. */
export function submissionMay(from: SubmissionOutcome, to: SubmissionOutcome): boolean {
  return SUBMISSION_TRANSITIONS[from].includes(to);
}
