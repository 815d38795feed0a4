import type { RejectReason } from '../recipients/recipient';
import type { BatchStatus, RecipientStatus, SubmissionOutcome } from './states';

/** How many recipients stand where. They always add up to `total`. */
export interface Counts {
  total: number;
  delivered: number;
  /** Accepted by the provider, outcome open. */
  sending: number;
  failed: number;
  /** Nobody can prove yet whether these went out, or how they ended. */
  unknown: number;
  /** Never left our hands (those in a request at this moment included). */
  waiting: number;
  /** Called back by a person before they were submitted. */
  cancelled: number;
}

/** Why a batch is paused or failed. The words for a person are in the catalogue of `slack/words`. */
export interface BatchReason {
  /** A RejectionFault, `person`, or why a list could not be read: `unreadable_file`, `file_unavailable`, `too_many_recipients`. */
  code: string;
  /** The provider's code (`-10`) and words, or what exactly is unreadable. */
  detail: string | null;
}

/** A batch as people see it. */
export interface BatchSummary {
  id: string;
  tenantId: string;
  provider: string;
  status: BatchStatus;
  reason: BatchReason | null;
  /** 1, and one more each time a person has sent again to some of it. */
  round: number;
  /** People are asked what to do about who stays uncertain, and nobody has said so yet. */
  awaitsDecision: boolean;
  /** The breaker of its account is open: nothing is sent until one small request has asked the way. */
  isHeld: boolean;
  content: string;
  senderId: string | null;
  sender: { userId: string; slackUserId: string };
  slackChannelId: string;
  slackMessageTs: string | null;
  createdAt: Date;
  startedAt: Date | null;
  submittedAt: Date | null;
  completedAt: Date | null;
  /** When tracking last heard from the provider about this batch. */
  checkedAt: Date | null;
  counts: Counts;
  /** Most frequent first; at most five. */
  topReasons: { reason: string; count: number }[];
}

/** A question to the provider about every open message of a batch, answered now and not stored. */
export interface LiveStatus {
  summary: BatchSummary;
  /** The summary's counts as the provider tells them at this moment. */
  counts: Counts;
  askedAt: Date;
  /** How many messages were asked about; 0 when all are final. */
  asked: number;
  /** How many of them the provider has no record of (yet). */
  notFound: number;
}

export interface RejectedRow {
  sourceName: string | null;
  line: number;
  reason: RejectReason;
  /** The file of the row that a duplicate repeats, where that is another file. */
  elsewhere: string | null;
}

export interface RejectGroup {
  code: RejectReason['code'];
  count: number;
  /** The first few, in the order of the file. */
  examples: RejectedRow[];
}

/** What will happen if the person presses Send. */
export interface Review {
  batchId: string;
  status: BatchStatus;
  reason: BatchReason | null;
  /** Changes whenever the draft is read anew: a Send from an outdated review is refused. */
  version: number;
  content: string;
  senderId: string | null;
  slackChannelId: string;
  accepted: number;
  rejected: number;
  /** Most frequent first. */
  rejectGroups: RejectGroup[];
  /** Most frequent first; null country: a number of no single country. */
  countries: { country: string | null; count: number }[];
  /** Bytes of the sources read so far and in all: the bar while reading. */
  progress: { readBytes: number; totalBytes: number; rows: number };
  /** Sources whose phone column a person must name before they can be read. */
  columnQuestions: {
    source: number;
    sourceName: string | null;
    columns: { index: number; name: string | null; samples: string[] }[];
  }[];
}

/** One recipient in the details, number masked by whoever shows it. */
export interface RecipientDetail {
  recipientNumber: string;
  line: number;
  sourceName: string | null;
  status: RecipientStatus;
  failureReason: string | null;
  updatedAt: Date;
}

/** Which of a batch's recipients are looked at; `left_out`: the rows of the list that became none. */
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

/** One attempt to reach a recipient, from our own tables. */
export interface SendAttempt {
  attempt: number;
  orderId: string;
  messageId: string | null;
  /** The request that carried it; null until one is answered. */
  submission: { id: string; startedAt: Date; finishedAt: Date | null; outcome: SubmissionOutcome } | null;
  status: RecipientStatus;
  reason: string | null;
  changedAt: Date;
  /** Who told the outcome; null while there is none. */
  settledBy: 'answer' | 'poll' | 'push' | 'reconcile' | null;
  /** `sum` is a decimal string; `segments` 0 where the provider did not say. Null: no price is known. */
  cost: { sum: string; currency: string; segments: number } | null;
}

export interface BatchDetails {
  summary: BatchSummary;
  /** All failure reasons with counts, most frequent first, at most 50. */
  reasons: { reason: string; count: number }[];
  filter: DetailFilter;
  /** What was searched for, as it was typed; empty: everybody. */
  search: string;
  recipients: RecipientDetail[];
  /** With the filter `left_out`, in place of recipients. */
  leftOut: RejectGroup['examples'];
  /** Every attempt at the one recipient that a search has found, latest first; else null. */
  history: SendAttempt[] | null;
  page: number;
  pages: number;
}

export interface Draft {
  tenantId: string;
  userId: string;
  provider: string;
  /** One modal is one batch: a second draft with the same key is the first one. */
  submitKey: string;
  content: string;
  senderId: string | null;
  defaultCountry: string | null;
  /** Where the report goes. */
  slackChannelId: string;
  /** The modal that waits for the review. */
  slackViewId: string | null;
  sources: DraftSource[];
}

export type DraftSource =
  | { kind: 'file'; slackFileId: string; name: string; sizeBytes: number }
  | { kind: 'pasted'; text: string };

/** Days of a workspace. */
export interface DayRange {
  tenantId: string;
  /** First and last day, `2026-11-24`, both included, on the clock of `timeZone`. */
  from: string;
  to: string;
  timeZone: string;
}
