import { recordRefusal } from '../../src/batches/authority/record-refusal';
import { pauseBatch, resumeBatch } from '../../src/batches/control/pause-batch';
import { getBatchDetails } from '../../src/batches/views/get-batch-details';
import { type ApiKeyActor, Forbidden, system } from '../../src/tenants/actor';
import { createTestApp, mobiles, type TestApp } from '../setup/app-context';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

test('the audit says who acted: a person, which key of whom, or the product itself', async () => {
  const { app, actor, tenantId, userId } = testApp;
  const key: ApiKeyActor = { kind: 'api_key', tenantId, userId, keyId: '7', acts: ['control'] };
  const batchId = await testApp.started(mobiles(30));
  await pauseBatch(app, actor, batchId);
  await resumeBatch(app, key, batchId);
  await pauseBatch(app, system(tenantId), batchId);
  const events = await app
    .db('audit_event')
    .where({ batch_id: batchId })
    .whereIn('action', ['batch.pause', 'batch.resume'])
    .orderBy('id')
    .select('tenant_id', 'action', 'actor', 'user_id', 'key_id');
  expect(events).toEqual([
    { tenant_id: tenantId, action: 'batch.pause', actor: 'person', user_id: userId, key_id: null },
    { tenant_id: tenantId, action: 'batch.resume', actor: 'api_key', user_id: userId, key_id: '7' },
    { tenant_id: tenantId, action: 'batch.pause', actor: 'system', user_id: null, key_id: null },
  ]);
});

describe('what somebody may do, or be refused, as often as they like', () => {
  const search = (batchId: string, typed: string) =>
    getBatchDetails(testApp.app, testApp.actor, {
      ...{ batchId, filter: 'all', page: 1, pageSize: 10 },
      search: typed,
    });
  const events = (action: string) =>
    testApp.app.db('audit_event').where({ action }).orderBy('id').select('user_id', 'batch_id', 'detail');
  /** As if the events so far were older than a minute. */
  const later = () =>
    testApp.app.db('audit_event').update({ at: testApp.app.db.raw(`at - interval '61 s'`) });

  test('a search among the recipients is written once a minute for each batch, without the number', async () => {
    const { userId } = testApp;
    const [first, second] = [await testApp.started(mobiles(2)), await testApp.started(mobiles(2))];
    const event = (batchId: string) => ({ user_id: userId, batch_id: batchId, detail: {} });
    await search(first, '');
    expect(await events('recipient.search')).toEqual([]);
    for (const typed of ['13800138000', '138001', '13800138001']) await search(first, typed);
    await search(second, '13800138000');
    expect(await events('recipient.search')).toEqual([event(first), event(second)]);
    await later();
    await search(first, '13800138000');
    expect(await events('recipient.search')).toEqual([event(first), event(second), event(first)]);
  });

  test('a refusal is written once a minute for each act and batch; also where there is no batch', async () => {
    const { app, actor, userId } = testApp;
    const batchId = await testApp.started(mobiles(1));
    const onBatch = new Forbidden('export', { batchId, why: 'sight' });
    for (let time = 0; time < 20; time += 1) {
      await recordRefusal(app, actor, onBatch);
      await recordRefusal(app, actor, new Forbidden('find'));
      await recordRefusal(app, actor, new Forbidden('details', { batchId }));
    }
    expect(await events('refused')).toEqual([
      { user_id: userId, batch_id: batchId, detail: { act: 'export', why: 'sight' } },
      { user_id: userId, batch_id: null, detail: { act: 'find', why: 'role' } },
      { user_id: userId, batch_id: batchId, detail: { act: 'details', why: 'role' } },
    ]);
    await later();
    await recordRefusal(app, actor, onBatch);
    expect(await events('refused')).toHaveLength(4);
  });
});
