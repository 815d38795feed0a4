import type { BatchSummary, RejectedRowDetail } from '../batch';
import type { RecipientStatus, SubmissionOutcome } from '../states';

/** Which rows the details show. `left_out`: the rejected rows of the list, instead of recipients. */
export const DETAIL_FILTERS = [
  'all',
  'delivered',
  'failed',
  'sending',
  'unknown',
  'pending',
  'cancelled',
  'left_out',
] as const;
export type DetailFilter = (typeof DETAIL_FILTERS)[number];

/** One page of a batch's recipients or rejected rows, with all failure reasons. */
export interface BatchDetails {
  summary: BatchSummary;
  /** Most frequent first, at most 50. */
  reasons: { reason: string; count: number }[];
  /** Texts whose only reported cost cannot be right. */
  implausibleCosts: number;
  filter: DetailFilter;
  /** The search as it was typed; empty: everybody. */
  search: string;
  recipients: RecipientDetail[];
  /** With the filter `left_out`, in place of recipients. */
  rejectedRows: RejectedRowDetail[];
  /** Where a search found one recipient: every send attempt, latest first. Else null. */
  history: SendAttempt[] | null;
  /** The search has looked at so many of the first rows alone, and there are more. Null: at all. */
  searchedFirst: number | null;
  page: number;
  pages: number;
}

/** One recipient. The number is whole here: the code that shows it masks it. */
export interface RecipientDetail {
  recipientNumber: string;
  line: number;
  sourceName: string | null;
  status: RecipientStatus;
  failureReason: string | null;
  updatedAt: Date;
}

/** One attempt to reach a recipient, from our own tables. */
export interface SendAttempt {
  attempt: number;
  orderId: string;
  messageId: string | null;
  /** The request that carried it; null until one has been answered. */
  submission: { id: string; startedAt: Date; finishedAt: Date | null; outcome: SubmissionOutcome } | null;
  status: RecipientStatus;
  reason: string | null;
  changedAt: Date;
  /** Other outcomes that the provider has told of this attempt, oldest first. */
  otherOutcomes: OtherOutcome[];
  /** Where the outcome came from; null while there is none. */
  settledBy: 'answer' | 'poll' | 'push' | 'reconcile' | null;
  /** `sum` is a decimal string; `segments` is 0 where the provider did not say. Null: no price is known. */
  cost: { sum: string; currency: string; segments: number } | null;
  /** The provider has reported a cost that cannot be right, and no other. */
  isCostImplausible: boolean;
}

/** An outcome that was corrected by a later one, or that contradicts one which stays. */
export interface OtherOutcome {
  kind: 'corrected' | 'contradicts';
  status: 'delivered' | 'failed';
  reason: string | null;
  at: Date;
  source: SendAttempt['settledBy'];
}
