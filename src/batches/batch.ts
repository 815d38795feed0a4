import type { RejectReason } from '../recipients/recipient';
import type { BatchStatus } from './states';

/** How many recipients have each status. They always add up to `total`. */
export interface Counts {
  total: number;
  delivered: number;
  /** Accepted by the provider, no final outcome yet. */
  sending: number;
  failed: number;
  /** No proof yet that these were sent, or no final outcome came within the horizon. */
  unknown: number;
  /** Not yet submitted; includes those in a request that is open now. */
  waiting: number;
  /** Cancelled by a person before they were submitted. */
  cancelled: number;
}

/** Why a batch is paused or failed. The words for a person are in the catalogues of `src/words`. */
export interface BatchReason {
  /**
   * A RejectionFault, or `person`, or why a list cannot be read: `unreadable_file`, `file_unavailable`,
   * `too_many_recipients`.
   */
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
  /** 1, and one more each time a person sends again to some of the recipients. */
  round: number;
  /** People were asked what to do about uncertain recipients, and nobody has decided yet. */
  awaitsDecision: boolean;
  /** The breaker of the account is open: nothing is sent until one small probe request gets a clear answer. */
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
  /** Last contact: when the provider last told tracking anything about this batch. */
  checkedAt: Date | null;
  counts: Counts;
  /** Most frequent first; at most five. */
  topReasons: { reason: string; count: number }[];
}

/** What the provider says now about every open text of a batch. Not stored. */
export interface LiveStatus {
  summary: BatchSummary;
  /** The summary's counts with the provider's answer applied. */
  counts: Counts;
  askedAt: Date;
  /** How many texts were asked about; 0 when all are final. */
  asked: number;
  /** For how many of them the provider has no record (yet). */
  notFound: number;
}

/** A person's command to a batch. */
export interface BatchCommand {
  tenantId: string;
  userId: string;
  batchId: string;
}

/** A rejected row as a person sees it. */
export interface RejectedRowDetail {
  sourceName: string | null;
  line: number;
  reason: RejectReason;
  /** For a duplicate: the file with the first row of this number, where that is another file. */
  elsewhere: string | null;
}

/** The rejected rows of one reason. */
export interface RejectGroup {
  code: RejectReason['code'];
  count: number;
  /** The first few, in the order of the file. */
  examples: RejectedRowDetail[];
}

/** What will happen when the person presses Send. */
export interface Review {
  batchId: string;
  status: BatchStatus;
  reason: BatchReason | null;
  /** Changes each time the draft is read again. A Send from an outdated review is refused. */
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
  /** Bytes of the sources read so far and in all, for the progress bar. */
  progress: { readBytes: number; totalBytes: number; rows: number };
  /** Sources that cannot be read until a person names their phone column. */
  columnQuestions: {
    source: number;
    sourceName: string | null;
    columns: { index: number; name: string | null; samples: string[] }[];
  }[];
}

/** What a batch was estimated to cost when a person last saw its review. Decimal strings. */
export interface SavedEstimate {
  sums: { currency: string; least: string; median: string; most: string }[];
  /** Recipients without a known price; the sums do not contain them. */
  unpriced: number;
  /** Recipients in all. */
  messages: number;
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
  /** Where the status message is posted. */
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
  /** First and last day, both included, as `2026-11-24` in `timeZone`. */
  from: string;
  to: string;
  timeZone: string;
}
