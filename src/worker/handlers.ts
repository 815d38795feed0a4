import type { Heart } from '../batches/heart';
import { importRecipients } from '../batches/import-recipients';
import { pollDelivery } from '../batches/poll-delivery';
import { reconcile } from '../batches/reconcile';
import { recordInbound } from '../batches/record-inbound';
import { recordReports } from '../batches/record-reports';
import { submitChunk } from '../batches/submit-chunk';
import { sweep } from '../batches/sweep';
import {
  wakeAnnouncement,
  wakeAttention,
  wakeComparison,
  wakeExport,
  wakeMessage,
  wakeReview,
  wakeSweep,
} from '../batches/wake';
import { freeJobsOfTheDead, type JobHandlers } from '../queue/queue';
import { announceCompletion } from '../slack/announce-completion';
import { callAttention } from '../slack/call-attention';
import { bringComparison } from '../slack/compare-with-provider';
import { exportBatch } from '../slack/export-batch';
import { openSlackFile } from '../slack/files';
import { showBatchMessage } from '../slack/show-batch-message';
import { showReview } from '../slack/show-review';
import type { SlackPost } from '../slack/slack-post';

/** Each kind of job, and the one verb that does it. */
export function createHandlers(heart: Heart, post: SlackPost): JobHandlers {
  return {
    'import-recipients': ({ batchId }) => importRecipients(heart, batchId, (id) => openSlackFile(post, id)),
    'submit-chunk': ({ batchId, lane }) => submitChunk(heart, batchId, lane),
    'poll-delivery': ({ batchId }) => pollDelivery(heart, batchId),
    'record-reports': ({ channel }) => recordReports(heart, channel),
    'record-inbound': ({ channel }) => recordInbound(heart, channel),
    reconcile: ({ batchId }) => reconcile(heart, batchId),
    'refresh-message': async ({ batchId }) => {
      const { againInMs } = await showBatchMessage(post, batchId);
      if (againInMs !== undefined) await wakeMessage(heart.db, batchId, againInMs);
    },
    'show-review': async ({ batchId }) => {
      const { againInMs } = await showReview(post, batchId);
      if (againInMs !== undefined) await wakeReview(heart.db, batchId, againInMs);
    },
    'announce-completion': async ({ batchId }) => {
      const { againInMs } = await announceCompletion(post, batchId);
      if (againInMs !== undefined) await wakeAnnouncement(heart.db, batchId, againInMs);
    },
    'call-attention': async ({ batchId }) => {
      const { againInMs } = await callAttention(post, batchId);
      if (againInMs !== undefined) await wakeAttention(heart.db, batchId, againInMs);
    },
    'export-batch': async (wanted, attempt) => {
      const { againInMs } = await exportBatch(post, wanted, attempt);
      if (againInMs !== undefined) await wakeExport(heart.db, wanted, againInMs);
    },
    'compare-with-provider': async (wanted, attempt) => {
      const { againInMs } = await bringComparison(post, wanted, attempt);
      if (againInMs !== undefined) await wakeComparison(heart.db, wanted, againInMs);
    },
    sweep: async () => {
      await freeJobsOfTheDead(heart.db);
      await sweep(heart);
      await wakeSweep(heart.db);
    },
  };
}
