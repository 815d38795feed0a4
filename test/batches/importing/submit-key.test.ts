import { createBatch } from '../../../src/batches/importing/create-batch';
import type { PersonActor } from '../../../src/tenants/actor';
import { ensureUser } from '../../../src/tenants/person';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
let other: PersonActor;
beforeEach(async () => {
  testApp = await createTestApp();
  const { app, tenantId } = testApp;
  const seen = { slackUserId: 'U0002', locale: 'en-US', timeZone: 'UTC', role: 'member' as const };
  const { id } = await ensureUser(app.db, { ...seen, tenantId });
  other = { kind: 'person', tenantId, userId: id, role: 'member' };
});
afterEach(() => testApp.close());

const create = (actor: PersonActor, content: string) =>
  createBatch(testApp.app, actor, {
    accountId: null,
    submitKey: 'one-key',
    content,
    senderId: null,
    defaultCountry: 'CN',
    sources: [{ kind: 'pasted', text: mobiles(1).join('\n') }],
  });

test('a modal that is delivered twice, even at once, is one batch', async () => {
  const { actor } = testApp;
  const both = await Promise.all([create(actor, 'Hello'), create(actor, 'Hello')]);
  expect(both.map(({ created }) => created).sort()).toEqual([false, true]);
  expect(await create(actor, 'Hello')).toEqual({ batchId: both[0].batchId, created: false });
  expect(await testApp.app.db('sms_batch').pluck('id')).toEqual([both[0].batchId]);
});

test('a second person with the same key gets a draft of their own', async () => {
  const { actor } = testApp;
  const own = await create(actor, 'Hello');
  const others = await create(other, 'Something else');
  expect(others).toMatchObject({ created: true });
  expect(await create(actor, 'Hello')).toEqual({ batchId: own.batchId, created: false });
  expect(await create(other, 'Something else')).toEqual({ batchId: others.batchId, created: false });
  expect(await testApp.app.db('sms_batch').orderBy('id').select('user_id', 'content')).toEqual([
    { user_id: actor.userId, content: 'Hello' },
    { user_id: other.userId, content: 'Something else' },
  ]);
});
