import { getBatchSummary } from '../../../src/batches/views/get-batch-summary';
import type { Rejection, RejectionFault, Unclearness } from '../../../src/providers/send-outcome';
import type { SendRequest } from '../../../src/providers/sms-provider';
import { mobiles, type ScriptedAnswer, type TestApp } from '../../setup/app-context';

/** Outcomes of a scripted provider. */
export const rejected = (fault: RejectionFault, code: string): Rejection => ({
  kind: 'rejected',
  fault,
  code,
  reason: 'said the provider',
});
export const timeout: Unclearness = { kind: 'unclear', cause: 'timeout', reason: 'no answer in time' };

/** The next request stays open: `asked` resolves when it has come, and `answer` ends it. */
export function holdNextRequest({ provider }: TestApp) {
  let tell: (request: SendRequest) => void = () => {};
  let answer: (outcome: ScriptedAnswer) => void = () => {};
  const asked = new Promise<SendRequest>((resolve) => {
    tell = resolve;
  });
  const answered = new Promise<ScriptedAnswer>((resolve) => {
    answer = resolve;
  });
  provider.script = [
    (request) => {
      tell(request);
      return answered;
    },
  ];
  return { asked, answer };
}

/** Makes open requests older than any request can get, as if their process had died. */
export async function expireOpenRequests({ app: { db } }: TestApp): Promise<void> {
  await db('sms_submission')
    .where({ outcome: 'in_flight' })
    .update({ started_at: db.raw(`now() - interval '1 hour'`) });
}

/** A batch, by default with one recipient, whose request got no response this long ago. Returns its id. */
export async function uncertainSince(testApp: TestApp, agoMs: number, numbers = mobiles(1)): Promise<string> {
  const batchId = await testApp.started(numbers);
  testApp.provider.script = [() => timeout];
  await testApp.submit(batchId);
  const { db } = testApp.app;
  const at = db.raw(`now() - ? * interval '1 ms'`, [agoMs]);
  await db('sms_submission').where({ batch_id: batchId }).update({ started_at: at, finished_at: at });
  return batchId;
}

/** The turns of one lane, one after the other; by default more than a small batch needs. */
export async function submitAll(testApp: TestApp, batchId: string, turns = 30): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await testApp.submit(batchId);
}

/** The summary, after checking that its counts add up and match the recipients' rows. */
export async function accountedFor(testApp: TestApp, batchId: string) {
  const summary = await getBatchSummary(testApp.app, testApp.actor, batchId);
  const { total, ...parts } = summary?.counts ?? { total: -1 };
  expect(Object.values(parts).reduce((sum: number, n) => sum + (n as number), 0)).toBe(total);
  const stored = await testApp.recipients(batchId);
  expect(stored).toEqual(
    Object.fromEntries(
      Object.entries({
        pending: summary?.counts.waiting,
        sending: summary?.counts.sending,
        delivered: summary?.counts.delivered,
        failed: summary?.counts.failed,
        unknown: summary?.counts.unknown,
        cancelled: summary?.counts.cancelled,
      }).filter(([, n]) => n),
    ),
  );
  return summary;
}
