import { getUsageReport } from '../../../batches/views/get-usage-report';
import { getTenant } from '../../../tenants/tenant';
import type { SlackMessage } from '../../blocks/block-kit';
import { plainReply } from '../../blocks/messages/replies';
import { usageReportMessage } from '../../blocks/messages/usage-report';
import type { RequestContext } from '../request-context';
import { readRange } from './read-range';

/** `/sms report [today | 7d | 2026-11-01..2026-11-20]`, in the person's time zone. */
export async function showUsageReport(request: RequestContext, written: string): Promise<SlackMessage> {
  const { slack, actor, tenantId, words, reader } = request;
  const { timeZone } = reader;
  const range = readRange(written, today(timeZone));
  if (!range) return plainReply(words.usageReport.unreadable(slack.settings.command));
  const tenant = await getTenant(slack.app.db, tenantId);
  const report = await getUsageReport(slack.app, actor, { timeZone, ...range });
  return usageReportMessage(words, report, tenant?.chartsSupported ?? false);
}

/** Swedish dates have the ISO form `2026-11-29`. */
function today(timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date());
}
