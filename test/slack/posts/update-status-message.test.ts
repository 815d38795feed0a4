import { DONE, snooze } from '../../../src/queue/job-result';
import { announceCompletion } from '../../../src/slack/posts/announce-completion';
import { updateStatusMessage } from '../../../src/slack/posts/update-status-message';
import { findSlackBatch } from '../../../src/slack/store/slack-batches.sql';
import { mobiles } from '../../setup/app-context';
import { byHand } from '../../setup/guard-states';
import { ANNA, runToEnd, sharedHarness, shownIn, until } from '../harness';

describe('after Send', () => {
  const harness = sharedHarness('socket');
  const anna = () => harness.slack.as(ANNA);
  const show = (batchId: string) => runToEnd(() => updateStatusMessage(harness.clients, batchId));
  const place = (batchId: string) => findSlackBatch(harness.app.db, batchId);
  const shown = async (batchId: string) => {
    const { channelId = '', messageTs } = (await place(batchId)) ?? {};
    return harness.slack.messages(channelId).find((message) => message.ts === messageTs);
  };

  it('edits one message, and only if something has changed', async () => {
    const batchId = await harness.started(mobiles(5, 13_800_138_100));
    await show(batchId);
    await harness.submitAll(batchId);
    await show(batchId);
    expect((await shown(batchId))?.text).toContain('5 messages submitted');
    const edits = harness.slack.traffic.named('chat.update').length;
    await show(batchId);
    expect(harness.slack.traffic.named('chat.update')).toHaveLength(edits);
  });

  it('shows on Refresh what the provider says now, and stores nothing of it', async () => {
    const batchId = await harness.started(mobiles(2, 13_800_138_200));
    await harness.submitAll(batchId);
    await show(batchId);
    for (const record of harness.provider.statuses.values()) record.status = 'delivered';
    await anna().click((await shown(batchId))?.ts ?? '', 'sms_refresh');
    await harness.slack.waitFor((slack) =>
      slack.messages(harness.marketing).some((message) => message.text.includes('Delivered 2 (100%)')),
    );
    expect((await harness.summary(batchId)).counts).toMatchObject({ delivered: 0, sending: 2 });
    expect(shownIn(await shown(batchId))).toContain('Asked the provider about 2 messages');
  });

  it('says on Refresh what to do if the workspace has no account any more', async () => {
    const batchId = await harness.started(mobiles(2, 13_800_138_250));
    await harness.submitAll(batchId);
    await show(batchId);
    const { db } = harness.app;
    // By hand, since what was sent names its account.
    const [account] = await byHand(db, (trx) =>
      trx('provider_account').where({ id: harness.accountId }).delete().returning('*'),
    );
    try {
      await anna().click((await shown(batchId))?.ts ?? '', 'sms_refresh');
      await harness.slack.waitFor(() =>
        shownIn(anna().sees(harness.marketing)).includes('The SMS account cannot send at the moment.'),
      );
    } finally {
      await db('provider_account').insert(account);
    }
  });

  it('cancels what has not left, and says so in the thread', async () => {
    const batchId = await harness.started(mobiles(4, 13_800_138_300));
    await show(batchId);
    const report = await shown(batchId);
    await anna().click(report?.ts ?? '', 'sms_cancel', { confirm: true });
    const reply = await harness.slack.waitFor((slack) =>
      slack.messages(harness.marketing).find((message) => message.thread_ts === report?.ts),
    );
    expect(reply.text).toContain('4 messages held back; 0 had already gone');
    expect(await harness.summary(batchId)).toMatchObject({ status: 'cancelled' });
  });

  it('pauses and resumes, each once, and says who did so', async () => {
    const batchId = await harness.started(mobiles(4, 13_800_138_350));
    await show(batchId);
    const report = await shown(batchId);
    const replies = () =>
      harness.slack.messages(harness.marketing).filter((message) => message.thread_ts === report?.ts);
    await anna().click(report?.ts ?? '', 'sms_pause', { double: true });
    await harness.slack.waitFor(() =>
      shownIn(anna().sees(harness.marketing)).includes('There is nothing to pause'),
    );
    await until(async () => (await harness.summary(batchId)).status === 'paused');
    await show(batchId);
    await anna().click(report?.ts ?? '', 'sms_resume');
    await harness.slack.waitFor(() => replies().length === 2);
    expect(replies().map((reply) => reply.text)).toEqual([
      expect.stringContaining(`<@${ANNA}> paused this batch`),
      expect.stringContaining(`<@${ANNA}> resumed this batch`),
    ]);
    expect((await harness.summary(batchId)).status).toBe('pending');
  });

  it('shows the recipients masked, page by page', async () => {
    const batchId = await harness.started(mobiles(25, 13_800_138_400));
    await show(batchId);
    await anna().click((await shown(batchId))?.ts ?? '', 'sms_details');
    const modal = await harness.slack.waitFor(() => anna().modal());
    expect(shownIn(modal)).toContain('page 1 of 2');
    await anna().click(modal.id, 'sms_details_next');
    await harness.slack.waitFor(() => shownIn(anna().modal()).includes('page 2 of 2'));
    expect(shownIn(anna().modal())).toContain('138****8424');
    await anna().close(modal.id);
  });

  it('goes on without the chart in a workspace that does not support it', async () => {
    harness.slack.faults.set('chartsUnsupported');
    const batchId = await harness.started(mobiles(2, 13_800_138_500));
    await show(batchId);
    expect(shownIn(await shown(batchId))).not.toContain('data_visualization');
    const refused = harness.slack.traffic.named('chat.postMessage').length;
    await show(await harness.started(mobiles(2, 13_800_138_600)));
    expect(harness.slack.traffic.named('chat.postMessage')).toHaveLength(refused + 1);
    harness.slack.faults.clear();
  });

  it('obeys Retry-After', async () => {
    const batchId = await harness.started(mobiles(2, 13_800_138_700));
    harness.slack.faults.set('postRateLimited', { times: 1, retryAfterS: 7 });
    expect(await updateStatusMessage(harness.clients, batchId)).toEqual(snooze(7000));
    expect(await updateStatusMessage(harness.clients, batchId)).toEqual(DONE);
    expect(await shown(batchId)).toBeDefined();
  });

  it('does not post a deleted message again, but still announces the completion in the channel', async () => {
    const batchId = await harness.started(mobiles(2, 13_800_138_800));
    await show(batchId);
    harness.slack.deleteMessage((await shown(batchId))?.ts ?? '');
    await harness.submitAll(batchId);
    await show(batchId);
    await show(batchId);
    expect((await place(batchId))?.messageTs).toBeNull();
    await harness.complete(batchId);
    await announceCompletion(harness.clients, batchId);
    expect(harness.slack.messages(harness.marketing).at(-1)?.text).toContain(
      `<@${ANNA}> Your batch is complete`,
    );
  });

  it('announces the completion once, in the thread and in the channel', async () => {
    const batchId = await harness.started(mobiles(3, 13_800_138_900));
    await show(batchId);
    await harness.submitAll(batchId);
    await harness.complete(batchId);
    await announceCompletion(harness.clients, batchId);
    await announceCompletion(harness.clients, batchId);
    const report = await shown(batchId);
    const replies = harness.slack.messages(harness.marketing).filter((one) => one.thread_ts === report?.ts);
    expect(replies).toHaveLength(1);
    expect(replies[0]).toMatchObject({ subtype: 'thread_broadcast' });
    expect(replies[0]?.text).toContain('3 of 3 messages delivered (100%)');
  });

  it('moves the status message to a direct message when the bot cannot write in the channel', async () => {
    const batchId = await harness.started(mobiles(2, 13_800_139_000));
    await show(batchId);
    harness.slack.archive(harness.marketing);
    await harness.submitAll(batchId);
    await show(batchId);
    const direct = anna().direct();
    expect((await place(batchId))?.channelId).toBe(direct);
    expect(shownIn(await shown(batchId))).toContain('cannot write in the channel that you chose');
    await harness.complete(batchId);
    await announceCompletion(harness.clients, batchId);
    expect(anna().sees(direct).at(-1)?.text).toContain('Your batch is complete');
  });
});
