import { z } from 'zod';
import type { JobResult } from './job-result';

/**
 * Every kind of job and what it carries. The handlers are in `worker/`. What enqueues is in `batches/`, which is
 * below them, so that the core can ask for work without knowing how it is done. A kind that gets another name, or
 * carries something else, gets an entry in `former-jobs.ts`: jobs of the version before may still wait.
 */
const batch = z.object({ tenantId: z.string(), batchId: z.string() });
const batchAtAccount = batch.extend({ accountId: z.string() });
const provider = z.object({ provider: z.string() });

export const JOBS = {
  /** Reads a draft's files and pasted numbers into its recipients. */
  'import-recipients': batch,
  /** Submits chunks of a batch for one turn of a lane, then enqueues the lane's next turn. */
  'submit-chunk': batchAtAccount.extend({ lane: z.number().int() }),
  /** Asks a provider about the texts of a batch that have no final outcome yet. */
  'poll-delivery': batchAtAccount,
  /** Asks a provider once more about the texts of a batch that failed, and those that stayed unknown when it completed. */
  'recheck-outcomes': batchAtAccount,
  /** Applies delivery reports from the webhook inbox, a set at a time. */
  'record-delivery-reports': provider,
  /** The same for texts that recipients sent back. */
  'record-inbound': provider,
  /** Looks for proof of the outcome of uncertain submissions. */
  reconcile: batchAtAccount,
  /** Brings the batch's status message in Slack up to date. */
  'refresh-status-message': batch,
  /** Shows the progress of the reading, and then the review, to the person who drafts. */
  'show-review': batch,
  /** Tells the channel, once, that a batch is complete. */
  'announce-completion': batch,
  /** Tells the channel what stopped a batch, or asks what to do about recipients that stay uncertain. */
  'post-alert': batch,
  /**
   * Makes the CSV of a batch for the person who asked for it. If the batch has a place in Slack, it is shared there.
   */
  'export-batch': z.object({
    /** Of this request alone: whoever asks again gets another file. */
    id: z.string(),
    tenantId: z.string(),
    batchId: z.string(),
    userId: z.string(),
    part: z.enum(['recipients', 'left_out']),
  }),
  /** Compares our records of a time range with the provider's, for the person who asked. */
  'compare-with-provider': z.object({
    /** Of this request alone: a person who asks again gets another comparison. */
    id: z.string(),
    askedAt: z.iso.datetime(),
    tenantId: z.string(),
    userId: z.string(),
    provider: z.string(),
    from: z.string(),
    to: z.string(),
    timeZone: z.string(),
  }),
  /** Tells the person who asked for a job that it was put aside, because the process has died of it. */
  'tell-put-aside': z.object({ tenantId: z.string(), deadJobId: z.string() }),
  /** Enqueues again what should be under way and is not. */
  sweep: z.object({}),
} as const;

export type JobKind = keyof typeof JOBS;
export type JobPayload<K extends JobKind> = z.infer<(typeof JOBS)[K]>;

/** `tryNumber`: 1, and one more each time the same job has failed. */
export type JobHandlers = {
  [K in JobKind]: (payload: JobPayload<K>, tryNumber: number) => Promise<JobResult>;
};
