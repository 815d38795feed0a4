import type { FailureClass } from '../providers/failure-codes';
import type { Column, Findings, Layout, ReadingChoice, RejectReason } from '../recipients/recipient';
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
   * `too_many_recipients`, `reading_too_long`, `text_too_long`, `stopped_bot`; `account` also where the workspace has none.
   */
  code: string;
  /** The provider's code and words, or what exactly is unreadable. */
  detail: string | null;
}

/** What people are told in a message of its own: a batch that stopped, or a decision that they must make. */
export type Alert = 'paused' | 'failed' | 'stalled' | 'uncertain' | 'unanswered';

/**
 * What somebody may know of a batch. `counts`: how it stands, and nothing of what was sent, to whom, by whom and for how
 * much. `nothing`: for them it is not there.
 */
export type Sight = 'all' | 'counts' | 'nothing';

/** How a batch stands: what those may know of it who may not read it. */
export interface BatchCounts {
  id: string;
  status: BatchStatus;
  /** Grows with every change that people can see. */
  version: number;
  createdAt: Date;
  startedAt: Date | null;
  /** Last contact: when the provider last told tracking anything about this batch. */
  checkedAt: Date | null;
  counts: Counts;
}

/** A batch as somebody sees it who may know something of it. */
export type SeenBatch = WholeBatch | (BatchCounts & { sight: 'counts' });
/** A batch as those see it who may read it. */
export type WholeBatch = BatchSummary & { sight: 'all' };

/** A batch with all that people see who may read it. */
export interface BatchSummary extends BatchCounts {
  tenantId: string;
  /** Of the chosen account, or else of the workspace's default account, when it was made; null where there was none. */
  provider: string | null;
  /** The account of all its recipients, where it was chosen. */
  accountId: string | null;
  reason: BatchReason | null;
  /** 1, and one more each time a person sends again to some of the recipients. */
  round: number;
  /** What people must be told or asked, and the number of that alert. */
  alert: { kind: Alert; number: number } | null;
  /** Grows with every alert, and with every pause: what a *Resume* was drawn for. */
  alertNumber: number;
  /** People were asked what to do about uncertain recipients, and nobody has decided yet. */
  awaitsDecision: boolean;
  /** Why the provider could not be asked about uncertain recipients, by its code or ours; null where it could. */
  unanswered: string | null;
  /** The breaker of the account is open: nothing is sent until one small probe request gets a clear answer. */
  isHeld: boolean;
  content: string;
  senderId: string | null;
  /** `externalId`: who they are at the door through which they came. */
  sender: { userId: string; externalId: string };
  submittedAt: Date | null;
  completedAt: Date | null;
  /** Most frequent first; at most five. */
  topReasons: { reason: string; count: number }[];
  /** Failed recipients by what is known of why. Not read for lists of batches: then all are 0. */
  failures: Record<FailureClass, number>;
}

/** A batch, and what a message or page shows of it beyond its counts. All of one moment. */
export interface BatchView {
  summary: BatchSummary;
  insights: BatchInsights;
}

export interface BatchInsights {
  /** Texts a second at the moment; 0 unless the batch is submitting. */
  pace: number;
  /** Most recipients first; null country: numbers of no single country. */
  countries: { country: string | null; count: number }[];
  /** Charges so far, from the provider's delivery reports. */
  cost: BatchCost;
  /** The estimate that the review showed; null where no review was shown. */
  estimate: SavedEstimate | null;
  /** For a completed batch: texts that the provider accepted, each of which may have a price. Else null. */
  accepted: number | null;
  /** Recipients of whom the provider said first that they got the text, and later that it failed. */
  contradicted: number;
  /** For a completed batch that took at least two seconds: how many outcomes there were after each step. */
  curve: { afterMs: number; delivered: number; failed: number }[];
}

export interface BatchCost {
  /** By currency, the one of most texts first; empty while no price is known. */
  sums: CostSum[];
  /**
   * Texts with a known price. Each send attempt is a text and costs, so this may be more than the batch's recipients
   * where a person has sent again.
   */
  pricedTexts: number;
  /** Segments charged for all of them. */
  segmentsCharged: number;
  /** Texts whose only reported cost cannot be right: it is in no sum. */
  implausible: number;
}

/** What texts cost in one currency. */
export interface CostSum {
  currency: string;
  /** Decimal string. */
  cost: string;
  segments: number;
  /** Texts. */
  messages: number;
}

/** The same for whoever asks: without the insights, where they may know the counts alone. */
export type SeenView =
  | { summary: WholeBatch; insights: BatchInsights }
  | { summary: BatchCounts & { sight: 'counts' }; insights: null };

/** What the provider says now about every open text of a batch. Not stored. */
export interface LiveStatus {
  /** The stored counts with the provider's answer applied. */
  counts: Counts;
  askedAt: Date;
  /** How many texts the provider was asked about, and answered; 0 when all are delivered. */
  asked: number;
  /** How many texts it could not be asked about; their stored status counts. */
  notAsked: number;
  /** For how many of them the provider has no record (yet). */
  notFound: number;
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

/** What will happen when the draft is sent. */
export interface Review {
  batchId: string;
  status: BatchStatus;
  reason: BatchReason | null;
  /** Changes each time the draft is read again. A Send from an outdated review is refused. */
  version: number;
  content: string;
  senderId: string | null;
  /** Numbers on the list: the accepted and the rejected ones. Null until it is read. */
  entries: number | null;
  accepted: number;
  rejected: number;
  /** Most frequent first. */
  rejectGroups: RejectGroup[];
  /** Most frequent first; null country: a number of no single country. */
  countries: { country: string | null; count: number }[];
  /** Bytes of the sources read so far and in all, for the progress bar. */
  progress: { readBytes: number; totalBytes: number; rows: number };
  /** Sources that cannot be read until a person names their phone column. */
  columnQuestions: ColumnQuestion[];
  /** In the order in which they are read. */
  sources: ReviewSource[];
}

export interface ColumnQuestion {
  source: number;
  /** Null for pasted numbers. */
  sourceName: string | null;
  columns: Column[];
  /** Whether every cell of each row may be a number of the list: then `all` is an answer too. */
  mayBeAll: boolean;
}

/** A source of a batch, and how it was read. */
export interface ReviewSource {
  source: number;
  /** Null for pasted numbers. */
  name: string | null;
  choice: ReadingChoice;
  /** Null until it is read. */
  reading: SourceReading | null;
}

export interface SourceReading {
  layout: Layout;
  findings: Findings;
}

/** What a batch was estimated to cost when a person last saw its review. Decimal strings. */
export interface SavedEstimate {
  sums: { currency: string; least: string; median: string; most: string }[];
  /** Recipients without a known price; the sums do not contain them. */
  unpriced: number;
  /** Recipients in all. */
  messages: number;
}

/** Days of a workspace. */
export interface DayRange {
  tenantId: string;
  /** First and last day, both included, as `2026-11-24` in `timeZone`. */
  from: string;
  to: string;
  timeZone: string;
}
