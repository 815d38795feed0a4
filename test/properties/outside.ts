import type { Knex } from 'knex';
import type { AppContext } from '../../src/batches/app-context';
import { recordDeliveryReports } from '../../src/batches/tracking/record-delivery-reports';
import { storeWebhooks } from '../../src/batches/tracking/store-webhook';
import { type Provider, settle } from './provider';

/** What happens to a batch from outside: time passes, and reports come. */

/** Every clock moves on: ours in the tables, and the provider's. */
export async function passTime(db: Knex, provider: Provider, ms: number): Promise<void> {
  const back = (column: string) => db.raw(`?? - ? * interval '1 ms'`, [column, ms]);
  const shift = (columns: string[]) => Object.fromEntries(columns.map((column) => [column, back(column)]));
  provider.passTime(ms);
  await db('sms_submission').update(shift(['started_at', 'finished_at', 'not_before']));
  await db('sms_batch').update(shift(['submitted_at', 'moved_at', 'checked_at', 'reported_at']));
  await db('tenant_channel_config').update(shift(['held_until']));
}

/** The provider tells what became of a text, if that is there: as often as it likes, to several processes. */
export async function pushReport(
  app: AppContext,
  { taken }: Provider,
  report: { text: number; hasId: boolean; times: number },
): Promise<void> {
  const index = report.text % Math.max(1, taken.length);
  const text = taken[index];
  if (!text) return;
  settle(text, index);
  const body = JSON.stringify({
    appId: 'app',
    orderId: text.orderId,
    mobile: text.number.slice(1),
    status: text.status === 'delivered' ? 0 : 1,
    ...(report.hasId ? { msgid: text.messageId } : {}),
  });
  const times = Array.from({ length: report.times });
  await storeWebhooks(
    app,
    { provider: 'onbuka', kind: 'report' },
    times.map(() => body),
  );
  await bothEnd(times.map(() => recordDeliveryReports(app, 'onbuka')));
}

/** Rejects where one does, but not before the other has ended too: nothing goes on into the next step. */
export async function bothEnd<T>(acts: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(acts);
  return Promise.all(acts);
}
