import { announceCompletion } from '../../src/slack/announce-completion';
import { showBatchMessage } from '../../src/slack/show-batch-message';
import { showReview } from '../../src/slack/show-review';
import { mobiles } from '../setup/heart';
import { ANNA, type Stage, setStage, shownIn, until } from './stage';

describe.each(['socket', 'http'] as const)('a conversation over %s', (mode) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage(mode);
  });
  afterAll(async () => {
    expect(stage.slack.faults()).toEqual([]);
    await stage.close();
  });
  const anna = () => stage.slack.as(ANNA);

  it('goes from the form to the live message', async () => {
    const viewId = await stage.compose();
    const reading = await anna().submit(viewId, {
      Message: 'Hello <!channel>',
      'Recipients file': [
        {
          name: 'list.csv',
          content: `name;手机号\nA;13800138000\nB;13800138001\nC;nonsense\nD;13800138000\n`,
        },
      ],
    });
    expect(reading.view?.title?.text).toBe('Reading your list');

    const batchId = await stage.read();
    const review = anna().modal();
    expect(review?.submit?.text).toBe('Send 2 messages');
    expect(shownIn(review)).toContain('list.csv line 5 (same as line 2)');
    expect(await stage.batches()).toEqual([]);

    await anna().submit(viewId);
    expect(anna().modal()).toBeNull();
    await showBatchMessage(stage.post, batchId);
    const [report] = stage.slack.messages(stage.marketing);
    expect(report?.text).toContain('Starting to send 2 messages');
    expect(await stage.summary(batchId)).toMatchObject({ status: 'pending', slackMessageTs: report?.ts });
  });

  it('leaves everything typed in place and says under the fields what is wrong', async () => {
    const viewId = await stage.compose();
    const { errors, view } = await anna().submit(viewId, { Message: '   ', 'Sender ID': 'ACME' });
    expect(errors).toEqual({
      sms_message: 'Write the message first.',
      sms_file: 'Add a file here, or paste numbers below.',
    });
    expect(view?.id).toBe(viewId);
    await anna().close(viewId);
  });

  it('makes one batch of a double click and of a repeated delivery', async () => {
    const before = (await stage.batches()).length;
    const viewId = await stage.compose();
    await anna().submit(
      viewId,
      { Message: 'Once', 'Or paste numbers': '13800138005' },
      { deliverTwice: true },
    );
    const batchId = await stage.read();
    const { problem, errors } = await anna().submit(viewId, {}, { double: true, deliverTwice: true });
    expect({ problem, errors }).toEqual({ problem: null, errors: {} });
    expect(await stage.batches()).toHaveLength(before + 1);
    expect(await stage.summary(batchId)).toMatchObject({ status: 'pending' });
  });

  it('brings the review as a direct message when the window was closed, and sends from there', async () => {
    const viewId = await stage.compose();
    await anna().submit(viewId, { Message: 'Direct', 'Or paste numbers': '13800138006' });
    await anna().close(viewId);
    const batchId = await stage.read();
    await showReview(stage.post, batchId);
    const direct = () => anna().sees(anna().direct());
    expect(direct()).toHaveLength(1);
    const [message] = direct();
    await anna().click(message?.ts ?? '', 'sms_send_review', { confirm: true });
    await stage.slack.waitFor(() => shownIn(direct()[0]).includes('Started: 1 message.'));
    expect(await stage.summary(batchId)).toMatchObject({ status: 'pending' });
  });
});

describe('the way to the review', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage('socket');
  });
  afterAll(async () => {
    expect(stage.slack.faults()).toEqual([]);
    await stage.close();
  });
  const anna = () => stage.slack.as(ANNA);

  it('has no Send where the bot cannot report, until it is invited', async () => {
    const viewId = await stage.compose();
    const random = stage.slack.channel('random').id;
    await anna().submit(viewId, { Message: 'Hi', 'Or paste numbers': '13800138000', Channel: random });
    await stage.read();
    expect(anna().modal()?.submit).toBeNull();
    expect(shownIn(anna().modal())).toContain('/invite @bulk_sms');
    anna().invite(random);
    await anna().click(viewId, 'sms_check_review');
    await stage.slack.waitFor(() => anna().modal()?.submit?.text === 'Send 1 message');
    await anna().close(viewId);
    await stage.slack.waitFor(() => stage.slack.traffic.named('view_closed').length > 0);
  });

  it('asks which column holds the numbers, and reads again with the answer', async () => {
    const viewId = await stage.compose();
    const content = 'a,b\n13800138000,13900139000\n13800138001,13900139001\n';
    await anna().submit(viewId, { Message: 'Hi', 'Recipients file': [{ name: 'two.csv', content }] });
    await stage.read();
    expect(anna().modal()?.title?.text).toBe('Which column?');
    const reading = await anna().submit(viewId, { sms_column_0: '1' });
    expect(reading.view?.title?.text).toBe('Reading your list');
    const batchId = await stage.read();
    expect(anna().modal()?.submit?.text).toBe('Send 2 messages');
    await anna().close(viewId);
    await until(async () => (await stage.summary(batchId)).status === 'cancelled');
    await showBatchMessage(stage.post, batchId);
    expect(stage.slack.messages(stage.marketing)).toEqual([]);
  });

  it('tells of a file that is no list', async () => {
    const viewId = await stage.compose();
    const content = Buffer.from('504b030414000600', 'hex');
    await anna().submit(viewId, { Message: 'Hi', 'Recipients file': [{ name: 'list.csv', content }] });
    await stage.read();
    expect(shownIn(anna().modal())).toContain('It is a spreadsheet, not CSV.');
    expect(anna().modal()?.submit).toBeNull();
    await anna().close(viewId);
  });

  it('fetches files of which the form tells no more than the id, and waits for those not ready', async () => {
    stage.slack.weather.set('fileStub', { times: 1 });
    stage.slack.weather.set('fileNotReady', { times: 1 });
    const viewId = await stage.compose();
    const content = mobiles(3).join('\n');
    await anna().submit(viewId, { Message: 'Hi', 'Recipients file': [{ name: 'list.csv', content }] });
    await stage.read();
    expect(anna().modal()?.submit?.text).toBe('Send 3 messages');
  });
});

describe('after Send', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage('socket');
  });
  afterAll(async () => {
    expect(stage.slack.faults()).toEqual([]);
    await stage.close();
  });
  const anna = () => stage.slack.as(ANNA);
  /** As the worker does: again and again until there is nothing to wait for. */
  const show = async (batchId: string) => {
    for (;;) {
      const { againInMs } = await showBatchMessage(stage.post, batchId);
      if (againInMs === undefined) return;
      await new Promise((resolve) => setTimeout(resolve, againInMs));
    }
  };
  const shown = async (batchId: string) => {
    const { slackChannelId, slackMessageTs } = await stage.summary(batchId);
    return stage.slack.messages(slackChannelId).find((message) => message.ts === slackMessageTs);
  };

  it('edits one message, and not at all when nothing has changed', async () => {
    const batchId = await stage.started(mobiles(5, 13_800_138_100));
    await show(batchId);
    await stage.submitAll(batchId);
    await show(batchId);
    expect((await shown(batchId))?.text).toContain('5 messages submitted');
    const edits = stage.slack.traffic.named('chat.update').length;
    await show(batchId);
    expect(stage.slack.traffic.named('chat.update')).toHaveLength(edits);
  });

  it('shows on Refresh what the provider says now, and stores nothing of it', async () => {
    const batchId = await stage.started(mobiles(2, 13_800_138_200));
    await stage.submitAll(batchId);
    await show(batchId);
    for (const record of stage.channel.statuses.values()) record.status = 'delivered';
    await anna().click((await shown(batchId))?.ts ?? '', 'sms_refresh');
    await stage.slack.waitFor((slack) =>
      slack.messages(stage.marketing).some((message) => message.text.includes('Delivered 2 (100%)')),
    );
    expect((await stage.summary(batchId)).counts).toMatchObject({ delivered: 0, sending: 2 });
    expect(shownIn(await shown(batchId))).toContain('Asked the provider about 2 messages');
  });

  it('cancels what has not left, and says so in the thread', async () => {
    const batchId = await stage.started(mobiles(4, 13_800_138_300));
    await show(batchId);
    const report = await shown(batchId);
    await anna().click(report?.ts ?? '', 'sms_cancel', { confirm: true });
    const reply = await stage.slack.waitFor((slack) =>
      slack.messages(stage.marketing).find((message) => message.thread_ts === report?.ts),
    );
    expect(reply.text).toContain('4 messages held back; 0 had already gone');
    expect(await stage.summary(batchId)).toMatchObject({ status: 'cancelled' });
  });

  it('pauses and resumes, each once, and says who did so', async () => {
    const batchId = await stage.started(mobiles(4, 13_800_138_350));
    await show(batchId);
    const report = await shown(batchId);
    const replies = () =>
      stage.slack.messages(stage.marketing).filter((message) => message.thread_ts === report?.ts);
    await anna().click(report?.ts ?? '', 'sms_pause', { double: true });
    await stage.slack.waitFor(() =>
      shownIn(anna().sees(stage.marketing)).includes('There is nothing to pause'),
    );
    await until(async () => (await stage.summary(batchId)).status === 'paused');
    await show(batchId);
    await anna().click(report?.ts ?? '', 'sms_resume');
    await stage.slack.waitFor(() => replies().length === 2);
    expect(replies().map((reply) => reply.text)).toEqual([
      expect.stringContaining(`<@${ANNA}> paused this batch`),
      expect.stringContaining(`<@${ANNA}> resumed this batch`),
    ]);
    expect((await stage.summary(batchId)).status).toBe('pending');
  });

  it('shows the recipients masked, page by page', async () => {
    const batchId = await stage.started(mobiles(25, 13_800_138_400));
    await show(batchId);
    await anna().click((await shown(batchId))?.ts ?? '', 'sms_details');
    const modal = await stage.slack.waitFor(() => anna().modal());
    expect(shownIn(modal)).toContain('page 1 of 2');
    await anna().click(modal.id, 'sms_details_next');
    await stage.slack.waitFor(() => shownIn(anna().modal()).includes('page 2 of 2'));
    expect(shownIn(anna().modal())).toContain('138****8424');
    await anna().close(modal.id);
  });

  it('goes on without the chart in a workspace that does not know it', async () => {
    stage.slack.weather.set('chartsUnsupported', true);
    const batchId = await stage.started(mobiles(2, 13_800_138_500));
    await show(batchId);
    expect(shownIn(await shown(batchId))).not.toContain('data_visualization');
    const refused = stage.slack.traffic.named('chat.postMessage').length;
    await show(await stage.started(mobiles(2, 13_800_138_600)));
    expect(stage.slack.traffic.named('chat.postMessage')).toHaveLength(refused + 1);
    stage.slack.weather.clear();
  });

  it('obeys Retry-After', async () => {
    const batchId = await stage.started(mobiles(2, 13_800_138_700));
    stage.slack.weather.set('postRateLimited', { times: 1, retryAfterS: 7 });
    expect(await showBatchMessage(stage.post, batchId)).toEqual({ againInMs: 7000 });
    expect(await showBatchMessage(stage.post, batchId)).toEqual({});
    expect(await shown(batchId)).toBeDefined();
  });

  it('does not post a deleted message again, and announces the end in the channel all the same', async () => {
    const batchId = await stage.started(mobiles(2, 13_800_138_800));
    await show(batchId);
    stage.slack.deleteMessage((await shown(batchId))?.ts ?? '');
    await stage.submitAll(batchId);
    await show(batchId);
    await show(batchId);
    expect((await stage.summary(batchId)).slackMessageTs).toBeNull();
    await complete(batchId);
    await announceCompletion(stage.post, batchId);
    expect(stage.slack.messages(stage.marketing).at(-1)?.text).toContain(`<@${ANNA}> Your batch is complete`);
  });

  it('announces the end once, in the thread and in the channel', async () => {
    const batchId = await stage.started(mobiles(3, 13_800_138_900));
    await show(batchId);
    await stage.submitAll(batchId);
    await complete(batchId);
    await announceCompletion(stage.post, batchId);
    await announceCompletion(stage.post, batchId);
    const report = await shown(batchId);
    const replies = stage.slack.messages(stage.marketing).filter((one) => one.thread_ts === report?.ts);
    expect(replies).toHaveLength(1);
    expect(replies[0]).toMatchObject({ subtype: 'thread_broadcast' });
    expect(replies[0]?.text).toContain('3 of 3 messages delivered (100%)');
  });

  it('moves the report to the sender when the channel is lost', async () => {
    const batchId = await stage.started(mobiles(2, 13_800_139_000));
    await show(batchId);
    stage.slack.archive(stage.marketing);
    await stage.submitAll(batchId);
    await show(batchId);
    const direct = anna().direct();
    expect((await stage.summary(batchId)).slackChannelId).toBe(direct);
    expect(shownIn(await shown(batchId))).toContain('cannot write in the channel that you chose');
    await complete(batchId);
    await announceCompletion(stage.post, batchId);
    expect(anna().sees(direct).at(-1)?.text).toContain('Your batch is complete');
  });

  /** As tracking would record it. */
  async function complete(batchId: string): Promise<void> {
    const delivered = stage.heart.db.raw('total_count');
    await stage.heart
      .db('sms_batch')
      .where({ id: batchId })
      .update({
        status: 'completed',
        sending_count: 0,
        success_count: delivered,
        completed_at: stage.heart.db.fn.now(),
        version: stage.heart.db.raw('version + 1'),
      });
  }
});
