import { requestComparison } from '../../batches/compare-with-provider';
import type { Message } from '../block-kit';
import { refusal, SENDING_CHANNEL, type Visit } from '../desk';
import type { Click } from '../listeners';
import { plainAnswer } from '../messages/answers';
import { readComparedRange } from '../messages/report-answer';

/** Asks for the comparison of a report's time range with the provider's records. */
export async function compareReport(visit: Visit, click: Click): Promise<Message> {
  const refused = refusal(visit, 'compare');
  if (refused) return refused;
  const { post, tenantId, person, words } = visit;
  const key = { tenantId, userId: person.id, channel: SENDING_CHANNEL };
  await requestComparison(post.heart, { ...key, ...readComparedRange(click.value) });
  return plainAnswer(words.comparison.coming);
}
