import type { Knex } from 'knex';
import { enqueue } from '../queue/enqueue';
import type { JobPayload } from '../queue/jobs';
import { workspaceOf } from './store/batches';
import type { InboxKey } from './store/webhook-inbox';

/**
 * Every job that the core enqueues, with its key: at most one job of a key waits. Each is enqueued in the
 * transaction of the change that needs it, after the batch's row was written (one order of locks for all). A job
 * that posts in Slack or downloads a file from there needs the token of its workspace, and names the workspace. Keys keep
 * the text of former versions (docs/decisions/08-former-names.md): another one would let two jobs of a kind wait.
 */

/** The batch's list is to be read. */
export async function enqueueImport(trx: Knex, batchId: string): Promise<void> {
  await enqueue(
    trx,
    'import-recipients',
    { batchId },
    { key: `import:${batchId}`, workspace: workspaceOf(trx, batchId) },
  );
}

/** Progress is shown when it is due; without a delay, the review is shown now. */
export async function enqueueReview(trx: Knex, batchId: string, delayMs = 0): Promise<void> {
  const onWaiting = delayMs === 0 ? 'retime' : 'keep_time';
  await enqueue(
    trx,
    'show-review',
    { batchId },
    { key: `review:${batchId}`, delayMs, onWaiting, priority: -1, workspace: workspaceOf(trx, batchId) },
  );
}

/** A lane's next turn always goes behind the lanes of other batches: this is what makes sending fair. */
export async function enqueueLane(trx: Knex, batchId: string, lane: number, delayMs = 0): Promise<void> {
  const options = { key: `submit:${batchId}:${lane}`, delayMs, onWaiting: 'retime' as const };
  await enqueue(trx, 'submit-chunk', { batchId, lane }, options);
}

/** Lanes 0 to `lanes - 1`. */
export async function enqueueLanes(trx: Knex, batchId: string, lanes: number): Promise<void> {
  for (let lane = 0; lane < lanes; lane += 1) await enqueueLane(trx, batchId, lane);
}

/** The next step of tracking. One that waits keeps its time unless `retime` says otherwise. */
export async function enqueuePoll(
  trx: Knex,
  batchId: string,
  delayMs: number,
  onWaiting: 'keep_time' | 'retime' = 'keep_time',
): Promise<void> {
  await enqueue(trx, 'poll-delivery', { batchId }, { key: `poll:${batchId}`, delayMs, onWaiting });
}

const INBOX_JOB = { report: 'record-delivery-reports', inbound: 'record-inbound' } as const;

/**
 * Coalesced like a status message. Webhooks that must be tried again wait under a key of their own (`again`), so
 * that they do not delay new ones.
 */
export async function enqueueInbox(
  trx: Knex,
  { provider, kind }: InboxKey,
  delayMs: number,
  key: 'next' | 'again' = 'next',
): Promise<void> {
  const onWaiting = delayMs === 0 ? 'retime' : 'keep_time';
  const options = { key: `push:${kind}:${provider}:${key}`, delayMs, onWaiting } as const;
  await enqueue(trx, INBOX_JOB[kind], { provider }, options);
}

/** Coalesced: whatever changes within the delay is shown by one edit. Without a delay: now. */
export async function enqueueStatusMessage(trx: Knex, batchId: string, delayMs: number): Promise<void> {
  const onWaiting = delayMs === 0 ? 'retime' : 'keep_time';
  await enqueue(
    trx,
    'refresh-status-message',
    { batchId },
    { key: `message:${batchId}`, delayMs, onWaiting, priority: -1, workspace: workspaceOf(trx, batchId) },
  );
}

/** The completion of a batch is to be announced. */
export async function enqueueAnnouncement(trx: Knex, batchId: string, delayMs = 0): Promise<void> {
  await enqueue(
    trx,
    'announce-completion',
    { batchId },
    { key: `announce:${batchId}`, delayMs, priority: -1, workspace: workspaceOf(trx, batchId) },
  );
}

/** Proof for uncertain submissions is to be looked for. */
export async function enqueueReconcile(trx: Knex, batchId: string, delayMs = 0): Promise<void> {
  await enqueue(trx, 'reconcile', { batchId }, { key: `reconcile:${batchId}`, delayMs });
}

/** The channel is to be told or asked something about the batch. */
export async function enqueueAlert(trx: Knex, batchId: string, delayMs = 0): Promise<void> {
  await enqueue(
    trx,
    'post-alert',
    { batchId },
    { key: `attention:${batchId}`, delayMs, priority: -1, workspace: workspaceOf(trx, batchId) },
  );
}

/** The same export, asked for again while it waits, stays one job. */
export async function enqueueExport(
  trx: Knex,
  wanted: JobPayload<'export-batch'>,
  delayMs = 0,
): Promise<void> {
  const options = {
    key: exportKey(wanted),
    delayMs,
    priority: 1,
    workspace: workspaceOf(trx, wanted.batchId),
  };
  await enqueue(trx, 'export-batch', wanted, options);
}

export const exportKey = ({ batchId, part, userId }: JobPayload<'export-batch'>) =>
  `export:${batchId}:${part}:${userId}`;

/** One at a time for a person: a new request for another range replaces one that still waits. */
export async function enqueueComparison(
  trx: Knex,
  wanted: JobPayload<'compare-with-provider'>,
  delayMs = 0,
): Promise<void> {
  const options = {
    key: `compare:${wanted.userId}`,
    delayMs,
    onWaiting: 'retime',
    priority: 1,
    workspace: wanted.tenantId,
  } as const;
  await enqueue(trx, 'compare-with-provider', wanted, options);
}

const SWEEP_EVERY_MS = 15_000;

/** The sweep enqueues itself again; each process enqueues it by its own steady clock as well (delay 0: now). */
export async function enqueueSweep(trx: Knex, delayMs = SWEEP_EVERY_MS): Promise<void> {
  const onWaiting = delayMs === 0 ? 'retime' : 'keep_time';
  await enqueue(trx, 'sweep', {}, { key: 'sweep', delayMs, onWaiting });
}
