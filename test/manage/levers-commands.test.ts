import { requestExport } from '../../src/batches/exporting/open-export';
import { findUser } from '../../src/tenants/person';
import { createTestApp, mobiles, type TestApp } from '../setup/app-context';
import { runManage } from './run-manage';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const manage = (...command: string[]) => runManage(testApp.app.db, ...command);
const cells = (line: string | undefined) => line?.split(/\s{2,}/);
const roleOf = async () =>
  (await findUser(testApp.app.db, { tenantId: testApp.tenantId, slackUserId: 'U0001' }))?.role;
const audits = (action: string) =>
  testApp.app.db('audit_event').where({ action }).select('actor', 'user_id', 'batch_id');

test('usage: a line a person with counts, and no number and no text', async () => {
  expect(await manage('usage')).toBe('Nobody has used the bot in the last 7 days.');
  await testApp.started(mobiles(4));
  await testApp.draft(mobiles(2));
  const printed = await manage('usage', '--days', '30');
  const [headings, row, ...more] = printed.split('\n');
  expect(cells(headings)).toEqual([
    ...['workspace', 'user', 'batches', 'texts', 'delivered', 'failed', 'cost', 'files'],
    ...['drafts', 'rows of drafts', 'running', 'blocked'],
  ]);
  expect(cells(row)).toEqual(['T0001', 'U0001', '1', '4', '0', '0', '-', '0', '1', '2', '0', '-']);
  expect(more).toEqual([]);
  expect(printed).not.toMatch(/138001|Hello/);
  await expect(manage('usage', '--workspace', 'T9')).rejects.toThrow('The bot knows no workspace "T9".');
});

test.each(['0', '367', 'x', '1.5'])('usage of %s days is refused', async (days) => {
  const silent = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  await expect(manage('usage', '--days', days)).rejects.toThrow('A whole number from 1 to 366.');
  silent.mockRestore();
});

test('drafts: lists them, deletes one, and says what is none', async () => {
  expect(await manage('drafts', 'list')).toBe('No draft is open.');
  const { batchId } = await testApp.draft(mobiles(2));
  const [, row] = (await manage('drafts', 'list')).split('\n');
  expect(cells(row)).toEqual([batchId, 'T0001', 'U0001', expect.stringMatching(/^\d{4}-/), '2']);
  expect(await manage('drafts', 'delete', batchId)).toBe(`Draft ${batchId} is deleted. Its writer is told.`);
  expect(await manage('drafts', 'delete', batchId)).toBe(`Draft ${batchId} is closed already.`);
  expect(await audits('batch.delete_draft')).toEqual([
    { actor: 'operator', user_id: null, batch_id: batchId },
  ]);
  const started = await testApp.started(mobiles(1));
  await expect(manage('drafts', 'delete', started)).rejects.toThrow(`Batch ${started} was sent.`);
  await expect(manage('drafts', 'delete', 'x')).rejects.toThrow('No draft has the id "x".');
});

test('exports: lists what waits, stops one, and says what is none', async () => {
  expect(await manage('exports', 'list')).toBe('No export and no comparison waits or runs.');
  const batchId = await testApp.started(mobiles(1));
  await requestExport(testApp.app, testApp.actor, { batchId, part: 'recipients' });
  const [, row] = (await manage('exports', 'list')).split('\n');
  const [id = '', ...rest] = cells(row) ?? [];
  expect(rest).toEqual(['T0001', 'export', batchId, 'U0001', expect.stringMatching(/^\d{4}-/), 'waits']);
  expect(await manage('exports', 'stop', id)).toBe(`${id} stops within seconds. Who asked for it is told.`);
  expect((await manage('exports', 'list')).split('\n')[1]).toMatch(/stops$/);
  expect(await audits('request.stop')).toEqual([{ actor: 'operator', user_id: null, batch_id: batchId }]);
  await expect(manage('exports', 'stop', 'x')).rejects.toThrow('No export and no comparison of the id "x"');
});

test('people: blocks one, lists them, lets them in again', async () => {
  expect(await manage('people', 'list')).toBe('Nobody is blocked.');
  await testApp.started(mobiles(1));
  await testApp.draft(mobiles(1));
  expect(await manage('people', 'block', 'U0001')).toBe(
    'U0001 is blocked. Drafts deleted: 1. Exports and comparisons stopped: 0. Batches of theirs that go on: 1; an admin of the workspace may pause or cancel them in Slack.',
  );
  expect(await roleOf()).toBe('blocked');
  expect(await manage('people', 'block', 'U0001', '--workspace', 'T0001')).toBe('U0001 is blocked already.');
  const [, row] = (await manage('people', 'list')).split('\n');
  expect(cells(row)).toEqual(['T0001', 'U0001', expect.stringMatching(/^\d{4}-/), 'an operator']);
  expect((await manage('usage')).split('\n')[1]).toMatch(/yes$/);
  expect(await manage('people', 'unblock', 'U0001')).toBe('U0001 may use the bot again.');
  expect(await manage('people', 'unblock', 'U0001')).toBe('U0001 is not blocked.');
  expect(await roleOf()).toBe('member');
  await expect(manage('people', 'block', 'U9')).rejects.toThrow('Nobody of the id "U9" has used the bot.');
});
