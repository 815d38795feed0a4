import type { Knex } from 'knex';
import { enqueue } from '../queue/enqueue';
import type { JobPayload } from '../queue/jobs';
import type { InboxKey } from './store/webhook-inbox';

/**
 * Every job that the core enqueues, with its key: at most one job of a key waits. Each is enqueued in the transaction
 * of the change that needs it, after the batch's row was written (one order of locks for all). A job of a batch carries
 * the id of its workspace. Keys keep the text of former versions (docs/decisions/08-former-names.md): another one would
 * let two jobs of a kind wait.
 */

/** The batch's list is to be read. */
export async function enqueueImport(trx: Knex, batchId: string): Promise<void> {
  await enqueue(trx, 'import-recipients', { batchId }, { key: `import:${batchId}`, tenantOf: batchId });
}

/** Progress is shown when it is due; without a delay, the review is shown now. */
export async function enqueueReview(trx: Knex, batchId: string, delayMs = 0): Promise<void> {
  await tell(
    trx,
    'show-review',
    `review:${batchId}`,
    batchId,
    delayMs,
    delayMs === 0 ? 'retime' : 'keep_time',
  );
}

/** A lane's next turn always goes behind the lanes of other batches: this is what makes sending fair. */
export async function enqueueLane(
  trx: Knex,
  batchId: string,
  accountId: string,
  lane: number,
): Promise<void> {
  const key = `submit:${batchId}:${accountId}:${lane}`;
  const options = { key, onWaiting: 'retime', tenantOf: batchId } as const;
  await enqueue(trx, 'submit-chunk', { batchId, accountId, lane }, options);
}

/** Lanes 0 to `lanes - 1`. */
export async function enqueueLanes(
  trx: Knex,
  batchId: string,
  accountId: string,
  lanes: number,
): Promise<void> {
  for (let lane = 0; lane < lanes; lane += 1) await enqueueLane(trx, batchId, accountId, lane);
}

/** The next step of tracking at one account. One that waits keeps its time. */
export async function enqueuePoll(
  trx: Knex,
  batchId: string,
  accountId: string,
  delayMs: number,
): Promise<void> {
  await enqueue(
    trx,
    'poll-delivery',
    { batchId, accountId },
    { key: `poll:${batchId}:${accountId}`, delayMs, tenantOf: batchId },
  );
}

/** A provider has said other than our tables of texts that no poll asks about. */
export async function enqueueRecheck(trx: Knex, batchId: string, accountId: string): Promise<void> {
  const options = { key: `recheck:${batchId}:${accountId}`, tenantOf: batchId };
  await enqueue(trx, 'recheck-outcomes', { batchId, accountId }, options);
}

const INBOX_JOB = { report: 'record-delivery-reports', inbound: 'record-inbound' } as const;

/**
 * Coalesced like a status message. Webhooks that must be tried again wait under a key of their own (`again`), so that
 * they do not delay new ones.
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
  await tell(trx, 'refresh-status-message', `message:${batchId}`, batchId, delayMs, onWaiting);
}

/** The completion of a batch is to be announced. */
export async function enqueueAnnouncement(trx: Knex, batchId: string): Promise<void> {
  await tell(trx, 'announce-completion', `announce:${batchId}`, batchId, 0, 'keep_time');
}

/** People are to be told or asked something about the batch. */
export async function enqueueAlert(trx: Knex, batchId: string): Promise<void> {
  await tell(trx, 'post-alert', `attention:${batchId}`, batchId, 0, 'keep_time');
}

/** People are told in jobs of their own, before other jobs. */
async function tell(
  trx: Knex,
  kind: 'show-review' | 'refresh-status-message' | 'announce-completion' | 'post-alert',
  key: string,
  batchId: string,
  delayMs: number,
  onWaiting: 'keep_time' | 'retime',
): Promise<void> {
  await enqueue(trx, kind, { batchId }, { key, delayMs, onWaiting, priority: -1, tenantOf: batchId });
}

/** Proof for an account's uncertain submissions is to be looked for. */
export async function enqueueReconcile(
  trx: Knex,
  batchId: string,
  accountId: string,
  delayMs = 0,
): Promise<void> {
  const key = `reconcile:${batchId}:${accountId}`;
  await enqueue(trx, 'reconcile', { batchId, accountId }, { key, delayMs, tenantOf: batchId });
}

/** A file is to be made. The caller sees to it that the same is asked for once (`openLongRequest`). */
export async function enqueueExport(trx: Knex, wanted: JobPayload<'export-batch'>): Promise<void> {
  const key = `export:${wanted.batchId}:${wanted.part}:${wanted.userId}`;
  await enqueue(trx, 'export-batch', wanted, { key, onWaiting: 'retime', priority: 1 });
}

/** The same for a comparison. */
export async function enqueueComparison(
  trx: Knex,
  wanted: JobPayload<'compare-with-provider'>,
): Promise<void> {
  await enqueue(trx, 'compare-with-provider', wanted, { key: `compare:${wanted.id}`, priority: 1 });
}

/** A sweep now, whatever time the next one waits for. */
export async function enqueueSweep(trx: Knex): Promise<void> {
  await enqueue(trx, 'sweep', {}, { key: 'sweep', onWaiting: 'retime' });
}
