import { setTimeout as delay } from 'node:timers/promises';
import { shareAnswer } from '../../../src/batches/provider/share-answer';
import { getAccountBalance } from '../../../src/batches/views/get-account-balance';
import { ProviderError } from '../../../src/providers/sms-provider';
import { createTestApp, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const ask = () => getAccountBalance(testApp.app, testApp.actor, { userId: testApp.userId, accountId: null });

it('is asked of the provider once for sixty people who look at once, and not again a moment later', async () => {
  const { provider } = testApp;
  const own = provider.getBalance;
  let questions = 0;
  provider.getBalance = async (...of) => {
    questions += 1;
    await delay(50);
    return own(...of);
  };
  const answers = await Promise.all(Array.from({ length: 60 }, ask));
  expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['answered']));
  expect((await ask()).kind).toBe('answered');
  expect(questions).toBe(1);
});

it('of another sub-account is another question', async () => {
  const { app, provider, userId, accountId } = testApp;
  const own = provider.getBalance;
  const asked: string[] = [];
  provider.getBalance = async (account) => {
    asked.push(account.subAccount);
    return own(account);
  };
  await ask();
  await app.accounts.saveSubAccount({ userId, accountId }, 'their-own');
  await ask();
  expect(asked).toEqual(['app', 'their-own']);
});

it('that was not told is asked for anew', async () => {
  const { app } = testApp;
  const why = new ProviderError('busy', 'busy', 'Not now.');
  let questions = 0;
  const question = async () => {
    questions += 1;
    return { kind: 'not_answered', why, snoozeMs: 0 } as const;
  };
  await shareAnswer(app, 'key', 60_000, question);
  await shareAnswer(app, 'key', 60_000, question);
  expect(questions).toBe(2);
});

it('is asked for anew once it is old', async () => {
  let questions = 0;
  const question = async () => {
    questions += 1;
    return { kind: 'answered', result: questions } as const;
  };
  const { app } = testApp;
  expect(await shareAnswer(app, 'key', 60_000, question)).toMatchObject({ result: 1 });
  expect(await shareAnswer(app, 'key', 0, question)).toMatchObject({ result: 1 });
  expect(await shareAnswer(app, 'other', 0, question)).toMatchObject({ result: 2 });
  expect(await shareAnswer(app, 'other', 0, question)).toMatchObject({ result: 3 });
});
