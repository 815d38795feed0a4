import { getBatchView } from '../../../src/batches/views/get-batch-view';
import { updateStatusMessage } from '../../../src/slack/posts/update-status-message';
import { findSlackBatch } from '../../../src/slack/store/slack-batches.sql';
import { system } from '../../../src/tenants/actor';
import { mobiles } from '../../setup/app-context';
import { byHand } from '../../setup/guard-states';
import { freshHarness, runToEnd, shownIn } from '../harness';

describe('the status message, beyond its counts', () => {
  const harness = freshHarness('socket');
  async function shown(batchId: string): Promise<string> {
    await runToEnd(() => updateStatusMessage(harness.clients, batchId));
    const place = await findSlackBatch(harness.app.db, batchId);
    return shownIn(harness.slack.messages(harness.marketing).find((one) => one.ts === place?.messageTs));
  }
  const batches = () => harness.app.db('sms_batch');
  const recipients = (batchId: string) =>
    harness.app.db('sms_batch_buka_detail').where({ batch_id: batchId });

  it('shows speed and time left from what was accepted within the last minute, while it submits', async () => {
    const batchId = await harness.started(mobiles(30));
    const { db } = harness.app;
    const finished = {
      outcome: 'accepted',
      started_at: db.raw(`now() - interval '10 s'`),
      finished_at: db.fn.now(),
    };
    await byHand(db, (trx) => trx('sms_submission').where({ batch_id: batchId, chunk: 1 }).update(finished));
    await batches().where({ id: batchId }).update({ status: 'submitting', sending_count: 10 });
    expect(await shown(batchId)).toMatch(/\*Speed\* about 1 a second, \d+ sec left/);
    await db('sms_submission')
      .where({ batch_id: batchId, chunk: 1 })
      .update({ finished_at: db.raw(`now() - interval '2 min'`) });
    expect(await shown(batchId)).not.toContain('*Speed*');
  });

  it('shows countries where there are several, why messages failed, and what was charged', async () => {
    const batchId = await harness.started(['13800138000', '13800138001', '+12025550123']);
    await harness.submitAll(batchId);
    await recipients(batchId).where({ line: 3 }).update({ status: 'failed', failure_reason: '-9' });
    await batches().where({ id: batchId }).update({ failed_count: 1, sending_count: 2 });
    const price = { currency: 'USD', cost_each: '0.0325', segments_each: 2 };
    await harness.app
      .db('sms_batch_cost')
      .insert({ batch_id: batchId, country: 'CN', messages: 2, ...price });
    const message = await shown(batchId);
    expect(message).toContain('*Countries* China 2 · United States 1');
    expect(message).toContain('The provider does not accept the number.');
    expect(message).toContain('*Cost so far*\\n0.065 USD\\nfor 2 messages\\n4 segments charged');
  });

  it('draws how the outcomes came in once it is complete', async () => {
    const batchId = await harness.started(mobiles(4));
    await harness.submitAll(batchId);
    const start = new Date('2026-11-24T08:00:00Z');
    const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);
    for (const [line, status, seconds] of [
      [1, 'delivered', -5],
      [2, 'delivered', 60],
      [3, 'failed', 150],
      [4, 'delivered', 200],
    ] as const) {
      await recipients(batchId)
        .where({ line })
        .update({ status, settled_at: later(seconds) });
    }
    const completed = { status: 'completed', sending_count: 0, success_count: 3, failed_count: 1 };
    await batches()
      .where({ id: batchId })
      .update({ ...completed, started_at: start, completed_at: later(200) });
    const view = await getBatchView(harness.app, system(harness.tenantId), batchId);
    const curve = view?.insights.curve ?? [];
    expect(curve).toHaveLength(10);
    expect(
      [curve[0], curve[2], curve[3], curve[6], curve[7], curve[9]].map((one) => [
        one?.delivered,
        one?.failed,
      ]),
    ).toEqual([
      [1, 0],
      [1, 0],
      [2, 0],
      [2, 0],
      [2, 1],
      [3, 1],
    ]);
    const message = await shown(batchId);
    expect(message).toContain('"type":"line"');
    expect(message).toContain('"type":"pie"');
    expect(message).toMatch(/"label":"3:20".*Since the start, minutes:seconds/);
  });

  it('draws no curve for a batch that ended at once', async () => {
    const batchId = await harness.started(mobiles(1));
    await harness.submitAll(batchId);
    const at = new Date('2026-11-24T08:00:00Z');
    await recipients(batchId).update({ status: 'delivered', settled_at: at });
    const completed = { status: 'completed', sending_count: 0, success_count: 1 };
    await batches()
      .where({ id: batchId })
      .update({ ...completed, started_at: at, completed_at: at });
    expect(await shown(batchId)).not.toContain('"type":"line"');
  });
});
