import { refuseMovedAccount } from '../../../src/batches/provider/refuse-moved-account';
import { ACCOUNT, createTestApp, mobiles, type TestApp } from '../../setup/app-context';

/** What was used stays with what was sent, whatever the settings say now. */
let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const MOVED = { ...ACCOUNT, credentials: { ...ACCOUNT.credentials, baseUrl: 'http://127.0.0.1:8/v3' } };
const key = () => ({ tenantId: testApp.tenantId, provider: 'onbuka' });

async function sentTwo(): Promise<string> {
  const batchId = await testApp.started(mobiles(2));
  await testApp.submit(batchId);
  return batchId;
}

/** What each question about texts went with. */
function noteQuestions(): object[] {
  const asked: object[] = [];
  const ask = testApp.provider.queryMessageStatusByIds;
  testApp.provider.queryMessageStatusByIds = (account, ids, options) => {
    const { subAccount, address } = account;
    asked.push({ subAccount, address });
    return ask(account, ids, options);
  };
  return asked;
}

test('another address is refused while texts are on their way, with what to do; any other change is not', async () => {
  const batchId = await sentTwo();
  await expect(refuseMovedAccount(testApp.app, key(), MOVED)).rejects.toThrow(
    '2 texts are on the way through http://127.0.0.1:9/v3, and the settings name http://127.0.0.1:8/v3 now',
  );
  await refuseMovedAccount(testApp.app, key(), { ...ACCOUNT, subAccount: 'new-app' });
  for (const one of testApp.provider.statuses.values()) one.status = 'delivered';
  await testApp.poll(batchId);
  await testApp.poll(batchId);
  await refuseMovedAccount(testApp.app, key(), MOVED);
});

test('of texts that the former version has sent, the address is that of the stored account', async () => {
  await sentTwo();
  await testApp.app.db('sms_submission').update({ address: null, sub_account: null });
  await expect(refuseMovedAccount(testApp.app, key(), MOVED)).rejects.toThrow(
    '2 texts are on the way through http://127.0.0.1:9/v3',
  );
  await refuseMovedAccount(testApp.app, key(), ACCOUNT);
});

test('texts are followed under the app id and the address that sent them', async () => {
  const batchId = await sentTwo();
  await testApp.app.accounts.save(key(), { ...MOVED, subAccount: 'new-app' });
  const asked = noteQuestions();
  for (const one of testApp.provider.statuses.values()) one.status = 'delivered';
  await testApp.poll(batchId);
  expect(asked).toEqual([{ subAccount: 'app', address: 'http://127.0.0.1:9/v3' }]);
  expect(await testApp.recipients(batchId)).toEqual({ delivered: 2 });
});
