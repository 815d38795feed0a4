import { waitingJobs } from '../queue/dead-process';
import { createTestApp, type TestApp } from '../setup/app-context';
import { runManage } from './run-manage';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const manage = (...command: string[]) => runManage(testApp.app.db, 'webhooks', ...command);
const stored = (id: string) => testApp.app.db('webhook_inbox').where({ id }).first();

async function store(more: Record<string, unknown>): Promise<string> {
  const webhook = { channel: 'onbuka', kind: 'report', body: '{"mobile":"8613800138000"}', ...more };
  const [row] = await testApp.app.db('webhook_inbox').insert(webhook).returning('id');
  return row.id;
}
const putAside = () => store({ refusals: 7, fault: '22P05', outcome: 'put_aside' });

test('lists what was refused: id, time and why, and nothing of what is in it', async () => {
  expect(await manage('list')).toBe('No pushed body is put aside.');
  await store({});
  const [kept, waiting] = [await putAside(), await store({ refusals: 1, fault: '22003', kind: 'inbound' })];
  const listed = await manage('list');
  expect(listed).not.toContain('8613800138000');
  const time = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/);
  expect(listed.split('\n').map((line) => line.split(/\s{2,}/))).toEqual([
    ['id', 'provider', 'kind', 'received', 'refusals', 'why', 'tried again'],
    [kept, 'onbuka', 'report', time, '7', '22P05', 'when you retry it'],
    [waiting, 'onbuka', 'inbound', time, '1', '22003', time],
  ]);
});

test('retries one: it is due now, and the job that applies it waits', async () => {
  const id = await putAside();
  const other = await putAside();
  expect(await manage('retry', id)).toContain(`Pushed body ${id} is applied again`);
  expect(await stored(id)).toMatchObject({ outcome: null, refusals: 7 });
  expect(await stored(other)).toMatchObject({ outcome: 'put_aside' });
  expect((await waitingJobs(testApp.app.db)).map(({ name }) => name)).toEqual(['record-delivery-reports']);
});

test('drops one: it is not listed any more, and is deleted when it is old', async () => {
  const id = await putAside();
  expect(await manage('drop', id)).toContain(`Pushed body ${id} is given up`);
  expect(await stored(id)).toMatchObject({ outcome: 'unreadable' });
  expect(await manage('list')).toBe('No pushed body is put aside.');
});

test('refuses an id of none that was refused', async () => {
  const applied = await store({ outcome: 'applied', refusals: 1 });
  const fresh = await store({});
  for (const id of [applied, fresh, '999', 'all', '1'.repeat(30)]) {
    for (const verb of ['retry', 'drop']) {
      await expect(manage(verb, id)).rejects.toThrow('manage webhooks list');
    }
  }
});
