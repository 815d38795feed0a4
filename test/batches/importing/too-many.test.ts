import { createBatch } from '../../../src/batches/importing/create-batch';
import { importRecipients } from '../../../src/batches/importing/import-recipients';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
beforeAll(async () => {
  testApp = await createTestApp();
});
afterAll(() => testApp.close());

const MAX = 10;
let drafts = 0;

async function read(lines: string[], withinMs?: number) {
  const { app, actor } = testApp;
  drafts += 1;
  const { batchId } = await createBatch(app, actor, {
    accountId: null,
    submitKey: `too-many-${drafts}`,
    content: 'Hello',
    senderId: null,
    defaultCountry: 'CN',
    sources: [{ kind: 'file', origin: 'test', ref: 'F1', name: 'list.csv', sizeBytes: 1 }],
  });
  app.sources.test = () => bytesOf(lines);
  await importRecipients(app, batchId, MAX, withinMs);
  const stored = await app.db('sms_rejected_recipient').where({ batch_id: batchId });
  return { ...(await testApp.batch(batchId)), rejected: stored.length };
}

async function* bytesOf(lines: string[]): AsyncGenerator<Uint8Array> {
  yield Buffer.from(lines.join('\n'));
}

const nonsense = (count: number) => Array<string>(count).fill('x');

it('takes as many recipients as fit, and as many rejected rows', async () => {
  const full = await read([...mobiles(MAX), ...nonsense(MAX)]);
  expect(full).toMatchObject({ status: 'ready', total_count: MAX, rejected: MAX });
});

it.each([
  ['one recipient', mobiles(MAX + 1)],
  ['one rejected row', [...mobiles(1), ...nonsense(MAX + 1)]],
])('refuses %s more, and stores nothing of the list', async (_, lines) => {
  const refused = await read(lines);
  const reason = { reason: 'too_many_recipients', reason_detail: `${MAX}: list.csv` };
  expect(refused).toMatchObject({ ...reason, status: 'failed', total_count: 0, rejected: 0 });
});

it('refuses a list that takes too long, and stores nothing of it', async () => {
  const refused = await read(mobiles(MAX), 0);
  const reason = { reason: 'reading_too_long', reason_detail: 'time is over: list.csv' };
  expect(refused).toMatchObject({ ...reason, status: 'failed', total_count: 0, rejected: 0 });
});
