import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { blockPerson, unblockPerson } from '../../src/batches/administering/block-person';
import { deleteDraft } from '../../src/batches/administering/delete-draft';
import { listBlockedPeople, listDraftsOfAll, listPeopleUse } from '../../src/batches/administering/list-use';
import type { AppContext } from '../../src/batches/app-context';
import { cancelBatch } from '../../src/batches/control/cancel-batch';
import { discardDraft } from '../../src/batches/control/discard-draft';
import { moveToAccount } from '../../src/batches/control/move-to-account';
import { pauseBatch, resumeBatch } from '../../src/batches/control/pause-batch';
import { leaveUncertain, resendUncertain, retryFailed } from '../../src/batches/control/send-again';
import { startBatch } from '../../src/batches/control/start-batch';
import { estimateReviewCost } from '../../src/batches/costs/estimate-cost';
import { requestExport } from '../../src/batches/exporting/open-export';
import { changeReading } from '../../src/batches/importing/change-reading';
import { createBatch } from '../../src/batches/importing/create-batch';
import { listLongRequests, stopLongRequest } from '../../src/batches/long-requests/stop-long-request';
import { requestComparison } from '../../src/batches/reconciling/compare-records';
import { findDraftInTheWay } from '../../src/batches/views/find-open-draft';
import { findTexts } from '../../src/batches/views/find-texts';
import { getAccountBalance } from '../../src/batches/views/get-account-balance';
import { getBatchDetails } from '../../src/batches/views/get-batch-details';
import { getBatchMessageStatus } from '../../src/batches/views/get-batch-message-status';
import { getBatchSummary, listBatches } from '../../src/batches/views/get-batch-summary';
import { getBatchView } from '../../src/batches/views/get-batch-view';
import { getReview } from '../../src/batches/views/get-review';
import { getUsageReport } from '../../src/batches/views/get-usage-report';
import { listUncertainExamples } from '../../src/batches/views/list-uncertain-examples';
import { ACTS, type Act, type Actor, Forbidden, type PersonActor, system } from '../../src/tenants/actor';
import { ensureUser, type Role, type SlackRole } from '../../src/tenants/person';
import { ensureTenant } from '../../src/tenants/tenant';
import { ACCOUNT, createTestApp, mobiles, type TestApp } from '../setup/app-context';

/** What a verb is tried on: a draft and a started batch of one member, and their versions. */
interface Batches {
  draft: { batchId: string; version: number };
  started: string;
}

type Call = (app: AppContext, actor: never, batches: Batches) => Promise<unknown>;
const call = <A extends Actor>(verb: (app: AppContext, actor: A, on: Batches) => Promise<unknown>) =>
  verb as Call;

const DAYS = { from: '2026-11-20', to: '2026-11-21', timeZone: 'UTC' };
const DRAFT = { accountId: null, content: 'Hello', senderId: null, defaultCountry: 'CN' };
/** What verbs return where the workspace has no such batch. */
const NOT_FOUND: unknown[] = [null, false, [], { kind: 'not_found' }, { kind: 'nobody' }];
let drafts = 0;

/** Every verb that somebody can cause, the act that it is, and whether it is one on a certain batch. */
const VERBS: Record<string, { act: Act; onBatch: boolean; call: Call }> = {
  createBatch: {
    act: 'send',
    onBatch: false,
    call: call<PersonActor>((app, actor) => {
      drafts += 1;
      const sources = [{ kind: 'pasted' as const, text: '13800138000' }];
      return createBatch(app, actor, { ...DRAFT, submitKey: `authority-${drafts}`, sources });
    }),
  },
  startBatch: {
    act: 'draft',
    onBatch: true,
    call: call((app, actor, { draft }) => startBatch(app, actor, draft)),
  },
  getReview: {
    act: 'draft',
    onBatch: true,
    call: call((app, actor, { draft }) => getReview(app, actor, draft.batchId)),
  },
  discardDraft: {
    act: 'draft',
    onBatch: true,
    call: call((app, actor, { draft }) => discardDraft(app, actor, draft.batchId)),
  },
  changeReading: {
    act: 'draft',
    onBatch: true,
    call: call((app, actor, { draft: { batchId } }) =>
      changeReading(app, actor, { batchId, changes: [{ source: 0, choice: { phoneColumn: 0 } }] }),
    ),
  },
  estimateReviewCost: {
    act: 'draft',
    onBatch: true,
    call: call((app, actor, { draft: { batchId } }) =>
      estimateReviewCost(app, actor, { batchId, countries: [{ country: 'CN', count: 1 }], segments: 1 }),
    ),
  },
  pauseBatch: onStarted('control', pauseBatch),
  resumeBatch: onStarted('control', resumeBatch),
  cancelBatch: onStarted('control', cancelBatch),
  retryFailed: onStarted('control', (app, actor, batchId) => retryFailed(app, actor, { batchId })),
  resendUncertain: onStarted('control', (app, actor, batchId) => resendUncertain(app, actor, { batchId })),
  leaveUncertain: onStarted('control', (app, actor, batchId) => leaveUncertain(app, actor, { batchId })),
  moveToAccount: onStarted('control', (app, actor, batchId) =>
    moveToAccount(app, actor, { batchId, from: '1', to: '2' }),
  ),
  listUncertainExamples: onStarted('control', listUncertainExamples),
  getBatchSummary: onStarted('view', getBatchSummary),
  getBatchView: onStarted('view', getBatchView),
  getBatchMessageStatus: onStarted('refresh', getBatchMessageStatus),
  getBatchDetails: onStarted('details', (app, actor, batchId) =>
    getBatchDetails(app, actor, { batchId, filter: 'all', search: '', page: 1, pageSize: 10 }),
  ),
  requestExport: {
    act: 'export',
    onBatch: true,
    call: call<PersonActor>((app, actor, { started: batchId }) =>
      requestExport(app, actor, { batchId, part: 'recipients' }),
    ),
  },
  findDraftInTheWay: {
    act: 'send',
    onBatch: false,
    call: call<PersonActor>((app, actor) => findDraftInTheWay(app, actor)),
  },
  listBatches: { act: 'view', onBatch: false, call: call((app, actor) => listBatches(app, actor, 10)) },
  getAccountBalance: {
    act: 'balance',
    onBatch: false,
    call: call((app, actor) => getAccountBalance(app, actor, { userId: '1', accountId: null })),
  },
  findTexts: {
    act: 'find',
    onBatch: false,
    call: call((app, actor) => findTexts(app, actor, { number: '+8613800138000', limit: 5 })),
  },
  getUsageReport: {
    act: 'usageReport',
    onBatch: false,
    call: call((app, actor) => getUsageReport(app, actor, DAYS)),
  },
  listLongRequests: {
    act: 'export',
    onBatch: false,
    call: call((app, actor) => listLongRequests(app, actor)),
  },
  stopLongRequest: {
    act: 'control',
    onBatch: false,
    call: call(async (app, actor, { started }) => {
      // The one of its owner: it is put there without a job, and what is stopped stays open until the job ends it.
      await app
        .db('long_request')
        .insert({
          ...{ id: started, kind: 'export', tenant_id: testApp.tenantId, user_id: testApp.userId },
          ...{ batch_id: started, subject: started },
        })
        .onConflict('id')
        .merge(['stop_asked_at']);
      return stopLongRequest(app, actor, started);
    }),
  },
  blockPerson: {
    act: 'administer',
    onBatch: false,
    // Nobody of the workspace: block-person.test.ts blocks people.
    call: call((app, actor) => blockPerson(app, actor, '999999')),
  },
  unblockPerson: {
    act: 'administer',
    onBatch: false,
    call: call((app, actor) => unblockPerson(app, actor, '999999')),
  },
  deleteDraft: {
    act: 'administer',
    onBatch: false,
    call: call((app, actor, { draft }) => deleteDraft(app, actor, draft.batchId)),
  },
  listPeopleUse: {
    act: 'administer',
    onBatch: false,
    call: call((app, actor) => listPeopleUse(app, actor, { days: 7, limit: 5 })),
  },
  listDraftsOfAll: {
    act: 'administer',
    onBatch: false,
    call: call((app, actor) => listDraftsOfAll(app, actor, 5)),
  },
  listBlockedPeople: {
    act: 'administer',
    onBatch: false,
    call: call((app, actor) => listBlockedPeople(app, actor, 5)),
  },
  requestComparison: {
    act: 'compare',
    onBatch: false,
    call: call<PersonActor>((app, actor) => requestComparison(app, actor, DAYS)),
  },
};

function onStarted(act: Act, verb: (app: AppContext, actor: Actor, batchId: string) => Promise<unknown>) {
  return { act, onBatch: true, call: call((app, actor, { started }) => verb(app, actor, started)) };
}

/** Who asks, and which acts they may do: on any batch, and on a batch of the member `owner`. */
const LOOKING: Act[] = ['view', 'refresh', 'details', 'balance', 'export', 'find', 'usageReport', 'compare'];
/** All that a member may do with what is theirs. */
const MEMBERS: readonly Act[] = ACTS.filter((act) => act !== 'administer');
const ACTORS: Record<string, { actor: () => Actor | Promise<Actor>; may: readonly Act[] }> = {
  owner: { actor: () => person('owner', 'member'), may: MEMBERS },
  'another member': { actor: () => person('other', 'member'), may: ['send', ...LOOKING] },
  'an admin': { actor: () => person('other', 'admin'), may: ACTS.filter((act) => act !== 'draft') },
  'a guest': { actor: () => person('other', 'guest'), may: ['view', 'refresh'] },
  'an admin who is blocked': { actor: () => person('other', 'blocked', 'admin'), may: [] },
  'an owner who is blocked': { actor: () => person('owner', 'blocked'), may: [] },
  'a key of somebody who is blocked': {
    actor: async () => {
      const of = await key('owner', ACTS);
      await person('owner', 'blocked');
      return of;
    },
    may: [],
  },
  'an owner who became a guest': { actor: () => person('owner', 'guest'), may: ['view', 'refresh'] },
  'a key of the owner': {
    actor: () => person('owner', 'member').then(() => key('owner', ACTS)),
    may: MEMBERS,
  },
  'a key of the owner, for looking': { actor: () => key('owner', ['view']), may: ['view'] },
  'a key of another member': { actor: () => key('other', ACTS), may: ['send', ...LOOKING] },
  'a key for nothing': { actor: () => key('owner', []), may: [] },
  'the product itself': { actor: () => system(testApp.tenantId), may: ACTS },
};

let testApp: TestApp;
let otherId: string;
let foreign: PersonActor;
beforeAll(async () => {
  testApp = await createTestApp();
  const { app, tenantId } = testApp;
  // What else decides who reads a batch is in sight.test.ts.
  app.audiences.everybody = async ({ batchIds }) => new Map(batchIds.map((id) => [id, 'member']));
  const seen = { locale: 'en-US', timeZone: 'UTC', role: 'member' as const };
  otherId = (await ensureUser(app.db, { ...seen, tenantId, slackUserId: 'U0002' })).id;
  const { id } = await ensureTenant(app.db, { slackTeamId: 'T0002', name: 'Another workspace' });
  await app.accounts.save({ tenantId: id, provider: 'onbuka' }, ACCOUNT);
  const ofAnother = { tenantId: id, slackUserId: 'U0003', role: 'admin' as const };
  const user = await ensureUser(app.db, { ...seen, ...ofAnother });
  foreign = { kind: 'person', tenantId: id, userId: user.id, role: 'admin' };
});
afterAll(() => testApp.close());

const idOf = (who: 'owner' | 'other') => (who === 'owner' ? testApp.userId : otherId);
/** As Slack has told it: a verb counts no more than the role that is stored at its moment. */
async function person(
  who: 'owner' | 'other',
  now: Role,
  before: SlackRole = now === 'blocked' ? 'member' : now,
): Promise<Actor> {
  const { app, tenantId } = testApp;
  await app
    .db('app_user')
    .where({ id: idOf(who) })
    .update({ role: before, blocked_at: now === 'blocked' ? new Date() : null });
  // Who is blocked was identified before: the verb sees it all the same.
  return { kind: 'person', tenantId, userId: idOf(who), role: before };
}
async function key(who: 'owner' | 'other', acts: readonly Act[]): Promise<Actor> {
  await person(who, 'member');
  return { kind: 'api_key', tenantId: testApp.tenantId, keyId: '1', userId: idOf(who), acts };
}

/** Made anew where a call has changed anything: most only read, or find nothing to do. */
let on: Batches;
beforeAll(renew);
async function renew(): Promise<void> {
  await person('owner', 'member');
  on = { draft: await testApp.draft(mobiles(1)), started: await testApp.started(mobiles(1)) };
}

/** All that a verb could have changed: a fingerprint of each table. */
async function everything(): Promise<Record<string, string>> {
  const tables = {
    sms_batch: 'one',
    sms_batch_buka_detail: 'one',
    sms_submission: 'one',
    audit_event: 'one',
    'bulk_sms_queue._private_jobs': '(id, key, revision)',
  };
  const prints = Object.entries(tables).map(
    ([table, row]) =>
      `(select md5(string_agg(${row}::text, '|' order by id)) from ${table} as one) as "${table}"`,
  );
  const { rows } = await testApp.app.db.raw(`select ${prints.join(', ')}`);
  return rows[0];
}

/** Whether the call was refused. Any other fault fails the test. */
async function isForbidden(verb: keyof typeof VERBS, actor: Actor, tried: Batches): Promise<boolean> {
  try {
    await VERBS[verb]?.call(testApp.app, actor as never, tried);
    return false;
  } catch (error) {
    if (error instanceof Forbidden) return true;
    throw error;
  }
}

/** Everybody tries it: done for those who may do all of `acts`, refused to all others, who change nothing. */
async function tryAll(verb: keyof typeof VERBS, acts: Act[], tried: () => Batches): Promise<void> {
  let before = await everything();
  for (const [who, { actor, may }] of Object.entries(ACTORS)) {
    // A draft is made by somebody, and so is an export: the product itself is nobody.
    if (
      who === 'the product itself' &&
      ['createBatch', 'findDraftInTheWay', 'requestExport', 'requestComparison'].includes(verb)
    )
      continue;
    const isRefused = await isForbidden(verb, await actor(), tried());
    expect([who, isRefused]).toEqual([who, !acts.every((act) => may.includes(act))]);
    const after = await everything();
    if (isRefused) expect(after).toEqual(before);
    if (isDeepStrictEqual(after, before)) continue;
    await renew();
    before = await everything();
  }
}

describe.each(Object.keys(VERBS))('%s', (verb) => {
  const { act, onBatch } = VERBS[verb] as (typeof VERBS)[string];

  test('is done for those who may, and is refused to all others, who change nothing', () =>
    tryAll(verb, [act], () => on));

  if (onBatch && act !== 'draft')
    test('on a draft is refused to all but its owner', () =>
      tryAll(verb, [act, 'draft'], () => ({ ...on, started: on.draft.batchId })));

  test('reaches nothing of another workspace', async () => {
    const before = await everything();
    const found = await VERBS[verb]?.call(testApp.app, foreign as never, on);
    if (onBatch) {
      expect(NOT_FOUND).toContainEqual(found);
      expect(await everything()).toEqual(before);
    } else expect(JSON.stringify(found ?? null)).not.toMatch(/Hello|\+86138/);
  });
});

test.each(['guest', 'gone'] as const)(
  'a role that was taken away since (%s) counts in the act itself',
  async (now) => {
    const acts = ['startBatch', 'discardDraft', 'changeReading', 'pauseBatch', 'resumeBatch', 'cancelBatch'];
    const alsoChanging = ['leaveUncertain', 'requestExport', 'createBatch', 'requestComparison'];
    const before = await everything();
    for (const verb of [...acts, ...alsoChanging]) {
      const actor = (await person('owner', 'member')) as PersonActor;
      if (now === 'guest') await person('owner', 'guest');
      const asked = now === 'gone' ? { ...actor, userId: '999999' } : actor;
      expect([verb, await isForbidden(verb, asked, on)]).toEqual([verb, true]);
    }
    await person('owner', 'member');
    expect(await everything()).toEqual(before);
  },
);

test('the table has every verb that takes an actor', () => {
  const root = join(__dirname, '../../src/batches');
  const verbs = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [
      ...readFileSync(join(root, file), 'utf8').matchAll(
        /^export (?:async )?function (\w+)\(\s*app: (?:AppContext|AdminContext|Pick<AppContext, 'db'>),\s*actor:/gm,
      ),
    ])
    .map(([, name]) => name);
  // One that returns more to the product itself has a signature for each.
  expect(Object.keys(VERBS).sort()).toEqual([...new Set(verbs)].sort());
});

test('every act is one of a verb', () => {
  const acts = new Set(Object.values(VERBS).map((one) => one.act));
  // `send` is asked for again where a draft is started.
  expect(ACTS.filter((act) => !acts.has(act))).toEqual([]);
});
