import type { AppContext } from '../batches/app-context';
import {
  enqueueAlert,
  enqueueAnnouncement,
  enqueueComparison,
  enqueueExport,
  enqueueReview,
  enqueueStatusMessage,
  enqueueSweep,
} from '../batches/enqueue-jobs';
import { importRecipients } from '../batches/importing/import-recipients';
import { reconcile } from '../batches/reconciling/reconcile';
import { submitChunk } from '../batches/sending/submit-chunk';
import { sweep } from '../batches/sweeping/sweep';
import { pollDelivery } from '../batches/tracking/poll-delivery';
import { recordDeliveryReports } from '../batches/tracking/record-delivery-reports';
import { recordInbound } from '../batches/tracking/record-inbound';
import type { JobHandlers } from '../queue/jobs';
import { freeJobsOfDeadWorkers } from '../queue/repair-jobs';
import { downloadFile } from '../slack/client/download-file';
import type { SlackClients } from '../slack/client/slack-clients';
import { announceCompletion } from '../slack/posts/announce-completion';
import { deliverComparison } from '../slack/posts/deliver-comparison';
import { deliverExport } from '../slack/posts/deliver-export';
import { postAlert } from '../slack/posts/post-alert';
import { showReview } from '../slack/posts/show-review';
import { updateStatusMessage } from '../slack/posts/update-status-message';

/** Each kind of job, and the one verb that does it. */
export function createHandlers(app: AppContext, slack: SlackClients): JobHandlers {
  return {
    'import-recipients': ({ batchId }) => importRecipients(app, batchId, (id) => downloadFile(slack, id)),
    'submit-chunk': ({ batchId, lane }) => submitChunk(app, batchId, lane),
    'poll-delivery': ({ batchId }) => pollDelivery(app, batchId),
    'record-delivery-reports': ({ provider }) => recordDeliveryReports(app, provider),
    'record-inbound': ({ provider }) => recordInbound(app, provider),
    reconcile: ({ batchId }) => reconcile(app, batchId),
    'refresh-status-message': async ({ batchId }) => {
      const { snoozeMs } = await updateStatusMessage(slack, batchId);
      if (snoozeMs !== undefined) await enqueueStatusMessage(app.db, batchId, snoozeMs);
    },
    'show-review': async ({ batchId }) => {
      const { snoozeMs } = await showReview(slack, batchId);
      if (snoozeMs !== undefined) await enqueueReview(app.db, batchId, snoozeMs);
    },
    'announce-completion': async ({ batchId }) => {
      const { snoozeMs } = await announceCompletion(slack, batchId);
      if (snoozeMs !== undefined) await enqueueAnnouncement(app.db, batchId, snoozeMs);
    },
    'post-alert': async ({ batchId }) => {
      const { snoozeMs } = await postAlert(slack, batchId);
      if (snoozeMs !== undefined) await enqueueAlert(app.db, batchId, snoozeMs);
    },
    'export-batch': async (wanted, tryNumber) => {
      const { snoozeMs } = await deliverExport(slack, wanted, tryNumber);
      if (snoozeMs !== undefined) await enqueueExport(app.db, wanted, snoozeMs);
    },
    'compare-with-provider': async (wanted, tryNumber) => {
      const { snoozeMs } = await deliverComparison(slack, wanted, tryNumber);
      if (snoozeMs !== undefined) await enqueueComparison(app.db, wanted, snoozeMs);
    },
    sweep: async () => {
      await freeJobsOfDeadWorkers(app.db);
      await sweep(app);
      await enqueueSweep(app.db);
    },
  };
}
