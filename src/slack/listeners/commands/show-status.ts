import { recordRefusal } from '../../../batches/authority/record-refusal';
import type { SeenView } from '../../../batches/batch';
import { listBatches } from '../../../batches/views/get-batch-summary';
import { getBatchView } from '../../../batches/views/get-batch-view';
import { Forbidden } from '../../../tenants/actor';
import type { SlackMessage } from '../../blocks/block-kit';
import { inline } from '../../blocks/escape';
import { plainReply } from '../../blocks/messages/replies';
import { statusReply } from '../../blocks/messages/status-reply';
import { toShownBatches } from '../../store/shown-batches';
import type { RequestContext } from '../request-context';

/** The person's own latest batch is searched for among this many recent batches of the workspace. */
const SEARCHED = 50;

/** `/sms status [id]`: shows one batch. Without an id: the person's latest, else the workspace's latest. */
export async function showStatus(request: RequestContext, id: string | undefined): Promise<SlackMessage> {
  const { words, slack, actor } = request;
  const { command } = slack.settings;
  const wanted = id === undefined ? await findLatestId(request) : id.replace(/^#/, '');
  const view = wanted === undefined ? null : await findView(request, wanted);
  const [summary] = view ? await toShownBatches(slack.app, actor, [view.summary]) : [];
  if (view && summary) return statusReply(request.reader, { summary, insights: view.insights });
  return plainReply(
    id === undefined
      ? words.replies.noBatches(command)
      : words.replies.batchNotFound(inline(id, 30), command),
  );
}

/**
 * A draft is answered like a batch that is not there, to everybody: whoever tries one id after another does not learn who has
 * drafts. The try is recorded.
 */
async function findView({ slack, actor }: RequestContext, id: string): Promise<SeenView | null> {
  try {
    return await getBatchView(slack.app, actor, id);
  } catch (error) {
    if (!(error instanceof Forbidden && error.act === 'draft')) throw error;
    await recordRefusal(slack.app, actor, error);
    return null;
  }
}

async function findLatestId({ slack, actor }: RequestContext): Promise<string | undefined> {
  const recent = await listBatches(slack.app, actor, SEARCHED);
  const own = recent.find((batch) => batch.sight === 'all' && batch.sender.userId === actor.userId);
  return (own ?? recent[0])?.id;
}
