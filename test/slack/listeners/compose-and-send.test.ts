import { discardDraft } from '../../../src/batches/control/discard-draft';
import { startBatch } from '../../../src/batches/control/start-batch';
import { changeReading } from '../../../src/batches/importing/change-reading';
import { importRecipients } from '../../../src/batches/importing/import-recipients';
import { getReview } from '../../../src/batches/views/get-review';
import { showReview } from '../../../src/slack/posts/show-review';
import { updateStatusMessage } from '../../../src/slack/posts/update-status-message';
import { type Actor, system } from '../../../src/tenants/actor';
import { mobiles } from '../../setup/app-context';
import { ANNA, sharedHarness, shownIn, until } from '../harness';

describe.each(['socket', 'http'] as const)('a conversation over %s', (mode) => {
  const harness = sharedHarness(mode);
  const anna = () => harness.slack.as(ANNA);

  it('goes from the form to the status message', async () => {
    const viewId = await harness.compose();
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

    const batchId = await harness.read();
    const review = anna().modal();
    expect(review?.submit?.text).toBe('Send 2 messages');
    expect(shownIn(review)).toContain('list.csv line 5 (same as line 2)');
    expect(await harness.batches()).toEqual([]);

    await anna().submit(viewId);
    expect(anna().modal()).toBeNull();
    await updateStatusMessage(harness.clients, batchId);
    const [report] = harness.slack.messages(harness.marketing);
    expect(report?.text).toContain('Starting to send 2 messages');
    expect(await harness.summary(batchId)).toMatchObject({ status: 'pending', messageTs: report?.ts });
  });

  it('leaves everything typed in place and says under the fields what is wrong', async () => {
    const viewId = await harness.compose();
    const { errors, view } = await anna().submit(viewId, { Message: '   ', 'Sender ID': 'ACME' });
    expect(errors).toEqual({
      sms_message: 'Write the message first.',
      sms_file: 'Add a file here, or paste numbers below.',
    });
    expect(view?.id).toBe(viewId);
    await anna().close(viewId);
  });

  it('makes one batch of a double click and of a repeated delivery', async () => {
    const before = (await harness.batches()).length;
    const viewId = await harness.compose();
    await anna().submit(
      viewId,
      { Message: 'Once', 'Or paste numbers': '13800138005' },
      { deliverTwice: true },
    );
    const batchId = await harness.read();
    const { problem, errors } = await anna().submit(viewId, {}, { double: true, deliverTwice: true });
    expect({ problem, errors }).toEqual({ problem: null, errors: {} });
    expect(await harness.batches()).toHaveLength(before + 1);
    expect(await harness.summary(batchId)).toMatchObject({ status: 'pending' });
  });

  it('shows the review as a direct message when the modal was closed, and sends from there', async () => {
    const viewId = await harness.compose();
    await anna().submit(viewId, { Message: 'Direct', 'Or paste numbers': '13800138006' });
    await anna().close(viewId);
    const batchId = await harness.read();
    await showReview(harness.clients, batchId);
    const direct = () => anna().sees(anna().direct());
    expect(direct()).toHaveLength(1);
    const [message] = direct();
    await anna().click(message?.ts ?? '', 'sms_send_review', { confirm: true });
    await harness.slack.waitFor(() => shownIn(direct()[0]).includes('Started: 1 message.'));
    expect(await harness.summary(batchId)).toMatchObject({ status: 'pending' });
  });
});

describe('the way to the review', () => {
  const harness = sharedHarness('socket');
  const anna = () => harness.slack.as(ANNA);

  it('has no Send button until the bot is invited to the channel', async () => {
    const viewId = await harness.compose();
    const random = harness.slack.channel('random').id;
    await anna().submit(viewId, { Message: 'Hi', 'Or paste numbers': '13800138000', Channel: random });
    await harness.read();
    expect(anna().modal()?.submit).toBeNull();
    expect(shownIn(anna().modal())).toContain('/invite @bulk_sms');
    anna().invite(random);
    await anna().click(viewId, 'sms_check_review');
    await harness.slack.waitFor(() => anna().modal()?.submit?.text === 'Send 1 message');
    await anna().close(viewId);
    await harness.slack.waitFor(() => harness.slack.traffic.named('view_closed').length > 0);
  });

  it('asks which column holds the numbers, and reads again with the answer', async () => {
    const viewId = await harness.compose();
    const content = 'a,b\n13800138000,13900139000\n13800138001,13900139001\n';
    await anna().submit(viewId, { Message: 'Hi', 'Recipients file': [{ name: 'two.csv', content }] });
    await harness.read();
    expect(anna().modal()?.title?.text).toBe('Which column?');
    const reading = await anna().submit(viewId, { sms_column_0: '1' });
    expect(reading.view?.title?.text).toBe('Reading your list');
    const batchId = await harness.read();
    expect(anna().modal()?.submit?.text).toBe('Send 2 messages');
    await anna().close(viewId);
    await until(async () => (await harness.summary(batchId)).status === 'cancelled');
    await updateStatusMessage(harness.clients, batchId);
    expect(harness.slack.messages(harness.marketing)).toEqual([]);
  });

  describe('after the question about columns', () => {
    const choose = { batchId: '', changes: [{ source: 0, choice: { phoneColumn: 1 } }] };
    /** The form still asks, and the list is read without it. */
    async function answerElsewhere(): Promise<{ viewId: string; actor: Actor }> {
      const viewId = await harness.compose();
      const content = 'a,b\n13800138000,13900139000\n13800138001,13900139001\n';
      await anna().submit(viewId, { Message: 'Hi', 'Recipients file': [{ name: 'two.csv', content }] });
      choose.batchId = await harness.read();
      const actor = system(harness.tenantId);
      await changeReading(harness.app, actor, choose);
      await importRecipients(harness.app, choose.batchId);
      return { viewId, actor };
    }
    const title = () => anna().modal()?.title?.text;

    it('reads again where the list was read meanwhile with another column', async () => {
      const { viewId } = await answerElsewhere();
      await anna().submit(viewId, { sms_column_0: '0' });
      await harness.read();
      await harness.slack.waitFor(() => anna().modal()?.submit?.text === 'Send 2 messages');
      await anna().close(viewId);
    });

    it('says that the draft was discarded meanwhile', async () => {
      const { viewId, actor } = await answerElsewhere();
      await discardDraft(harness.app, actor, choose.batchId);
      await anna().submit(viewId, { sms_column_0: '0' });
      expect(title()).toBe('Which column?');
      expect(shownIn(anna().modal())).toContain('Discarded. Nothing was sent.');
      await anna().close(viewId);
    });

    it('says that it was started meanwhile', async () => {
      const { viewId, actor } = await answerElsewhere();
      const review = await getReview(harness.app, actor, choose.batchId);
      await startBatch(harness.app, actor, { ...choose, version: review?.version ?? 0 });
      await anna().submit(viewId, { sms_column_0: '0' });
      expect(shownIn(anna().modal())).toContain('This batch has already been started.');
      await anna().close(viewId);
    });
  });

  it.each([
    ['discarded', 'Discarded. Nothing was sent.'],
    ['started', 'This batch has already been started.'],
    ['deleted', 'This draft is no longer there.'],
  ])('says in the direct message that the draft was %s before *Discard*', async (fate, said) => {
    const viewId = await harness.compose();
    await anna().submit(viewId, { Message: 'Hi', 'Or paste numbers': '13800138000' });
    await anna().close(viewId);
    const batchId = await harness.read();
    const direct = () => anna().sees(anna().direct()).at(-1);
    const { app } = harness;
    const actor = system(harness.tenantId);
    if (fate === 'discarded') await discardDraft(app, actor, batchId);
    else if (fate === 'started') {
      const review = await getReview(app, actor, batchId);
      await startBatch(app, actor, { batchId, version: review?.version ?? 0 });
    } else await app.db('sms_batch').where({ id: batchId }).delete();
    await anna().click(direct()?.ts ?? '', 'sms_discard_review');
    await harness.slack.waitFor(() => shownIn(direct()).includes(said));
  });

  it('names the file of the row that a duplicate repeats', async () => {
    const viewId = await harness.compose();
    const files = [
      { name: 'a.csv', content: 'phone\n13800138000\n13800138001\n13800138000\n' },
      { name: 'b.csv', content: 'phone\n13800138002\n13800138001\n' },
    ];
    await anna().submit(viewId, {
      Message: 'Hi',
      'Recipients file': files,
      'Or paste numbers': '13800138003\n13800138000',
    });
    await harness.read();
    expect(anna().modal()?.submit?.text).toBe('Send 4 messages');
    const duplicates = ['a.csv line 4 (same as line 2)', 'b.csv line 3 (same as a.csv line 3)'];
    expect(shownIn(anna().modal())).toContain(
      `Duplicate – 3: ${duplicates.join(', ')}, line 2 (same as a.csv line 2)`,
    );
    await anna().close(viewId);
  });

  it('says that a file is no list', async () => {
    const viewId = await harness.compose();
    const content = Buffer.from('504b030414000600', 'hex');
    await anna().submit(viewId, { Message: 'Hi', 'Recipients file': [{ name: 'list.csv', content }] });
    await harness.read();
    expect(shownIn(anna().modal())).toContain('The workbook is damaged or has a password.');
    expect(anna().modal()?.submit).toBeNull();
    await anna().close(viewId);
  });

  it('fetches files for which the form has only the id, and waits for files that are not ready', async () => {
    harness.slack.faults.set('fileStub', { times: 1 });
    harness.slack.faults.set('fileNotReady', { times: 1 });
    const viewId = await harness.compose();
    const content = mobiles(3).join('\n');
    await anna().submit(viewId, { Message: 'Hi', 'Recipients file': [{ name: 'list.csv', content }] });
    await harness.read();
    expect(anna().modal()?.submit?.text).toBe('Send 3 messages');
  });
});
