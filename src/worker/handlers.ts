import type { AppContext } from '../batches/app-context';
import { importRecipients } from '../batches/importing/import-recipients';
import { runLongRequest } from '../batches/long-requests/run-long-request';
import { reconcile } from '../batches/reconciling/reconcile';
import { submitChunk } from '../batches/sending/submit-chunk';
import { pollDelivery } from '../batches/tracking/poll-delivery';
import { recheckOutcomes } from '../batches/tracking/recheck-outcomes';
import { recordDeliveryReports } from '../batches/tracking/record-delivery-reports';
import { recordInbound } from '../batches/tracking/record-inbound';
import { makeToFetch } from '../exports/make-export';
import { DONE, type JobResult, snooze } from '../queue/job-result';
import type { JobHandlers } from '../queue/jobs';
import type { SlackClients } from '../slack/client/slack-clients';
import { NotInstalled, type Workspaces } from '../slack/client/workspaces';
import { announceCompletion } from '../slack/posts/announce-completion';
import { deliverComparison } from '../slack/posts/deliver-comparison';
import { deliverExport } from '../slack/posts/deliver-export';
import { postAlert } from '../slack/posts/post-alert';
import { showReview } from '../slack/posts/show-review';
import { tellPutAside } from '../slack/posts/tell-put-aside';
import { updateStatusMessage } from '../slack/posts/update-status-message';
import { findSlackBatch } from '../slack/store/slack-batches.sql';
import { sweepAll } from './sweep-all';

const NOT_INSTALLED_SNOOZE_MS = 60_000;

/**
 * Each kind of job, and the one verb that does it. A job that reads files or tells people does it with the clients of its
 * workspace.
 */
export function createHandlers(app: AppContext, { clientsFor }: Workspaces): JobHandlers {
  const inWorkspace = (tenantId: string, tell: (slack: SlackClients) => Promise<JobResult>) =>
    waitForInstall(clientsFor(tenantId).then(tell));

  /** A batch that came through another door has no place in Slack, and its workspace may have no bot there. */
  const inSlack =
    (tell: (slack: SlackClients, batchId: string) => Promise<JobResult>) =>
    async ({ tenantId, batchId }: { tenantId: string; batchId: string }): Promise<JobResult> =>
      (await findSlackBatch(app.db, batchId)) ? inWorkspace(tenantId, (slack) => tell(slack, batchId)) : DONE;

  return {
    'import-recipients': ({ batchId }) => waitForInstall(importRecipients(app, batchId)),
    'submit-chunk': (lane) => submitChunk(app, lane),
    'poll-delivery': (key) => pollDelivery(app, key),
    'recheck-outcomes': (key) => recheckOutcomes(app, key),
    'record-delivery-reports': ({ provider }) => recordDeliveryReports(app, provider),
    'record-inbound': ({ provider }) => recordInbound(app, provider),
    reconcile: (key) => reconcile(app, key),
    'refresh-status-message': inSlack(updateStatusMessage),
    'show-review': inSlack(showReview),
    'announce-completion': inSlack(announceCompletion),
    'post-alert': inSlack(postAlert),
    // Without a place in Slack, the files stay for the door that asked.
    'export-batch': (wanted, tryNumber) =>
      runLongRequest(app, wanted.id, async (run) =>
        (await findSlackBatch(app.db, wanted.batchId))
          ? inWorkspace(wanted.tenantId, (slack) => deliverExport(slack, wanted, tryNumber, { run }))
          : makeToFetch(app, wanted, run.stop).then(() => DONE),
      ),
    'compare-with-provider': (wanted, tryNumber) =>
      runLongRequest(app, wanted.id, (run) =>
        inWorkspace(wanted.tenantId, (slack) => deliverComparison(slack, wanted, tryNumber, run)),
      ),
    'tell-put-aside': ({ tenantId, deadJobId }) =>
      inWorkspace(tenantId, (slack) => tellPutAside(slack, deadJobId)),
    sweep: () => sweepAll(app),
  };
}

/** Where the bot is not installed, the job waits: an update may have come to this process before that workspace's. */
async function waitForInstall(work: Promise<JobResult>): Promise<JobResult> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NotInstalled) return snooze(NOT_INSTALLED_SNOOZE_MS);
    throw error;
  }
}
