/**
 * What a batch, a recipient and a submission may be, and what may follow what; drawn in docs/ARCHITECTURE.md. Pure.
 * The batch's UPDATEs name in their `where` what is said here, the set-based SQL on recipients and submissions
 * repeats it, and the migration's CHECKs know the names. Nothing makes a `draft` or a `scheduled` batch yet.
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

/** `pending`: started, and nothing accepted yet; one request alone asks the way, the lanes open when it is accepted. */
const BATCH_TRANSITIONS: Record<BatchStatus, readonly BatchStatus[]> = {
  draft: ['importing', 'cancelled'],
  importing: ['ready', 'failed', 'cancelled'],
  ready: ['scheduled', 'pending', 'cancelled'],
  scheduled: ['pending', 'ready', 'cancelled'],
  pending: ['submitting', 'submitted', 'paused', 'cancelled', 'failed'],
  submitting: ['submitted', 'paused', 'cancelled', 'failed'],
  paused: ['pending', 'submitted', 'cancelled', 'failed'],
  submitted: ['completed', 'pending'],
  completed: ['pending'],
  cancelled: [],
  failed: [],
};

/** Being submitted. */
export const RUNNING: readonly BatchStatus[] = ['pending', 'submitting'];

/** Started, and somebody may still wait whom a cancel calls back. */
export const CANCELLABLE: readonly BatchStatus[] = ['scheduled', ...RUNNING, 'paused'];

/**
 * `submitting` is not a row's status: it is written once, on the submission that carries the row's chunk
 * (`in_flight`), not a thousand times on its rows. A `pending` row in such a chunk is being submitted.
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
  // Only a person's word brings them back: a new attempt, the former one kept in the history.
  failed: ['pending'],
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
  waiting: ['in_flight'],
  in_flight: ['accepted', 'rejected', 'unknown', 'reconciled'],
  unknown: ['accepted', 'rejected', 'reconciled'],
  accepted: [],
  rejected: [],
  reconciled: [],
};

/** Whether a batch may go from one status to another. */
export function batchMay(from: BatchStatus, to: BatchStatus): boolean {
  return BATCH_TRANSITIONS[from].includes(to);
}

/** The statuses from which a batch may become `to`: what an UPDATE names in its `where`. */
export function batchStatusesBefore(to: BatchStatus): BatchStatus[] {
  return BATCH_STATUSES.filter((from) => batchMay(from, to));
}

/** Whether a recipient may go from one status to another. */
export function recipientMay(from: RecipientStatus, to: RecipientStatus): boolean {
  return RECIPIENT_TRANSITIONS[from].includes(to);
}

/** Whether a submission may go from one outcome to another. */
export function submissionMay(from: SubmissionOutcome, to: SubmissionOutcome): boolean {
  return SUBMISSION_TRANSITIONS[from].includes(to);
}
