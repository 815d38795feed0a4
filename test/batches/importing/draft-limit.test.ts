import { discardDraft } from '../../../src/batches/control/discard-draft';
import { startBatch } from '../../../src/batches/control/start-batch';
import { createBatch } from '../../../src/batches/importing/create-batch';
import { TooManyDrafts } from '../../../src/batches/importing/draft-limit';
import type { ApiKeyActor, PersonActor } from '../../../src/tenants/actor';
import { ensureUser } from '../../../src/tenants/person';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
  testApp.app.settings.maxDrafts = { perPerson: 1, perKey: 2, perWorkspace: 4 };
});
afterEach(() => testApp.close());

const key = (keyId: string): ApiKeyActor => ({ ...testApp.actor, kind: 'api_key', keyId, acts: ['send'] });

async function member(slackUserId: string): Promise<PersonActor> {
  const { tenantId, app } = testApp;
  const profile = { tenantId, slackUserId, locale: 'en-US', timeZone: 'UTC', role: 'member' as const };
  const { id } = await ensureUser(app.db, profile);
  return { ...testApp.actor, userId: id };
}

const begin = (actor: PersonActor | ApiKeyActor, submitKey: string) =>
  createBatch(testApp.app, actor, {
    accountId: null,
    submitKey,
    content: 'Hello',
    senderId: null,
    defaultCountry: 'CN',
    sources: [{ kind: 'pasted', text: '13800138000' }],
  });

const fault = (of: TooManyDrafts['of'], most: number) => expect.objectContaining({ of, most });
const drafts = async () => Number((await testApp.app.db('sms_batch').count('* as n').first())?.n);

test('of two drafts that a person begins at the same moment one is stored, with nothing of the other', async () => {
  const both = await Promise.allSettled([begin(testApp.actor, 'one'), begin(testApp.actor, 'two')]);
  const refused = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(refused).toEqual([fault('person', 1)]);
  expect(refused[0]).toBeInstanceOf(TooManyDrafts);
  expect(await drafts()).toBe(1);
  expect(await testApp.app.db('sms_batch_source')).toHaveLength(1);
});

test('sixty drafts of one person are one, and another person begins meanwhile', async () => {
  const sixty = Array.from({ length: 60 }, (_, index) => begin(testApp.actor, `form ${index}`));
  const other = await member('U0OTHER');
  const [own, others] = await Promise.all([Promise.allSettled(sixty), begin(other, 'of another')]);
  expect(own.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(others).toMatchObject({ created: true });
  expect(await drafts()).toBe(2);
  expect(await testApp.app.db('sms_batch_source')).toHaveLength(2);
});

test('the same form sent twice is the same draft, and no second one', async () => {
  const first = await begin(testApp.actor, 'one');
  expect(await begin(testApp.actor, 'one')).toEqual({ ...first, created: false });
});

test('a draft that was sent or discarded makes room for the next', async () => {
  const sent = await testApp.draft(mobiles(1));
  await startBatch(testApp.app, testApp.actor, sent);
  const { batchId } = await begin(testApp.actor, 'two');
  await expect(begin(testApp.actor, 'three')).rejects.toEqual(fault('person', 1));
  await discardDraft(testApp.app, testApp.actor, batchId);
  await expect(begin(testApp.actor, 'three')).resolves.toMatchObject({ created: true });
});

test('an API key has a number of its own, beside the person who made it', async () => {
  await begin(testApp.actor, 'by hand');
  await begin(key('1'), 'a1');
  await begin(key('1'), 'a2');
  await expect(begin(key('1'), 'a3')).rejects.toEqual(fault('key', 2));
  await begin(key('2'), 'b1');
});

test('a workspace has a number, whoever begins, also at the same moment', async () => {
  const people = await Promise.all(['U1', 'U2', 'U3', 'U4', 'U5', 'U6'].map(member));
  const all = await Promise.allSettled(people.map((person, index) => begin(person, `of ${index}`)));
  const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(refused).toEqual([fault('workspace', 4), fault('workspace', 4)]);
  expect(await drafts()).toBe(4);
});
