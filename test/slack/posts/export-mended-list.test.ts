import { parse, unparse } from 'papaparse';
import { rankName } from '../../../src/recipients/columns/phone-column-names';
import { CATALOGUES } from '../../../src/words/words-for';
import { createHarness, type Harness } from '../harness';
import { exportAs, startedFromFiles } from './run-export';

/** Left-out rows are exported, corrected in a spreadsheet, and sent as a new list. */
let harness: Harness;
beforeAll(async () => {
  harness = await createHarness('socket');
});
afterAll(async () => {
  expect(harness.slack.refusedPayloads()).toEqual([]);
  await harness.close();
});

const leftOut = (batchId: string) => exportAs(harness, { batchId, part: 'left_out' });

/** What a spreadsheet saves: `="…"` becomes its text. The number `was` is corrected to `is`. */
function mended(content: string, was: string, is: string, delimiter = ','): string {
  const { data } = parse<string[]>(content.replace('\ufeff', ''), { skipEmptyLines: true });
  const shown = data.map((row) => row.map((cell) => cell.replace(/^="(.*)"$/, '$1')));
  const row = shown.find(([number]) => number === was);
  if (!row) throw new Error(`No row is to be mended from ${was}.`);
  row[0] = is;
  return unparse(shown, { delimiter, newline: '\r\n' });
}

const sentTo = (batchId: string) =>
  harness.app.db('sms_batch_recipient').where({ batch_id: batchId }).pluck('recipient_number');

it.each([
  ['whose numbers nearly all stay bad', '姓名,手机号\n王伟,13800138000\n李娜,138001\n张敏,nobody\n刘洋,-\n'],
  ['without a header', '王伟,13800138000\n李娜,138001\n张敏,nobody\n刘洋,13800138000\n'],
  [
    'with another column of good numbers',
    'name,phone,shop\n王伟,13800138000,1\n李娜,138001,13900139001\n张敏,nobody,2\n刘洋,13800138009,3\n',
  ],
  ['whose numbers have no telling name', 'who;call\n王伟;13800138000\n李娜;138001\n张敏;nobody\n'],
  ['with a row that is torn', 'name,phone\n王伟,13800138000\n李娜,138001\n"张敏,13800138009\n'],
])('a list %s: only the corrected number is texted', async (_, content) => {
  const file = { name: 'list.csv', content };
  const first = await startedFromFiles(harness, [file]);
  const export1 = await leftOut(first);
  expect(export1.rows[1]?.slice(0, 4)).toEqual([
    '="138001"',
    expect.any(String),
    'list.csv',
    expect.any(String),
  ]);
  expect(export1.rows[1]?.slice(4, 6)).toEqual(['李娜', '138001']);
  const again = { name: 'mended.csv', content: mended(export1.content, '138001', '13800138002', ';') };
  const second = await startedFromFiles(harness, [again]);
  expect(await sentTo(second)).toEqual(['+8613800138002']);
});

it('a duplicate number is not texted again with the corrected ones', async () => {
  const content = 'phone,name\n13800138000,Ann\n13800138000,Ann again\n138001,Bob\n';
  const { content: exported } = await leftOut(
    await startedFromFiles(harness, [{ name: 'list.csv', content }]),
  );
  const again = { name: 'mended.csv', content: mended(exported, '138001', '13800138001') };
  const second = await startedFromFiles(harness, [again]);
  expect(await sentTo(second)).toEqual(['+8613800138001']);
});

it('several lists with different columns, and pasted numbers, are corrected in one file', async () => {
  const files = [
    { name: 'a.csv', content: 'phone,who\n13800138000,Ann\nbad-a,Bob\n' },
    { name: 'b.csv', content: 'Vorname;Mobile\nCleo;13800138001\nDan;bad-b\n' },
  ];
  const { content, rows } = await leftOut(await startedFromFiles(harness, files, '13800138002\n12'));
  expect(rows[0]?.slice(4)).toEqual(['phone', 'who', 'Vorname', 'Mobile']);
  expect(rows.slice(1).map((row) => row.slice(2))).toEqual([
    ['a.csv', '3', 'bad-a', 'Bob', '', ''],
    ['b.csv', '3', '', '', 'Dan', 'bad-b'],
    ['pasted', '2', '', '', '', ''],
  ]);
  let content2 = mended(content, 'bad-a', '13800138011');
  content2 = mended(content2, 'bad-b', '13800138012');
  content2 = mended(content2, '12', '13800138013');
  const second = await startedFromFiles(harness, [{ name: 'mended.csv', content: content2 }]);
  expect(await sentTo(second)).toEqual(['+8613800138011', '+8613800138012', '+8613800138013']);
});

it('rows left out of a corrected list, in another language, have the person’s own columns and ours once', async () => {
  const content = 'phone,name\n13800138000,Ann\nbad-1,Bob\nbad-2,Cleo\n';
  const first = await startedFromFiles(harness, [{ name: 'list.csv', content }]);
  const once = mended((await leftOut(first)).content, 'bad-1', '13800138001');
  const second = await startedFromFiles(harness, [{ name: 'mended.csv', content: once }]);
  await harness.app.db('app_user').update({ locale: 'zh-CN' });
  const { rows, content: exported } = await leftOut(second);
  await harness.app.db('app_user').update({ locale: 'en-US' });
  expect(rows).toEqual([
    ['手机号（在此更正）', '未采用的原因', '原文件', '原行号', 'phone', 'name'],
    ['bad-2', expect.any(String), 'mended.csv', '3', 'bad-2', 'Cleo'],
  ]);
  const twice = { name: 'twice.csv', content: mended(exported, 'bad-2', '13800138002') };
  expect(await sentTo(await startedFromFiles(harness, [twice]))).toEqual(['+8613800138002']);
});

it('a broken row has its text in the first column, and none of it in another', async () => {
  const content = 'name,phone\nAnn,13800138000\n"Bob,13800138009\n';
  const { rows } = await leftOut(await startedFromFiles(harness, [{ name: 'list.csv', content }]));
  expect(rows[1]).toEqual(['"Bob,13800138009', expect.any(String), 'list.csv', '3', '', '']);
});

it('a list that Slack no longer has is exported without its columns, and the message says so', async () => {
  const batchId = await startedFromFiles(harness, [
    { name: 'list.csv', content: 'phone\n13800138000\nbad-1\n' },
  ]);
  await harness.app.db('sms_batch_source').where({ batch_id: batchId }).update({ ref: 'F0GONE0000' });
  const { message, rows } = await leftOut(batchId);
  expect(message?.text).toContain('The columns of `list.csv` are missing');
  expect(rows.map((row) => row.length)).toEqual([4, 4]);
});

it('our own reading of lists knows the name of the first column in every language, and no other column of ours', () => {
  for (const { exports } of CATALOGUES) {
    const { mend, why, leftOutOf, leftOutAt } = exports.columns;
    expect([mend, why, leftOutOf, leftOutAt].map(rankName)).toEqual(['mended', 'none', 'none', 'none']);
  }
});
