import { requestComparison } from '../../../batches/reconciling/compare-records';
import type { SlackMessage } from '../../blocks/block-kit';
import { plainReply } from '../../blocks/messages/replies';
import { readComparedRange } from '../../blocks/messages/usage-report';
import type { Click } from '../bolt-listeners';
import { type RequestContext, refusal, SENDING_PROVIDER } from '../request-context';

/** Requests a comparison of our records with the provider's, for the time range of a usage report. */
export async function compareUsageReport(request: RequestContext, click: Click): Promise<SlackMessage> {
  const refused = refusal(request, 'compare');
  if (refused) return refused;
  const { slack, tenantId, person, words } = request;
  const key = { tenantId, userId: person.id, provider: SENDING_PROVIDER };
  await requestComparison(slack.app, { ...key, ...readComparedRange(click.value) });
  return plainReply(words.comparison.coming);
}
