import { pauseBatch, resumeBatch } from '../../../src/batches/control/pause-batch';
import { leaveUncertain, retryFailed } from '../../../src/batches/control/send-again';
import { recordDeliveryReports } from '../../../src/batches/tracking/record-delivery-reports';
import { storeWebhooks } from '../../../src/batches/tracking/store-webhook';
import { DONE } from '../../../src/queue/job-result';
import { countsInWords } from '../../../src/slack/blocks/parts/counts';
import { announceCompletion } from '../../../src/slack/posts/announce-completion';
import { updateStatusMessage } from '../../../src/slack/posts/update-status-message';
import { findSlackBatch } from '../../../src/slack/store/slack-batches.sql';
import type { PersonActor } from '../../../src/tenants/actor';
import { wordsFor } from '../../../src/words/words-for';
import { mobiles } from '../../setup/app-context';
import { freshHarness, snoozeOf } from '../harness';

/** The product's own interval. */
const REFRESH_MS = 3_000;

describe('the status message', () => {
  const harness = freshHarness('socket');
  let batchId: string;
  beforeEach(async () => {
    harness.app.settings.messageRefreshMs = REFRESH_MS;
    harness.clients.settings.messageRefreshMs = REFRESH_MS;
    batchId = await harness.started(mobiles(25));
    await follows();
  });
  const report = () =>
    harness.slack.messages(harness.marketing).find((one) => !one.thread_ts || one.thread_ts === one.ts);
  const notices = () => harness.slack.messages(harness.marketing).filter((one) => one !== report());
  const freeSlots = () => harness.app.db('rate_limit').where('key', 'like', 'slack-%').delete();
  const anna = async (): Promise<PersonActor> => {
    const { sender } = await harness.summary(batchId);
    return { kind: 'person', tenantId: harness.tenantId, userId: sender.userId, role: 'member' };
  };

  /**
   * What people may see is asked for to be shown within one interval, and an edit waits for its turn no
   * longer than one more; then the message says what the tables say.
   */
  async function follows(): Promise<void> {
    const { db } = harness.app;
    const { version } = await harness.summary(batchId);
    const { shownVersion = version } = (await findSlackBatch(db, batchId)) ?? {};
    expect(version).toBeGreaterThan(shownVersion);
    const { rows } = await db.raw(
      `select extract(epoch from run_at - now()) * 1000 as in_ms from bulk_sms_queue.jobs where key = ?`,
      [`message:${batchId}`],
    );
    expect(rows).toHaveLength(1);
    expect(Number(rows[0].in_ms)).toBeLessThanOrEqual(REFRESH_MS);
    const snoozeMs = snoozeOf(await updateStatusMessage(harness.clients, batchId)) ?? 0;
    expect(snoozeMs).toBeLessThanOrEqual(REFRESH_MS);
    if (snoozeMs > 0) {
      await freeSlots();
      expect(await updateStatusMessage(harness.clients, batchId)).toEqual(DONE);
    }
    await db.raw(`select bulk_sms_queue.remove_job(?)`, [`message:${batchId}`]);
    const { counts } = await harness.summary(batchId);
    expect(report()?.text).toContain(countsInWords(wordsFor('en-US'), counts));
    const isAccountedFor = counts.sending + counts.waiting === 0;
    expect(isAccountedFor || !report()?.text?.startsWith('Completed')).toBe(true);
  }

  /** A delivery report, as Buka sends it to the webhook. */
  async function push(number: string, status: number): Promise<void> {
    const one = await harness.app
      .db('sms_batch_buka_detail')
      .where({ batch_id: batchId, recipient_number: number })
      .first();
    const pricedetail = { pay: '0.03', currency: 'USD', chargeCnt: 1, price: '0.03' };
    const ids = { appId: 'app', msgid: one.provider_message_id, orderId: one.order_id };
    const mobile = number.slice(1);
    const body = { ...ids, mobile, status, reason: 'UNDELIV', timestamp: Date.now(), pricedetail };
    const record = harness.provider.statuses.get(one.provider_message_id);
    if (record) record.status = status === 0 ? 'delivered' : 'failed';
    await storeWebhooks(harness.app, 'onbuka', [
      { kind: 'report', body: JSON.stringify(body), accountIds: null },
    ]);
    await recordDeliveryReports(harness.app, 'onbuka');
  }

  const settle = (status: 'delivered' | 'failed', most: number) => {
    const open = [...harness.provider.statuses.values()].filter((one) => one.status === 'sending');
    for (const one of open.slice(0, most)) one.status = status;
  };
  /** Whole polling rounds; the webhooks before do not delay them. */
  const poll = async () => {
    await harness.app.db('sms_batch_account').where({ batch_id: batchId }).update({ reported_at: null });
    for (let step = 0; step < 6; step += 1) {
      await harness.app.db('rate_limit').delete();
      await harness.poll(batchId);
    }
  };

  it('follows every change within two intervals, and is complete when everybody is accounted for', async () => {
    await harness.submit(batchId);
    await follows();
    await pauseBatch(harness.app, await anna(), batchId);
    await follows();
    await resumeBatch(harness.app, await anna(), batchId);
    await follows();
    harness.provider.script.push(() => ({ kind: 'unclear', cause: 'timeout', reason: 'timeout' }));
    await harness.submit(batchId);
    await follows();
    await harness.submit(batchId);
    await follows();
    await push('+8613800138000', 0);
    await follows();
    await push('+8613800138001', 1);
    await follows();
    settle('delivered', 5);
    await poll();
    await follows();
    await leaveUncertain(harness.app, await anna(), { batchId });
    await follows();
    await announceCompletion(harness.clients, batchId);
    expect(notices()).toEqual([]);
    settle('delivered', 100);
    await poll();
    await follows();
    expect(report()?.text).toContain('Completed: 14 of 25 messages delivered');
    await retryFailed(harness.app, await anna(), { batchId });
    await follows();
    await harness.submit(batchId);
    await follows();
    settle('delivered', 100);
    await poll();
    await follows();
    await leaveUncertain(harness.app, await anna(), { batchId });
    await follows();
    expect(report()?.text).toContain('Completed: 15 of 25 messages delivered');
  });

  it('cannot show a completion that is none: the database refuses it', async () => {
    await harness.submitAll(batchId);
    const forced = harness.app.db('sms_batch').where({ id: batchId }).update({ status: 'completed' });
    await expect(forced).rejects.toThrow('sms_batch_completed_is_accounted_for');
  });
});
