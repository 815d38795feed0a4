import { RequestStopped } from '../../../src/batches/long-requests/run-long-request';
import { DONE } from '../../../src/queue/job-result';
import { deliverComparison } from '../../../src/slack/posts/deliver-comparison';
import { deliverExport } from '../../../src/slack/posts/deliver-export';
import { en } from '../../../src/words/en';
import { mobiles } from '../../setup/app-context';
import { until } from '../../setup/until';
import { ANNA, createHarness, type Harness } from '../harness';
import { exportsSeen } from './run-export';

let harness: Harness;
let batchId: string;
let userId: string;
beforeAll(async () => {
  harness = await createHarness('socket');
  batchId = await harness.started(mobiles(2));
  userId = (await harness.summary(batchId)).sender.userId;
});
afterAll(() => harness.close());

const told = () => {
  const anna = harness.slack.as(ANNA);
  return anna.sees(anna.direct()).map((one) => one.text);
};

it('an export that is stopped while its upload hangs ends in words, and nothing of it is left', async () => {
  const { slack, app, clients, tenantId } = harness;
  slack.faults.set('uploadSilent');
  const stopping = new AbortController();
  const run = { stop: stopping.signal, askedAt: new Date() };
  const wanted = { id: 'stopped', tenantId, batchId, userId, part: 'recipients' } as const;
  const delivering = deliverExport(clients, wanted, 1, { run });
  await until(
    () => app.db('export_file'),
    (files) => files.length === 1,
  );
  stopping.abort(new RequestStopped(userId));
  expect(await delivering).toEqual(DONE);
  const { export: of, stopped } = en.apologies;
  expect(told()).toEqual([`${of.recipients(batchId)} ${stopped(`<@${ANNA}>`)}`]);
  expect(exportsSeen(harness)).toEqual([]);
  expect(await app.db('export_file')).toEqual([]);
  expect(await app.db('export_piece')).toEqual([]);
});

it('a comparison that was stopped before it began asks the provider nothing', async () => {
  const { clients, tenantId, provider } = harness;
  const asked = jest.spyOn(provider, 'queryMessageStatusByTimeRange');
  const stop = AbortSignal.abort(new RequestStopped(null));
  const today = new Date().toISOString().slice(0, 10);
  const days = { provider: 'onbuka', from: today, to: today, timeZone: 'UTC' };
  const wanted = { id: 'stopped', askedAt: new Date().toISOString(), tenantId, userId, ...days };
  expect(await deliverComparison(clients, wanted, 1, { stop })).toEqual(DONE);
  expect(told().at(-1)).toContain(en.apologies.stopped(en.apologies.operator));
  expect(asked).not.toHaveBeenCalled();
});
