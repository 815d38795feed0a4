import { createBatch } from '../../../src/batches/importing/create-batch';
import { createTestApp, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
beforeAll(async () => {
  testApp = await createTestApp();
});
afterAll(() => testApp.close());

test('the text of a batch is stored composed, whatever door it comes through', async () => {
  const { batchId } = await createBatch(testApp.app, testApp.actor, {
    accountId: null,
    submitKey: 'decomposed',
    content: 'Cafe\u0301\r\nolé',
    senderId: null,
    defaultCountry: 'US',
    sources: [{ kind: 'pasted', text: '+12025550123' }],
  });
  expect(await testApp.app.db('sms_batch').where({ id: batchId }).pluck('content')).toEqual(['Café\nolé']);
});
