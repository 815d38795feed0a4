import { z } from 'zod';

/**
 * Every kind of job and what it carries. The handlers are in `worker/`; what enqueues is in `batches/`,
 * which lies below them: so the heart can ask for work that it does not know how to run.
 */
const batch = z.object({ batchId: z.string() });
const provider = z.object({ provider: z.string() });

export const JOBS = {
  /** Reads a draft's files and pasted numbers into its recipients. */
  'import-recipients': batch,
  /** Submits chunks of a batch for a turn, then asks for itself again: a lane. */
  'submit-chunk': z.object({ batchId: z.string(), lane: z.number().int() }),
  /** Asks the provider about what is not final in a batch. */
  'poll-delivery': batch,
  /** Applies delivery reports that the provider has pushed, a set at a time. */
  'record-reports': provider,
  /** The same for recipients' replies. */
  'record-inbound': provider,
  /** Looks for proof of what became of uncertain submissions. */
  reconcile: batch,
  /** Brings the batch's message in Slack up to its present state. */
  'refresh-message': batch,
  /** Shows how far reading has come, and then the review, to the person who drafts. */
  'show-review': batch,
  /** Tells the channel, once, that a batch is complete. */
  'announce-completion': batch,
  /** Tells the channel what has stopped a batch, or asks what to do about who stays uncertain. */
  'call-attention': batch,
  /** Makes the CSV of a batch that a person asked for, and brings it to them. */
  'export-batch': z.object({
    tenantId: z.string(),
    batchId: z.string(),
    userId: z.string(),
    part: z.enum(['recipients', 'left_out']),
  }),
  /** Compares a time range of ours with the provider's records, for a person who asked. */
  'compare-with-provider': z.object({
    /** Of this request alone: asked for again, a comparison is another one. */
    id: z.string(),
    askedAt: z.iso.datetime(),
    tenantId: z.string(),
    userId: z.string(),
    provider: z.string(),
    from: z.string(),
    to: z.string(),
    timeZone: z.string(),
  }),
  /** Wakes whatever should move and does not. */
  sweep: z.object({}),
} as const;

export type JobKind = keyof typeof JOBS;
export type JobPayload<K extends JobKind> = z.infer<(typeof JOBS)[K]>;
