import type { Heart } from '../batches/app-context';
import {
  wakeAnnouncement,
  wakeAttention,
  wakeComparison,
  wakeExport,
  wakeMessage,
  wakeReview,
  wakeSweep,
} from '../batches/enqueue-jobs';
import { importRecipients } from '../batches/importing/import-recipients';
import { reconcile } from '../batches/reconciling/reconcile';
import { submitChunk } from '../batches/sending/submit-chunk';
import { sweep } from '../batches/sweeping/sweep';
import { pollDelivery } from '../batches/tracking/poll-delivery';
import { recordReports } from '../batches/tracking/record-delivery-reports';
import { recordInbound } from '../batches/tracking/record-inbound';
import { freeJobsOfTheDead, type JobHandlers } from '../queue/queue';
import { openSlackFile } from '../slack/client/download-file';
import type { SlackPost } from '../slack/client/slack-clients';
import { announceCompletion } from '../slack/posts/announce-completion';
import { bringComparison } from '../slack/posts/deliver-comparison';
import { exportBatch } from '../slack/posts/deliver-export';
import { callAttention } from '../slack/posts/post-alert';
import { showReview } from '../slack/posts/show-review';
import { showBatchMessage } from '../slack/posts/update-status-message';

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
