import { retryFailed } from '../../../../src/batches/control/send-again';
import { system } from '../../../../src/tenants/actor';
import { ANNA, LIWEI, sharedHarness, shownIn } from '../../harness';

describe('/sms find', () => {
  const harness = sharedHarness('socket');
  const anna = () => harness.slack.as(ANNA);
  const answers = () =>
    anna()
      .sees(harness.marketing)
      .filter((one) => one.ephemeral_to === ANNA);
  async function ask(text: string): Promise<string> {
    const before = answers().length;
    await anna().command(text, harness.marketing);
    await harness.slack.waitFor(() => answers().length > before);
    return shownIn(answers().at(-1)).replaceAll('\\n', '\n');
  }

  it('shows every text to a number, newest first, each send attempt with its outcome, and the number masked', async () => {
    const first = await harness.started(['13800138000', '13800138001']);
    await harness.submitAll(first);
    const failed = { status: 'failed', failure_reason: '-9' };
    const one = { batch_id: first, recipient_number: '+8613800138000' };
    await harness.app.db('sms_batch_buka_detail').where(one).update(failed);
    await harness.app.db('sms_batch').where({ id: first }).update({ failed_count: 1, sending_count: 1 });
    for (const record of harness.provider.statuses.values()) record.status = 'failed';
    await retryFailed(harness.app, system(harness.tenantId), { batchId: first });
    const second = await harness.started(['13800138000']);

    const shown = await ask('/sms find 138 0013 8000');
    expect(shown).toContain('+86 138****8000: 3 texts');
    expect(shown).not.toContain('13800138000');
    const told = [...shown.matchAll(/\*(\w+)\*.*?(attempt \d)?\n +batch (\d+)/g)].map((m) => [
      m[1],
      m[2],
      m[3],
    ]);
    expect(told).toEqual([
      ['Waiting', undefined, second],
      ['Waiting', 'attempt 2', first],
      ['Failed', undefined, first],
    ]);
    expect(shown).toContain('The provider does not accept the number.');
  });

  it('finds the number however it is written', async () => {
    for (const written of [
      '+86 138-0013-8001',
      '008613800138001',
      'tel:13800138001',
      '１３８ ００１３ ８００１',
    ]) {
      expect(await ask(`/sms find ${written}`)).toContain('+86 138****8001: 1 text');
    }
  });

  it('shows nothing of another workspace, and nothing that was never started', async () => {
    const batchId = await harness.started(['13800138002']);
    const { db } = harness.app;
    await db('sms_batch').where({ id: batchId }).update({ started_at: null });
    expect(await ask('/sms find 13800138002')).toContain('No text has been sent to +86 138****8002');
    const [other] = await db('tenant').insert({ slack_team_id: 'T0OTHER', name: 'Other' }).returning('id');
    const elsewhere = { started_at: db.fn.now(), tenant_id: other.id };
    await db('sms_batch').where({ id: batchId }).update(elsewhere);
    expect(await ask('/sms find 13800138002')).toContain('No text has been sent to +86 138****8002');
  });

  it('says what is wrong with what is no number, and how to write one', async () => {
    expect(await ask('/sms find Bob')).toContain('Not a phone number. Write it with its country code');
    expect(await ask('/sms find')).toContain('/sms find +86 138 0013 8000');
  });

  it('records who searched, and not for which number', async () => {
    const rows = await harness.app.db('audit_event').where({ action: 'recipient.find' }).orderBy('id');
    expect(rows[0]).toMatchObject({ batch_id: null, detail: { found: 3 } });
    expect(shownIn(rows)).not.toContain('1380013');
  });

  it('is not for guests', async () => {
    await harness.slack.as(LIWEI).command('/sms help', harness.marketing);
    const liwei = () => shownIn(harness.slack.as(LIWEI).sees(harness.marketing));
    await harness.slack.waitFor(() => liwei().includes('群发短信'));
    // Slack is asked afresh before somebody is looked up.
    harness.slack.changePerson(LIWEI, { is_restricted: true });
    await harness.slack.as(LIWEI).command('/sms find 13800138000', harness.marketing);
    await harness.slack.waitFor(() => liwei().includes('访客不能查找收件人'));
    expect(liwei()).not.toContain('8000:');
  });
});
