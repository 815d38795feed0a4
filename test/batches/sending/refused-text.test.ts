import { moveToAccount } from '../../../src/batches/control/move-to-account';
import { retryFailed } from '../../../src/batches/control/send-again';
import { submitChunk } from '../../../src/batches/sending/submit-chunk';
import { ACCOUNT, acceptAll, createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import { until } from '../../setup/until';
import { createTinyApp } from '../../tiny/tiny-app';
import { rejected } from './send-outcomes';

/** The provider refuses the text of a batch after some of it was sent. */

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

/** The first chunk is taken, the text is refused with the second, and the third was never begun. */
async function refusedHalfWay(): Promise<string> {
  const batchId = await testApp.started(mobiles(30));
  testApp.provider.script = [acceptAll, () => rejected('content', '-3')];
  await testApp.submit(batchId);
  await testApp.submit(batchId);
  expect(await testApp.recipients(batchId)).toEqual({ sending: 10, failed: 20 });
  expect(await testApp.batch(batchId)).toMatchObject({ status: 'submitted', reason: 'content' });
  return batchId;
}

test('a retry reaches those whose chunk was never begun, and the new round forgets the refusal', async () => {
  const batchId = await refusedHalfWay();
  const { app, actor } = testApp;
  expect(await retryFailed(app, actor, { batchId })).toMatchObject({ kind: 'started', recipients: 20 });
  expect(await testApp.batch(batchId)).toMatchObject({
    status: 'pending',
    reason: null,
    reason_detail: null,
  });
  for (let turn = 0; turn < 3; turn += 1) await testApp.submit(batchId);
  expect(await testApp.recipients(batchId)).toEqual({ sending: 30 });
});

test('a move to another account reaches them too', async () => {
  const { app, actor, tenantId, accountId: from } = testApp;
  const key = { tenantId, provider: 'onbuka', name: 'second' };
  const to = await app.accounts.save(key, { ...ACCOUNT, subAccount: 'second' });
  const batchId = await refusedHalfWay();
  expect(await moveToAccount(app, actor, { batchId, from, to })).toMatchObject({
    kind: 'moved',
    recipients: 20,
  });
});

test('an open submission at another provider stops within a second, and its rest fails', async () => {
  const tiny = await createTinyApp({ requestsPerSecond: 10, countries: ['DE'] });
  const { app, provider, server } = tiny;
  const german = Array.from({ length: 60 }, (_, index) => `+4915112345${100 + index}`);
  const batchId = await tiny.started([...mobiles(3), ...german]);
  const submitted = submitChunk(app, { batchId, accountId: tiny.tinyAccountId, lane: 0 });
  await until(
    () => tiny.batch(batchId),
    ({ status }) => status === 'submitting',
  );
  provider.script = [() => rejected('content', '-3')];
  await submitChunk(app, { batchId, accountId: tiny.accountId, lane: 0 });
  expect(await tiny.batch(batchId)).toMatchObject({ alert: 'failed' });
  await submitted;
  const { sending = 0, failed = 0 } = await tiny.recipients(batchId);
  expect({ sending, all: sending + failed }).toEqual({ sending: server.taken.length, all: 63 });
  expect(sending).toBeLessThan(60);
  await tiny.close();
});
