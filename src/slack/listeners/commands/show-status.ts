import { listBatches } from '../../../batches/views/get-batch-summary';
import { getBatchView } from '../../../batches/views/get-batch-view';
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
  const view = wanted === undefined ? null : await getBatchView(slack.app, actor, wanted);
  const [summary] = view ? await toShownBatches(slack.app, actor, [view.summary]) : [];
  if (view && summary) return statusReply(request.reader, { summary, insights: view.insights });
  return plainReply(
    id === undefined
      ? words.replies.noBatches(command)
      : words.replies.batchNotFound(inline(id, 30), command),
  );
}

async function findLatestId({ slack, actor }: RequestContext): Promise<string | undefined> {
  const recent = await listBatches(slack.app, actor, SEARCHED);
  const own = recent.find((batch) => batch.sight === 'all' && batch.sender.userId === actor.userId);
  return (own ?? recent[0])?.id;
}
