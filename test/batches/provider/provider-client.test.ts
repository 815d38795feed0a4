import { createProviderClient, type ProviderClient } from '../../../src/batches/provider/provider-client';
import { ProviderError } from '../../../src/providers/sms-provider';
import { createTestApp, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
let client: ProviderClient;
beforeEach(async () => {
  testApp = await createTestApp();
  const account = await testApp.app.accounts.find(testApp.accountId, testApp.userId);
  if (!account) throw new Error('There is no account.');
  client = createProviderClient(testApp.app, account);
});
afterEach(() => testApp.close());

const TURN = { everyMs: 20, patienceMs: 1_000 };

test('questions are asked one turn apart, without waiting for answers, which come in the order of the questions', async () => {
  const startedAt = performance.now();
  let tookMs = 0;
  let letFirstEnd = () => {};
  const lastIsAsked = new Promise<void>((resolve) => {
    letFirstEnd = resolve;
  });
  const questions = [0, 1, 2].map((index) => async () => {
    if (index === 2) {
      tookMs = performance.now() - startedAt;
      letFirstEnd();
    }
    await lastIsAsked;
    return index;
  });
  expect(await client.askAll(TURN, questions)).toEqual(
    [0, 1, 2].map((result) => ({ kind: 'answered', result })),
  );
  // A timer may end a millisecond early.
  expect(tookMs).toBeGreaterThanOrEqual(2 * TURN.everyMs - 2);
});

test('after a question that got no turn no other is asked: a refusal pauses the account', async () => {
  const refused = async () => {
    throw new ProviderError('http_503', 'busy', 'The provider is overloaded.');
  };
  expect(await client.ask(TURN, refused)).toMatchObject({
    kind: 'not_answered',
    why: { code: 'http_503' },
    snoozeMs: 30_000,
  });
  const question = jest.fn(async () => 'answer');
  const answers = await client.askAll(TURN, [question, question]);
  expect(answers).toMatchObject([{ kind: 'not_answered', why: { code: 'turn', fault: 'busy' } }]);
  expect(question).not.toHaveBeenCalled();
});

test('turns that are taken together cost one statement, and after a failure the rest of them is not used', async () => {
  const taken: string[] = [];
  testApp.app.db.on('query', ({ sql }: { sql: string }) => {
    if (sql.includes('insert into rate_limit as current') && sql.includes('with slot')) taken.push(sql);
  });
  const together = { everyMs: 1, patienceMs: 60_000, together: 3 };
  for (let question = 0; question < 6; question += 1) await client.ask(together, async () => question);
  expect(taken).toHaveLength(2);
  const { next_at: before } = await testApp.app.db('rate_limit').first();
  await client.ask(together, async () => {
    throw new ProviderError('http_503', 'busy', 'The provider is overloaded.');
  });
  expect(taken).toHaveLength(3);
  const { next_at: paused } = await testApp.app.db('rate_limit').first();
  expect(paused - before).toBeGreaterThan(20_000);
  expect(await client.ask({ ...together, patienceMs: 0 }, async () => 'answer')).toMatchObject({
    kind: 'not_answered',
    why: { code: 'turn' },
  });
  expect(taken).toHaveLength(4);
});
