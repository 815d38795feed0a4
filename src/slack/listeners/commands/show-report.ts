import { getReport } from '../../../batches/views/get-usage-report';
import { getTenant } from '../../../tenants/tenant';
import type { Message } from '../../blocks/block-kit';
import { plainAnswer } from '../../blocks/messages/replies';
import { reportAnswer } from '../../blocks/messages/usage-report';
import { refusal, type Visit } from '../request';
import { readRange } from './read-range';

/** `/sms report [today | 7d | 2026-11-01..2026-11-20]`, on the person's own clock. */
export async function showReport(visit: Visit, written: string): Promise<Message> {
  const refused = refusal(visit, 'report');
  if (refused) return refused;
  const { post, tenantId, words, reader } = visit;
  const { timeZone } = reader;
  const range = readRange(written, today(timeZone));
  if (!range) return plainAnswer(words.report.unreadable(post.settings.command));
  const tenant = await getTenant(post.heart.db, tenantId);
  const report = await getReport(post.heart, { tenantId, timeZone, ...range });
  return reportAnswer(words, report, tenant?.chartsSupported ?? false);
}

/** Sweden writes days as ISO does. */
function today(timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date());
}
