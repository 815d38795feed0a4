import type { Difference } from '../../../src/batches/reconciling/compare-records';
import { maskUnread } from '../../../src/batches/reconciling/mask-unread';
import type { Actor } from '../../../src/tenants/actor';
import { ensureUser, type Role } from '../../../src/tenants/person';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';

/** In a comparison, numbers of batches that whoever asked may not read are masked. */

let testApp: TestApp;
let otherId: string;
let batchId: string;
const inChannel = new Set<string>();
beforeAll(async () => {
  testApp = await createTestApp();
  const { app, tenantId } = testApp;
  const seen = { locale: 'en-US', timeZone: 'UTC', role: 'member' as const };
  otherId = (await ensureUser(app.db, { ...seen, tenantId, slackUserId: 'U0002' })).id;
  batchId = await testApp.started(mobiles(1));
  app.audiences.test = async ({ userId, batchIds }) =>
    new Map(batchIds.map((id) => [id, inChannel.has(userId) ? 'member' : 'not_member']));
});
afterAll(() => testApp.close());
beforeEach(() => inChannel.clear());

const difference = (id: string | null, number: string): Difference => ({
  kind: id ? 'outcome' : 'only_theirs',
  accountId: '1',
  messageId: 'm',
  number,
  batchId: id,
  ours: null,
  theirs: 'delivered',
});

async function numbersFor(userId: string, role: Role): Promise<string[]> {
  const reader: Actor = { kind: 'person', tenantId: testApp.tenantId, userId, role };
  async function* blocks() {
    yield [difference(batchId, '+8613800138000'), difference(null, '+8613900139000')];
    yield [difference(batchId, '+8613800138000'), difference('999999', '+8613800138000')];
  }
  const numbers = [];
  for await (const block of maskUnread(testApp.app, reader, blocks())) numbers.push(...block);
  return numbers.map(({ number }) => number);
}

const [WHOLE, MASKED] = ['+8613800138000', '+86 138****8000'];
const [FOREIGN, FOREIGN_MASKED] = ['+8613900139000', '+86 139****9000'];

test('whoever sent a batch, and members of its channel, read its numbers, and no others', async () => {
  expect(await numbersFor(testApp.userId, 'member')).toEqual([WHOLE, FOREIGN_MASKED, WHOLE, MASKED]);
  expect(await numbersFor(otherId, 'member')).toEqual([MASKED, FOREIGN_MASKED, MASKED, MASKED]);
  inChannel.add(otherId);
  expect(await numbersFor(otherId, 'member')).toEqual([WHOLE, FOREIGN_MASKED, WHOLE, MASKED]);
});

test('an admin reads those of no batch too; who became a guest reads none', async () => {
  expect(await numbersFor(otherId, 'admin')).toEqual([WHOLE, FOREIGN, WHOLE, MASKED]);
  expect(await numbersFor(testApp.userId, 'guest')).toEqual([MASKED, FOREIGN_MASKED, MASKED, MASKED]);
});
