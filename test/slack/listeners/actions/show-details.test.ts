import { retryFailed } from '../../../../src/batches/control/send-again';
import { getBatchDetails } from '../../../../src/batches/views/get-batch-details';
import { updateStatusMessage } from '../../../../src/slack/posts/update-status-message';
import { system } from '../../../../src/tenants/actor';
import { mobiles } from '../../../setup/app-context';
import { ANNA, sharedHarness, shownIn } from '../../harness';

describe('the details', () => {
  const harness = sharedHarness('socket');
  let batchId: string;
  beforeAll(async () => {
    batchId = await harness.started([...mobiles(45, 13_800_138_000), 'nonsense']);
    await updateStatusMessage(harness.clients, batchId);
    await harness.submitAll(batchId);
    await move(['+8613800138003', '+8613800138024'], {
      status: 'failed',
      failure_reason: '-9',
      settled_by: 'push',
    });
    await harness.app.db('sms_batch').where({ id: batchId }).update({ failed_count: 2, sending_count: 43 });
  });
  const anna = () => harness.slack.as(ANNA);
  const shown = () => shownIn(anna().modal());
  const move = (numbers: string[], change: object) =>
    harness.app
      .db('sms_batch_buka_detail')
      .where({ batch_id: batchId })
      .whereIn('recipient_number', numbers)
      .update(change);
  async function open(): Promise<string> {
    await anna().click((await harness.summary(batchId)).messageTs ?? '', 'sms_details');
    return (await harness.slack.waitFor(() => anna().modal())).id;
  }

  it('filter by state and show page after page', async () => {
    const viewId = await open();
    await anna().submit(viewId, { Who: 'Failed' });
    expect(shown()).toContain('138****8003');
    expect(shown()).toContain('138****8024');
    expect(shown()).not.toContain('138****8004');
    await anna().submit(viewId, { Who: 'Sending' });
    expect(shown()).toContain('page 1 of 3');
    await anna().click(viewId, 'sms_details_next');
    await harness.slack.waitFor(() => shown().includes('page 2 of 3'));
    expect(shown()).not.toContain('138****8024');
    expect(shown()).toContain('138****8025');
    await anna().close(viewId);
  });

  it('show the rows left out, without their cells', async () => {
    const viewId = await open();
    await anna().submit(viewId, { Who: 'Left out of the list' });
    expect(shown()).toContain('line 46 · Not a phone number');
    expect(shown()).not.toContain('nonsense');
    await anna().close(viewId);
  });

  it('find a recipient by the last digits or the whole number', async () => {
    const viewId = await open();
    await anna().submit(viewId, { 'Number, or its last digits': '803' });
    expect(shown()).toContain('There are no recipients to show.');
    await anna().submit(viewId, { 'Number, or its last digits': '８００３' });
    expect(shown()).toContain('138****8003');
    await anna().submit(viewId, { 'Number, or its last digits': '8003' });
    expect(shown()).toContain('138****8003');
    await anna().submit(viewId, { 'Number, or its last digits': '+86 138 0013 8044' });
    expect(shown()).toContain('138****8044');
    expect(shown()).not.toContain('138****8003');
    await anna().close(viewId);
  });

  it('find a row that was left out by the digits in its cell', async () => {
    const rows = ['（０２１）５５５－０１８８', 'call 555 0177', 'nonsense'];
    await harness.app.db('sms_rejected_recipient').insert(
      rows.map((raw, index) => ({
        batch_id: batchId,
        source: 0,
        line: 101 + index,
        raw,
        reason: 'not_a_phone_number',
        reason_detail: '{"code":"not_a_phone_number"}',
      })),
    );
    const viewId = await open();
    await anna().submit(viewId, { Who: 'Left out of the list', 'Number, or its last digits': '5550188' });
    expect(shown()).toContain('line 101 · Not a phone number');
    expect(shown()).not.toContain('line 102');
    expect(shown()).toContain('page 1 of 1');
    await anna().submit(viewId, { 'Number, or its last digits': '5550199' });
    expect(shown()).toContain('There are no recipients to show.');
    await anna().close(viewId);
    await harness.app.db('sms_rejected_recipient').where('line', '>', 100).delete();
  });

  it('find by the last digits what would be a whole number in the country of the list', async () => {
    await harness.app.db('sms_batch').where({ id: batchId }).update({ default_country: 'HK' });
    await move(['+8613800138044'], { recipient_number: '+8613891234567' });
    const viewId = await open();
    await anna().submit(viewId, { 'Number, or its last digits': '91234567' });
    expect(shown()).toContain('138****4567');
    await anna().submit(viewId, { 'Number, or its last digits': '+852 9123 4567' });
    expect(shown()).toContain('There are no recipients to show.');
    await anna().close(viewId);
    await move(['+8613891234567'], { recipient_number: '+8613800138044' });
    await harness.app.db('sms_batch').where({ id: batchId }).update({ default_country: 'CN' });
  });

  it('show no history if a search finds several, even on a last page with one', async () => {
    const viewId = await open();
    await anna().submit(viewId, { 'Number, or its last digits': '8001' });
    expect(shown()).toContain('*Attempt 1*');
    await anna().submit(viewId, { 'Number, or its last digits': '+86 138 0013 8044', Who: 'Sending' });
    expect(shown()).toContain('*Attempt 1*');
    const key = {
      batchId,
      filter: 'all',
      search: '3800138',
      pageSize: 22,
    } as const;
    await move(['+8613800138044'], { recipient_number: '+8613803800138' });
    await move(['+8613800138043'], { recipient_number: '+8613903800138' });
    const found = await getBatchDetails(harness.app, system(harness.tenantId), {
      ...key,
      page: 2,
      pageSize: 1,
    });
    expect(found).toMatchObject({ recipients: [{ line: 45 }], history: null, pages: 2 });
    await move(['+8613803800138'], { recipient_number: '+8613800138044' });
    await move(['+8613903800138'], { recipient_number: '+8613800138043' });
    await anna().close(viewId);
  });

  it('ask for more digits rather than show half the list', async () => {
    const viewId = await open();
    const { errors } = await anna().submit(viewId, { 'Number, or its last digits': '44' });
    expect(errors).toEqual({ sms_details_search: expect.stringContaining('at least its last three digits') });
    await anna().close(viewId);
  });

  it('show the whole history of a single found recipient', async () => {
    await harness.app.db('sms_batch').where({ id: batchId }).update({ status: 'submitted' });
    for (const one of harness.provider.statuses.values()) one.status = 'failed';
    await retryFailed(harness.app, system(harness.tenantId), { batchId });
    await harness.submitAll(batchId);
    const viewId = await open();
    await anna().submit(viewId, { 'Number, or its last digits': '8024' });
    const told = shown();
    expect(told.indexOf('*Attempt 2*')).toBeGreaterThan(0);
    expect(told.indexOf('*Attempt 1*')).toBeGreaterThan(told.indexOf('*Attempt 2*'));
    expect(told).toContain('The provider does not accept the number.');
    expect(told).toContain('reported by the provider');
    expect(told).toMatch(/Submitted <!date[^>]*> · request \d+/);
    expect(told).toContain('Accepted by the provider');
    const orders = await harness.app
      .db('sms_send_attempt')
      .where({ recipient_number: '+8613800138024' })
      .pluck('order_id');
    expect(told).toContain(orders[0]);
    expect(told).toContain(`${orders[0]}.2`);
    await anna().close(viewId);
  });
});
