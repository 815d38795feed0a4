import { listBatches } from '../../../batches/views/get-batch-summary';
import { Forbidden, mayDo } from '../../../tenants/actor';
import { appHome } from '../../blocks/app-home';
import { getBalanceOrReason } from '../../posts/gather-review';
import { toShownBatches } from '../../store/shown-batches';
import type { RequestContext } from '../request-context';

const LISTED = 10;

/** Publishes the person's App Home with the present data. */
export async function showHome({ slack, person, actor, words, reader }: RequestContext): Promise<void> {
  const [batches, balance] = await Promise.all([
    listBatches(slack.app, actor, LISTED),
    getBalanceOrReason(slack, words, actor, { userId: actor.userId, accountId: null }).catch(nullIfForbidden),
  ]);
  const view = appHome(reader, {
    command: slack.settings.command,
    // createBatch decides. It is asked before, so that the button is not offered in vain.
    maySend: mayDo(actor, 'send'),
    balance,
    batches: await toShownBatches(slack.app, actor, batches),
    workspaceUrl: slack.workspace.workspaceUrl,
  });
  await slack.client.views.publish({ user_id: person.slackUserId, view });
}

function nullIfForbidden(error: unknown): null {
  if (error instanceof Forbidden) return null;
  throw error;
}
