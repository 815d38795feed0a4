import { pauseBatch, resumeBatch } from '../../../src/batches/control/pause-batch';
import { leaveUncertain, retryFailed } from '../../../src/batches/control/send-again';
import { submitChunk } from '../../../src/batches/sending/submit-chunk';
import { pollDelivery } from '../../../src/batches/tracking/poll-delivery';
import { recordReports } from '../../../src/batches/tracking/record-delivery-reports';
import { landPushes } from '../../../src/batches/tracking/store-webhook';
import { countsInWords } from '../../../src/slack/blocks/parts/counts';
import { announceCompletion } from '../../../src/slack/posts/announce-completion';
import { showBatchMessage } from '../../../src/slack/posts/update-status-message';
import { wordsFor } from '../../../src/words/words-for';
import { mobiles } from '../../setup/app-context';
import { freshStage } from '../harness';

/** The product's own interval. */
const REFRESH_MS = 3_000;

describe('the live message', () => {
  const stage = freshStage('socket');
  let batchId: string;
  beforeEach(async () => {
    stage.heart.settings.messageRefreshMs = REFRESH_MS;
    stage.post.settings.messageRefreshMs = REFRESH_MS;
    batchId = await stage.started(mobiles(25));
    await follows();
  });
  const report = () =>
    stage.slack.messages(stage.marketing).find((one) => !one.thread_ts || one.thread_ts === one.ts);
  const notices = () => stage.slack.messages(stage.marketing).filter((one) => one !== report());
  const openGates = () => stage.heart.db('rate_gate').where('key', 'like', 'slack-%').delete();
  const call = async () => {
    const { sender } = await stage.summary(batchId);
    return { tenantId: stage.tenantId, userId: sender.userId, batchId };
  };

  /**
   * What people may see is asked for to be shown within one interval, and an edit waits for its turn no longer than
   * one more; then the message says what the tables say.
   */
  async function follows(): Promise<void> {
    const { db } = stage.heart;
    const { version, shown_version: shown } = await db('sms_batch').where({ id: batchId }).first();
    expect(version).toBeGreaterThan(shown);
    const { rows } = await db.raw(
      `select extract(epoch from run_at - now()) * 1000 as in_ms from graphile_worker.jobs where key = ?`,
      [`message:${batchId}`],
    );
    expect(rows).toHaveLength(1);
    expect(Number(rows[0].in_ms)).toBeLessThanOrEqual(REFRESH_MS);
    const { againInMs = 0 } = await showBatchMessage(stage.post, batchId);
    expect(againInMs).toBeLessThanOrEqual(REFRESH_MS);
    if (againInMs > 0) {
      await openGates();
      expect(await showBatchMessage(stage.post, batchId)).toEqual({});
    }
    await db.raw(`select graphile_worker.remove_job(?)`, [`message:${batchId}`]);
    const { counts } = await stage.summary(batchId);
    expect(report()?.text).toContain(countsInWords(wordsFor('en-US'), counts));
    const isAccountedFor = counts.sending + counts.waiting === 0;
    expect(isAccountedFor || !report()?.text?.startsWith('Completed')).toBe(true);
  }

  /** As Buka pushes it. */
  async function push(number: string, status: number): Promise<void> {
    const one = await stage.heart
      .db('sms_batch_buka_detail')
      .where({ batch_id: batchId, recipient_number: number })
      .first();
    const pricedetail = { pay: '0.03', currency: 'USD', chargeCnt: 1, price: '0.03' };
    const ids = { appId: 'app', msgid: one.provider_message_id, orderId: one.order_id };
    const mobile = number.slice(1);
    const body = { ...ids, mobile, status, reason: 'UNDELIV', timestamp: Date.now(), pricedetail };
    await landPushes(stage.heart, { channel: 'onbuka', kind: 'report' }, [JSON.stringify(body)]);
    await recordReports(stage.heart, 'onbuka');
  }

  const settle = (status: 'delivered' | 'failed', most: number) => {
    const open = [...stage.channel.statuses.values()].filter((one) => one.status === 'sending');
    for (const one of open.slice(0, most)) one.status = status;
  };
  /** Whole rounds, and not silent for the pushes that came. */
  const poll = async () => {
    await stage.heart.db('sms_batch').where({ id: batchId }).update({ reported_at: null });
    for (let step = 0; step < 6; step += 1) {
      await stage.heart.db('rate_gate').delete();
      await pollDelivery(stage.heart, batchId);
    }
  };

  it('follows every change within two intervals, and is complete when everybody is accounted for', async () => {
    await submitChunk(stage.heart, batchId, 0);
    await follows();
    await pauseBatch(stage.heart, await call());
    await follows();
    await resumeBatch(stage.heart, await call());
    await follows();
    stage.channel.script.push(() => ({ kind: 'unknown', cause: 'timeout', reason: 'timeout' }));
    await submitChunk(stage.heart, batchId, 0);
    await follows();
    await submitChunk(stage.heart, batchId, 0);
    await follows();
    await push('+8613800138000', 0);
    await follows();
    await push('+8613800138001', 1);
    await follows();
    settle('delivered', 5);
    await poll();
    await follows();
    await leaveUncertain(stage.heart, await call());
    await follows();
    await announceCompletion(stage.post, batchId);
    expect(notices()).toEqual([]);
    settle('delivered', 100);
    await poll();
    await follows();
    expect(report()?.text).toContain('Completed: 14 of 25 messages delivered');
    await retryFailed(stage.heart, await call());
    await follows();
    await submitChunk(stage.heart, batchId, 0);
    await follows();
    settle('delivered', 100);
    await poll();
    await follows();
    await leaveUncertain(stage.heart, await call());
    await follows();
    expect(report()?.text).toContain('Completed: 15 of 25 messages delivered');
  });

  it('could not be told of a completion that is none: the database refuses it', async () => {
    await stage.submitAll(batchId);
    const forced = stage.heart.db('sms_batch').where({ id: batchId }).update({ status: 'completed' });
    await expect(forced).rejects.toThrow('sms_batch_completed_is_accounted_for');
  });
});
