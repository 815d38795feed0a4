import * as recipients from '../../../src/batches/store/recipients';
import { getBatchMessageStatus } from '../../../src/batches/views/get-batch-message-status';
import { ProviderError } from '../../../src/providers/sms-provider';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import { submitAll } from '../sending/send-outcomes';

jest.mock('../../../src/batches/store/recipients', () => {
  const actual = jest.requireActual('../../../src/batches/store/recipients');
  return { ...actual, listAskable: jest.fn(actual.listAskable) };
});

/** A refresh asks the provider about every open text. */
let testApp: TestApp;
let batchId: string;
/** The ids of each question, in order. */
let asked: string[][];
beforeEach(async () => {
  testApp = await createTestApp();
  testApp.provider.capabilities.idsPerQuestion = 3;
  batchId = await testApp.started(mobiles(25));
  await submitAll(testApp, batchId, 4);
  asked = [];
});
afterEach(() => testApp.close());

async function refresh() {
  const answer = await getBatchMessageStatus(testApp.app, testApp.actor, batchId);
  return answer?.kind === 'answered' ? answer.result : answer;
}

/** Each question does this before its answer. */
function beforeAnswer(act: (question: number) => Promise<void>): void {
  const ask = testApp.provider.queryMessageStatusByIds;
  testApp.provider.queryMessageStatusByIds = async (account, ids, options) => {
    await act(asked.push(ids));
    return ask(account, ids, options);
  };
}

test('every open text is asked about once, in questions of what the provider takes, four at once', async () => {
  const ids = [...testApp.provider.statuses.keys()];
  testApp.provider.statuses.delete(ids[0] as string);
  for (const id of ids.slice(1, 8))
    Object.assign(testApp.provider.statuses.get(id) ?? {}, { status: 'delivered' });
  let open = 0;
  let most = 0;
  let letAllEnd = () => {};
  const fourAreOpen = new Promise<void>((resolve) => {
    letAllEnd = resolve;
  });
  beforeAnswer(async () => {
    open += 1;
    most = Math.max(most, open);
    if (open === 4) letAllEnd();
    await fourAreOpen;
    await new Promise(setImmediate);
    open -= 1;
  });
  expect(await refresh()).toMatchObject({
    asked: 25,
    notFound: 1,
    counts: { sending: 18, delivered: 7 },
  });
  expect(most).toBe(4);
  expect(asked.map((one) => one.length).sort()).toEqual([1, 3, 3, 3, 3, 3, 3, 3, 3]);
  expect(asked.flat().sort()).toEqual([...ids].sort());
});

test('an outcome that is recorded while the batch is read is counted once', async () => {
  for (const one of testApp.provider.statuses.values()) Object.assign(one, { status: 'delivered' });
  const { listAskable } = jest.requireActual<typeof recipients>('../../../src/batches/store/recipients');
  jest.mocked(recipients.listAskable).mockImplementationOnce(async (...given) => {
    for (let step = 0; step < 9; step += 1) await testApp.poll(batchId);
    expect(await testApp.recipients(batchId)).toEqual({ delivered: 25 });
    return listAskable(...given);
  });
  expect(await refresh()).toMatchObject({ asked: 25, counts: { sending: 0, delivered: 25 } });
});

test('a text is asked about with the sub-account that sent it, where that is known', async () => {
  const { app, provider, userId, accountId } = testApp;
  await app.accounts.saveSubAccount({ userId, accountId }, 'own');
  await app.db('sms_submission').where({ chunk: 3 }).update({ sub_account: null });
  const subAccountOf = new Map<string, string>();
  const ask = provider.queryMessageStatusByIds;
  provider.queryMessageStatusByIds = async (account, ids, options) => {
    for (const id of ids) subAccountOf.set(id, account.subAccount);
    return ask(account, ids, options);
  };
  await refresh();
  const rows = await app.db('sms_batch_buka_detail').select('provider_message_id as id', 'chunk');
  expect(rows).toHaveLength(25);
  for (const { id, chunk } of rows) expect(subAccountOf.get(id)).toBe(chunk === 3 ? 'own' : 'app');
});

test('after a failure no other question is asked, and the person learns the first', async () => {
  let letOthersEnd = () => {};
  const firstHasFailed = new Promise<void>((resolve) => {
    letOthersEnd = resolve;
  });
  beforeAnswer(async (question) => {
    if (question > 1) return firstHasFailed;
    setImmediate(letOthersEnd);
    throw new ProviderError('http_503', 'busy', 'The provider is overloaded.');
  });
  expect(await refresh()).toMatchObject({ kind: 'not_answered', why: { code: 'http_503' } });
  expect(asked.length).toBeLessThanOrEqual(4);
});
