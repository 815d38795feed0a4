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
  expect(await client.askAll(TURN, questions)).toEqual([{ result: 0 }, { result: 1 }, { result: 2 }]);
  // A timer may end a millisecond early.
  expect(tookMs).toBeGreaterThanOrEqual(2 * TURN.everyMs - 2);
});

test('after a question that got no turn no other is asked: a refusal pauses the account', async () => {
  const refused = async () => {
    throw new ProviderError('http_503', 'busy', 'The provider is overloaded.');
  };
  expect(await client.ask(TURN, refused)).toMatchObject({ error: { code: 'http_503' }, snoozeMs: 30_000 });
  const question = jest.fn(async () => 'answer');
  const answers = await client.askAll(TURN, [question, question]);
  expect(answers).toMatchObject([{ error: { code: 'turn', fault: 'busy' } }]);
  expect(question).not.toHaveBeenCalled();
});
