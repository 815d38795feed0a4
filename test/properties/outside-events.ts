import type { Knex } from 'knex';
import type { AppContext } from '../../src/batches/app-context';
import { recordDeliveryReports } from '../../src/batches/tracking/record-delivery-reports';
import { storeWebhooks } from '../../src/batches/tracking/store-webhook';
import { type Provider, settle } from './controlled-provider';
import { skip } from './skipped-time';

/** Events that do not come from our own processes: time passes, and webhooks come. */

/** Moves every clock forward: that of our processes, the times in our tables, and the provider's. */
export async function passTime(db: Knex, provider: Provider, ms: number): Promise<void> {
  const back = (column: string) => db.raw(`?? - ? * interval '1 ms'`, [column, ms]);
  const shift = (columns: string[]) => Object.fromEntries(columns.map((column) => [column, back(column)]));
  provider.passTime(ms);
  skip(ms);
  await db('sms_submission').update(shift(['started_at', 'finished_at', 'recorded_at', 'not_before']));
  await db('sms_batch').update(shift(['submitted_at', 'moved_at', 'checked_at', 'reported_at']));
  await db('sms_batch_account').update(shift(['polled_at', 'reported_at', 'records_answered_at']));
  await db('provider_account').update(shift(['held_until', 'next_request_at']));
  await db('rate_limit').update(shift(['next_at']));
}

/** The provider sends a delivery report of a text, if there is one: several times, to several processes. */
export async function sendWebhook(
  app: AppContext,
  { taken }: Provider,
  report: { text: number; hasId: boolean; times: number },
): Promise<void> {
  const index = report.text % Math.max(1, taken.length);
  const text = taken[index];
  if (!text) return;
  settle(text, index);
  const body = JSON.stringify({
    appId: text.subAccount,
    orderId: text.orderId,
    mobile: text.number.slice(1),
    status: text.status === 'delivered' ? 0 : 1,
    ...(report.hasId ? { msgid: text.messageId } : {}),
  });
  const times = Array.from({ length: report.times });
  const webhooks = times.map(() => ({ kind: 'report' as const, body, accountIds: null }));
  await storeWebhooks(app, text.provider, webhooks);
  await allSettled(times.map(() => recordDeliveryReports(app, text.provider)));
}

/** Rejects if one of them does, but only after all have ended: nothing runs on into the next step. */
export async function allSettled<T>(acts: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(acts);
  return Promise.all(acts);
}
