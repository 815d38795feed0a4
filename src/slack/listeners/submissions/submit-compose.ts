import type { ViewOutput } from '@slack/bolt';
import { createBatch } from '../../../batches/importing/create-batch';
import { BLOCKS } from '../../blocks/ids';
import type { ComposeKey } from '../../blocks/modals/compose';
import { importProgressModal } from '../../blocks/modals/import-progress';
import type { FormReply } from '../bolt-listeners';
import { type RequestContext, refusal, SENDING_PROVIDER } from '../request-context';
import { readCompose } from './read-compose';

/**
 * Stores the draft and shows that its list is being read. Downloads nothing before Slack has its
 * acknowledgement.
 */
export async function submitCompose(request: RequestContext, view: ViewOutput): Promise<FormReply> {
  const { slack, tenantId, person, words } = request;
  const refused = refusal(request, 'send');
  if (refused) return { ack: { response_action: 'errors', errors: { [BLOCKS.text]: refused.text } } };
  const form = readCompose(view.state.values, words);
  if (form.kind === 'errors') return { ack: { response_action: 'errors', errors: form.errors } };
  const { submitKey } = JSON.parse(view.private_metadata) as ComposeKey;
  await createBatch(slack.app, {
    ...form.draft,
    tenantId,
    userId: person.id,
    provider: SENDING_PROVIDER,
    submitKey,
    slackViewId: view.id,
  });
  return { ack: { response_action: 'update', view: importProgressModal(words, null) } };
}
