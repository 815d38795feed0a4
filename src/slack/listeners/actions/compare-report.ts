import { requestComparison } from '../../../batches/reconciling/compare-records';
import type { Message } from '../../blocks/block-kit';
import { plainAnswer } from '../../blocks/messages/replies';
import { readComparedRange } from '../../blocks/messages/usage-report';
import type { Click } from '../bolt-listeners';
import { refusal, SENDING_CHANNEL, type Visit } from '../request';

/** Asks for the comparison of a report's time range with the provider's records. */
export async function compareReport(visit: Visit, click: Click): Promise<Message> {
  const refused = refusal(visit, 'compare');
  if (refused) return refused;
  const { post, tenantId, person, words } = visit;
  const key = { tenantId, userId: person.id, channel: SENDING_CHANNEL };
  await requestComparison(post.heart, { ...key, ...readComparedRange(click.value) });
  return plainAnswer(words.comparison.coming);
}
