import { requestComparison } from '../../../batches/reconciling/compare-records';
import type { SlackMessage } from '../../blocks/block-kit';
import { plainReply } from '../../blocks/messages/replies';
import { readComparedRange } from '../../blocks/messages/usage-report';
import type { Click } from '../bolt-listeners';
import type { RequestContext } from '../request-context';

/** Requests a comparison of our records with the provider's, for the time range of a usage report. */
export async function compareUsageReport(request: RequestContext, click: Click): Promise<SlackMessage> {
  const { slack, actor, words } = request;
  const days = readComparedRange(click.value);
  const requested = await requestComparison(slack.app, actor, days);
  const { coming, alreadyComing, stopping, tooMany } = words.comparison;
  switch (requested.kind) {
    case 'opened':
      return plainReply(coming);
    case 'already_open':
      return plainReply(alreadyComing);
    case 'stopping':
      return plainReply(stopping);
    case 'too_many':
      return plainReply(tooMany(requested.most));
  }
}
