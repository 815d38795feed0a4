import { listBatches } from '../../../batches/views/get-batch-summary';
import { mayDo } from '../../../tenants/permissions';
import { appHome } from '../../blocks/app-home';
import { getBalanceOrReason } from '../../posts/gather-review';
import { type RequestContext, SENDING_PROVIDER } from '../request-context';

const LISTED = 10;

/** Publishes the person's App Home with the present data. */
export async function showHome({ slack, tenantId, person, words, reader }: RequestContext): Promise<void> {
  const account = { tenantId, userId: person.id, provider: SENDING_PROVIDER };
  const [identity, batches, balance] = await Promise.all([
    slack.identity(),
    listBatches(slack.app, { tenantId, limit: LISTED }),
    mayDo(person, 'balance') ? getBalanceOrReason(slack, words, account) : null,
  ]);
  const view = appHome(reader, {
    command: slack.settings.command,
    maySend: mayDo(person, 'send'),
    balance,
    batches,
    workspaceUrl: identity.workspaceUrl,
  });
  await slack.client.views.publish({ user_id: person.slackUserId, view });
}
