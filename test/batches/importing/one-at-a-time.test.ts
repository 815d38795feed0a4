import { createBatch } from '../../../src/batches/importing/create-batch';
import { importRecipients } from '../../../src/batches/importing/import-recipients';
import { DONE, waitForTurn } from '../../../src/queue/job-result';
import { ensureUser } from '../../../src/tenants/person';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import { until } from '../../setup/until';

let testApp: TestApp;
let uploads: { asked: number; go(): void };
beforeEach(async () => {
  testApp = await createTestApp();
  uploads = createHangingUploads();
});
afterEach(() => testApp.close());

/** Whoever gives the files does not answer before `go`. */
function createHangingUploads(): typeof uploads {
  let go = () => {};
  const gone = new Promise<void>((resolve) => {
    go = resolve;
  });
  const hanging = { asked: 0, go: () => go() };
  testApp.app.sources.test = async function* () {
    hanging.asked += 1;
    await gone;
    yield Buffer.from(mobiles(2).join('\n'));
  };
  return hanging;
}

const PASTED = { kind: 'pasted', text: mobiles(3).join('\n') } as const;
const UPLOADED = { kind: 'file', origin: 'test', ref: 'F1', name: 'list.csv', sizeBytes: 24 } as const;

async function createDraft(userId: string, source: typeof PASTED | typeof UPLOADED): Promise<string> {
  const { app, actor } = testApp;
  const { batchId } = await createBatch(
    app,
    { ...actor, userId },
    {
      accountId: null,
      submitKey: `${userId}-${source.kind}`,
      content: 'Hello',
      senderId: null,
      defaultCountry: 'CN',
      sources: [source],
    },
  );
  return batchId;
}

const stateOf = async (batchId: string) => {
  const { status, total_count } = await testApp.batch(batchId);
  return { status, total_count };
};

it('the lists of one person are read one after the other, and another person’s beside them', async () => {
  const { app, tenantId, userId } = testApp;
  const ben = { tenantId, slackUserId: 'U0002', locale: 'en-US', timeZone: 'UTC', role: 'member' } as const;
  const { id: benId } = await ensureUser(app.db, ben);
  const hanging = await createDraft(userId, UPLOADED);
  const reading = importRecipients(app, hanging);
  await until(
    async () => uploads.asked,
    (asked) => asked === 1,
  );

  const second = await createDraft(userId, PASTED);
  expect(await importRecipients(app, second)).toEqual(waitForTurn(1_000));
  expect(await stateOf(second)).toEqual({ status: 'importing', total_count: 0 });
  const bens = await createDraft(benId, PASTED);
  expect(await importRecipients(app, bens)).toEqual(DONE);
  expect(await stateOf(bens)).toEqual({ status: 'ready', total_count: 3 });

  uploads.go();
  expect(await reading).toEqual(DONE);
  expect(await stateOf(hanging)).toEqual({ status: 'ready', total_count: 2 });
  expect(await importRecipients(app, second)).toEqual(DONE);
  expect(await stateOf(second)).toEqual({ status: 'ready', total_count: 3 });
});

it('a list waits in no queue of the library: whoever looks for a job would hold up others for a second', async () => {
  await createDraft(testApp.userId, PASTED);
  const { db } = testApp.app;
  expect(await db('bulk_sms_queue._private_jobs').whereNotNull('job_queue_id')).toEqual([]);
  expect(await db('bulk_sms_queue._private_job_queues')).toEqual([]);
});
