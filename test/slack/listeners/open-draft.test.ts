import { discardDraft } from '../../../src/batches/control/discard-draft';
import { importRecipients } from '../../../src/batches/importing/import-recipients';
import { expireDrafts } from '../../../src/batches/sweeping/expire-drafts';
import { CALLBACKS } from '../../../src/slack/blocks/ids';
import { showReview } from '../../../src/slack/posts/show-review';
import { system } from '../../../src/tenants/actor';
import { ANNA, BEN, freshHarness, shownIn } from '../harness';

describe('who has an open draft and begins another', () => {
  const harness = freshHarness('socket');
  const anna = () => harness.slack.as(ANNA);
  const direct = () => anna().sees(anna().direct());
  const form = (text: string) => ({ Message: text, 'Or paste numbers': '13800138000' });
  beforeEach(() => {
    harness.app.settings.maxDrafts = { perPerson: 1, perKey: 20, perWorkspace: 200 };
  });

  /** A draft whose list is not read yet; its window is closed. */
  async function begun(text: string): Promise<string> {
    const viewId = await harness.compose();
    await anna().submit(viewId, form(text));
    await anna().close(viewId);
    return harness.latestId();
  }

  async function ask(): Promise<string> {
    await anna().command('/sms send', harness.marketing);
    await harness.slack.waitFor(() => anna().modal()?.callback_id === CALLBACKS.openDraft);
    return anna().modal()?.id as string;
  }

  const drafts = () => harness.app.db('sms_batch').orderBy('id').select('content', 'status');

  it('is asked, and continues: the review comes into the window, and its message says so', async () => {
    const batchId = await begun('The first text');
    await harness.read();
    await harness.slack.waitFor(() => direct().length === 1);
    const viewId = await ask();
    expect(shownIn(anna().modal())).toContain('The first text');
    expect(shownIn(anna().modal())).toContain('1 message to review and send');
    await anna().click(viewId, 'sms_continue_draft');
    await harness.slack.waitFor(() => anna().modal()?.submit?.text === 'Send 1 message');
    expect(anna().modal()?.id).toBe(viewId);
    expect(shownIn(direct()[0])).toContain('goes on in the window');
    await anna().submit(viewId);
    expect(await harness.summary(batchId)).toMatchObject({ status: 'pending' });
    // Nothing is open any more.
    await harness.compose();
  });

  it('is asked while the list is still being read, and continues with its progress, then with its review', async () => {
    const batchId = await begun('The first text');
    const viewId = await ask();
    expect(shownIn(anna().modal())).toContain('being read at the moment');
    await anna().click(viewId, 'sms_continue_draft');
    await harness.slack.waitFor(() => anna().modal()?.callback_id === CALLBACKS.reading);
    await importRecipients(harness.app, batchId);
    await showReview(harness.clients, batchId);
    expect(anna().modal()?.submit?.text).toBe('Send 1 message');
    expect(direct()).toEqual([]);
  });

  it('discards it only when that is confirmed, and has the form in the same window', async () => {
    await begun('The first text');
    await harness.read();
    await harness.slack.waitFor(() => direct().length === 1);
    const viewId = await ask();
    await anna().click(viewId, 'sms_replace_draft', { confirm: true });
    await harness.slack.waitFor(() => anna().modal()?.callback_id === CALLBACKS.compose);
    expect(shownIn(direct()[0])).toContain('Discarded. Nothing was sent.');
    await anna().submit(viewId, form('The second text'));
    expect(await drafts()).toEqual([
      { content: 'The first text', status: 'cancelled' },
      { content: 'The second text', status: 'importing' },
    ]);
  });

  it('keeps what was typed where another draft came meanwhile, and says what to do', async () => {
    const viewId = await harness.compose();
    const { settings } = harness.app;
    settings.maxDrafts = { ...settings.maxDrafts, perPerson: 1 };
    const other = await draftElsewhere();
    const refused = await anna().submit(viewId, form('Typed with care'));
    expect(refused.errors.sms_message).toContain('1 open draft, as many as one person may');
    expect(refused.view?.id).toBe(viewId);
    await discardDraft(harness.app, system(harness.tenantId), other);
    expect((await anna().submit(viewId)).view?.callback_id).toBe(CALLBACKS.reading);
    expect(await drafts()).toContainEqual({ content: 'Typed with care', status: 'importing' });
  });

  it('says so where the workspace has as many as it may, and another person is asked nothing', async () => {
    harness.app.settings.maxDrafts = { perPerson: 1, perKey: 20, perWorkspace: 1 };
    await begun('The first text');
    const viewId = await harness.compose(BEN);
    const { errors } = await harness.slack.as(BEN).submit(viewId, form('Another text'));
    expect(errors.sms_message).toContain('Your workspace has 1 open draft, as many');
  });

  it('is told once, quietly, when the draft has expired', async () => {
    const batchId = await begun('The first text');
    await harness.read();
    await harness.slack.waitFor(() => direct().length === 1);
    const { db } = harness.app;
    await db('sms_batch')
      .where({ id: batchId })
      .update({ moved_at: db.raw(`now() - interval '25 hours'`) });
    await expireDrafts(harness.app);
    for (let time = 0; time < 2; time += 1) await showReview(harness.clients, batchId);
    expect(direct()).toHaveLength(1);
    expect(shownIn(direct()[0])).toContain('nobody sent or changed it for 24 hours');
    await harness.compose();
  });

  it('reads in an old review why nothing was sent', async () => {
    const viewId = await harness.compose();
    await anna().submit(viewId, form('The first text'));
    const batchId = await harness.read();
    const { db } = harness.app;
    await db('sms_batch')
      .where({ id: batchId })
      .update({ moved_at: db.raw(`now() - interval '25 hours'`) });
    await expireDrafts(harness.app);
    const { view } = await anna().submit(viewId);
    expect(shownIn(view)).toContain('This draft has expired');
  });

  /** Of the same person, from another device. */
  async function draftElsewhere(): Promise<string> {
    const { db } = harness.app;
    const [first] = await db('sms_batch')
      .insert({
        tenant_id: harness.tenantId,
        user_id: db('app_user').where({ external_id: ANNA }).select('id'),
        channel: 'onbuka',
        status: 'importing',
        content: 'From another device',
        submit_key: 'other-device',
        order_prefix: 'other-device',
      })
      .returning('id');
    return first.id;
  }
});
