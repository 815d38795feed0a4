import type { AppContext } from '../../src/batches/app-context';
import { requestExport } from '../../src/batches/exporting/open-export';
import { findTexts } from '../../src/batches/views/find-texts';
import { getBatchDetails } from '../../src/batches/views/get-batch-details';
import { getBatchMessageStatus } from '../../src/batches/views/get-batch-message-status';
import { getBatchSummary, listBatches } from '../../src/batches/views/get-batch-summary';
import { getBatchView } from '../../src/batches/views/get-batch-view';
import { type Act, type Actor, Forbidden, operator, type PersonActor, system } from '../../src/tenants/actor';
import { ensureUser, type Role } from '../../src/tenants/person';
import { ensureTenant } from '../../src/tenants/tenant';
import { ACCOUNT, createTestApp, mobiles, type TestApp } from '../setup/app-context';

/** Who reads what of a batch of the member `owner`, through every verb that reads. */

const SEARCH = { filter: 'all', search: '', page: 1, pageSize: 10 } as const;
const NUMBER = '+8613800138000';

type Membership = 'member' | 'not_member' | 'unknown' | 'no_channel';

interface Who {
  actor: () => Actor;
  membership?: Membership;
  sees: 'all' | 'counts' | 'nothing';
}

const WHO: Record<string, Who> = {
  'the creator': { actor: () => person('owner', 'member'), sees: 'all' },
  'the creator, of whom Slack says nothing': {
    actor: () => person('owner', 'member'),
    membership: 'unknown',
    sees: 'all',
  },
  'a creator who became a guest': { actor: () => person('owner', 'guest'), sees: 'counts' },
  'a member of the channel': {
    actor: () => person('other', 'member'),
    membership: 'member',
    sees: 'all',
  },
  'a member of the workspace, not of the channel': {
    actor: () => person('other', 'member'),
    membership: 'not_member',
    sees: 'counts',
  },
  'a member of whom Slack says nothing': {
    actor: () => person('other', 'member'),
    membership: 'unknown',
    sees: 'counts',
  },
  'a member, where there is no channel': {
    actor: () => person('other', 'member'),
    membership: 'no_channel',
    sees: 'counts',
  },
  'a guest, a bot or a deactivated person, in the channel': {
    actor: () => person('other', 'guest'),
    membership: 'member',
    sees: 'counts',
  },
  'an admin outside the channel': {
    actor: () => person('other', 'admin'),
    membership: 'not_member',
    sees: 'all',
  },
  'a key for reading': { actor: () => key(['view', 'refresh', 'details', 'export', 'find']), sees: 'all' },
  'a key for counts': { actor: () => key(['view', 'refresh']), sees: 'counts' },
  'the product itself': { actor: () => system(testApp.tenantId), sees: 'all' },
  'whoever runs the bot': { actor: () => operator(testApp.tenantId), sees: 'counts' },
  'an admin of another workspace': { actor: () => foreign, sees: 'nothing' },
};

type Read = (app: AppContext, actor: Actor, batchId: string) => Promise<unknown>;

/** Verbs that show the counts to those who may not read. */
const COUNTING: Record<string, Read> = {
  getBatchSummary,
  getBatchView,
  listBatches: async (app, actor) => (await listBatches(app, actor, 10))[0] ?? null,
  getBatchMessageStatus: async (app, actor, batchId) => {
    const answer = await getBatchMessageStatus(app, actor, batchId);
    return answer?.kind === 'answered' ? answer.result : null;
  },
};
/** Verbs that refuse them. */
const REFUSING: Record<string, { act: Act; read: Read }> = {
  getBatchDetails: {
    act: 'details',
    read: (app, actor, batchId) => getBatchDetails(app, actor, { batchId, ...SEARCH }),
  },
  requestExport: {
    act: 'export',
    read: (app, actor, batchId) => requestExport(app, actor as PersonActor, { batchId, part: 'recipients' }),
  },
};

let testApp: TestApp;
let otherId: string;
let foreign: PersonActor;
let batchId: string;
let membership: Membership;
beforeAll(async () => {
  testApp = await createTestApp();
  const { app, tenantId } = testApp;
  const seen = { locale: 'en-US', timeZone: 'UTC', role: 'member' as const };
  // A verb counts no more than the stored role, and no more than the one that it is told.
  const other = { tenantId, slackUserId: 'U0002', role: 'admin' as const };
  otherId = (await ensureUser(app.db, { ...seen, ...other })).id;
  const { id } = await ensureTenant(app.db, { slackTeamId: 'T0002', name: 'Another workspace' });
  await app.accounts.save({ tenantId: id, provider: 'onbuka' }, ACCOUNT);
  const user = await ensureUser(app.db, { ...seen, tenantId: id, slackUserId: 'U0003' });
  foreign = { kind: 'person', tenantId: id, userId: user.id, role: 'admin' };
  app.audiences.test = async ({ batchIds }) =>
    membership === 'no_channel' ? new Map() : new Map(batchIds.map((one) => [one, membership]));
  batchId = await testApp.started(mobiles(2));
  await testApp.submit(batchId);
});
afterAll(() => testApp.close());

const person = (who: 'owner' | 'other', role: Role): Actor => ({
  kind: 'person',
  tenantId: testApp.tenantId,
  userId: who === 'owner' ? testApp.userId : otherId,
  role,
});
const key = (acts: readonly Act[]): Actor => ({
  kind: 'api_key',
  tenantId: testApp.tenantId,
  keyId: '1',
  userId: otherId,
  acts,
});

describe.each(Object.entries(WHO))('%s', (_name, { actor, membership: is = 'not_member', sees }) => {
  beforeEach(() => {
    membership = is;
  });

  test.each(Object.keys(COUNTING))('%s', async (verb) => {
    const seen = (await COUNTING[verb]?.(testApp.app, actor(), batchId)) ?? null;
    const written = JSON.stringify(seen);
    if (sees === 'nothing') return expect(seen).toBeNull();
    expect(written).toContain('"total":2');
    expect(written.includes('"content":"Hello"')).toBe(sees === 'all');
    if (sees === 'all') return;
    // Nothing of what was sent, to whom, by whom and for how much.
    expect(written).not.toMatch(/Hello|sender|externalId|138001|cost|countries|reason/i);
  });

  test.each(Object.keys(REFUSING))('%s', async (verb) => {
    if (verb === 'requestExport' && actor().kind === 'system') return;
    const { act, read } = REFUSING[verb] as (typeof REFUSING)[string];
    const asked = read(testApp.app, actor(), batchId);
    if (sees === 'counts') await expect(asked).rejects.toMatchObject({ code: 'forbidden', act });
    else if (sees === 'nothing') expect([null, { kind: 'not_found' }]).toContainEqual(await asked);
    else expect(await asked).not.toBeNull();
  });

  test('findTexts', async () => {
    const asked = findTexts(testApp.app, actor(), { number: NUMBER, limit: 10 });
    const found = await asked.catch((error) => {
      if (error instanceof Forbidden) return null;
      throw error;
    });
    // Guests, and keys that were not made for it, may not ask at all.
    if (!found) return expect(sees).toBe('counts');
    const texts = sees === 'all' ? [expect.objectContaining({ batchId, content: 'Hello' })] : [];
    const hiddenBatches = sees === 'counts' ? 1 : 0;
    expect(found).toEqual({ texts, total: texts.length, hiddenBatches });
  });
});

test('a refusal for the sake of the channel says so, and names the batch', async () => {
  membership = 'not_member';
  const asked = getBatchDetails(testApp.app, person('other', 'member'), { batchId, ...SEARCH });
  await expect(asked).rejects.toMatchObject({ why: 'sight', batchId });
  const asGuest = getBatchDetails(testApp.app, person('other', 'guest'), { batchId, ...SEARCH });
  await expect(asGuest).rejects.toMatchObject({ why: 'role', batchId });
});

test('nobody is asked about the creator, an admin or a guest', async () => {
  const asked: string[][] = [];
  testApp.app.audiences.counting = async ({ batchIds }) => {
    asked.push(batchIds);
    return new Map();
  };
  for (const [who, role] of [
    ['owner', 'member'],
    ['other', 'admin'],
    ['other', 'guest'],
  ] as const)
    await listBatches(testApp.app, person(who, role), 10);
  expect(asked).toEqual([]);
  await listBatches(testApp.app, person('other', 'member'), 10);
  // One question for all of them.
  expect(asked).toEqual([[batchId]]);
  delete testApp.app.audiences.counting;
});
