import { pauseBatch, resumeBatch } from '../../src/batches/control/pause-batch';
import { type ApiKeyActor, system } from '../../src/tenants/actor';
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
