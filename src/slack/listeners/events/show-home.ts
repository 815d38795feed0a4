import { listBatches } from '../../../batches/views/get-batch-summary';
import { mayDo } from '../../../tenants/permissions';
import { appHome } from '../../blocks/app-home';
import { askBalance } from '../../posts/gather-review';
import { SENDING_CHANNEL, type Visit } from '../request';

const LISTED = 10;

/** Publishes the person's App Home as things stand now. */
export async function showHome({ post, tenantId, person, words, reader }: Visit): Promise<void> {
  const account = { tenantId, userId: person.id, channel: SENDING_CHANNEL };
  const [identity, batches, balance] = await Promise.all([
    post.identity(),
    listBatches(post.heart, { tenantId, limit: LISTED }),
    mayDo(person, 'balance') ? askBalance(post, words, account) : null,
  ]);
  const view = appHome(reader, {
    command: post.settings.command,
    maySend: mayDo(person, 'send'),
    balance,
    batches,
    workspaceUrl: identity.workspaceUrl,
  });
  await post.client.views.publish({ user_id: person.slackUserId, view });
}
