import { advanceBatch } from '../../../src/batches/advance-batch';
import { leaveUncertain } from '../../../src/batches/control/send-again';
import { recordUnknown } from '../../../src/batches/sending/record-unknown';
import { submitChunk } from '../../../src/batches/sending/submit-chunk';
import type { Submission } from '../../../src/batches/store/submissions';
import type { SmsProvider } from '../../../src/providers/sms-provider';
import { mobiles } from '../../setup/app-context';
import { createTinyApp, type TinyApp } from '../../tiny/tiny-app';

/** A person has left who was uncertain, the batch is complete, and only then the provider says that it has the text. */

let tiny: TinyApp;
beforeEach(async () => {
  tiny = await createTinyApp({ requestsPerSecond: 25 });
});
afterEach(() => tiny.close());

/** A batch of three; the answer about the second is lost. */
async function oneLost(): Promise<string> {
  tiny.server.script = ['taken', 'taken_lost'];
  const batchId = await tiny.started(mobiles(3));
  do {
    await tiny.letWaitsPass();
    await tiny.submit(batchId);
  } while ((await tiny.recipients(batchId)).pending);
  expect(await tiny.recipients(batchId)).toEqual({ sending: 2, unknown: 1 });
  return batchId;
}

test('a report that it is on its way keeps its id, and its outcome counts later', async () => {
  const batchId = await oneLost();
  const [one, lost, three] = tiny.server.taken as [never, never, never];
  await tiny.server.push(one, 'delivered');
  await tiny.server.push(three, 'delivered');
  await tiny.applyReports();
  await leaveUncertain(tiny.app, tiny.actor, { batchId });
  expect(await tiny.batch(batchId)).toMatchObject({ status: 'completed', unknown_count: 1 });
  await tiny.server.push(lost, 'sending');
  await tiny.applyReports();
  expect(await tiny.recipients(batchId)).toEqual({ delivered: 2, unknown: 1 });
  await tiny.server.push(lost, 'delivered');
  await tiny.applyReports();
  expect(await tiny.recipients(batchId)).toEqual({ delivered: 3 });
  expect(await tiny.batch(batchId)).toMatchObject({
    status: 'completed',
    success_count: 3,
    unknown_count: 0,
  });
});

test('a report with a message id that is too long to keep holds up no other report', async () => {
  const batchId = await oneLost();
  const [one, lost] = tiny.server.taken as unknown as [never, { id: string }];
  await tiny.server.push({ ...lost, id: 'T'.repeat(65) } as never, 'sending');
  await tiny.server.push(one, 'delivered');
  await tiny.applyReports();
  expect(await tiny.recipients(batchId)).toEqual({ delivered: 1, sending: 1, unknown: 1 });
});

test('a late answer keeps its id', async () => {
  const { actor } = tiny;
  const batchId = await tiny.started(mobiles(1));
  const provider = tiny.app.providers.tiny as SmsProvider;
  const slow: SmsProvider = {
    ...provider,
    async sendSmsBatch(account, request) {
      const outcome = await provider.sendSmsBatch(account, request);
      const [open] = (await tiny.submissions(batchId)) as unknown as [Submission];
      await tiny.app.db.transaction(async (trx) => {
        await recordUnknown(trx, 'tiny', open, 'given up');
        await advanceBatch(tiny.app, trx, batchId);
      });
      expect(await leaveUncertain(tiny.app, actor, { batchId })).toEqual({ kind: 'left' });
      return outcome;
    },
  };
  const app = { ...tiny.app, providers: { ...tiny.app.providers, tiny: slow } };
  await submitChunk(app, { batchId, accountId: tiny.tinyAccountId, lane: 0 });
  expect(await tiny.batch(batchId)).toMatchObject({ status: 'completed', unknown_count: 1 });
  const [{ id }] = tiny.server.taken as unknown as [{ id: string }];
  expect(
    await tiny.app.db('sms_batch_recipient').where({ batch_id: batchId }).pluck('provider_message_id'),
  ).toEqual([id]);
});
