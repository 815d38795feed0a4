import { sharedHarness } from '../harness';
import { exportAs, startedFromFiles } from './run-export';

/** `姓名,手机号,备注` and one row, in GB18030 byte by byte: 王 cdf5, 伟 ceb0, 备 b1b8, 注 d7a2. */
const GB18030 = Buffer.concat([
  Buffer.from('d0d5c3fb2ccad6bbfabac52cb1b8d7a20d0a', 'hex'),
  Buffer.from('cdf5ceb02c31333830303133383030302cd0d5c3fb0d0a', 'hex'),
]);

describe('the uploaded files’ own columns', () => {
  const harness = sharedHarness('socket');
  /** The columns after our own, of the head and of each row. */
  async function ownColumns(batchId: string) {
    const { message, rows } = await exportAs(harness, { batchId });
    const from = (rows[0]?.indexOf('Message ID') ?? 0) + 1;
    return { text: message?.text, columns: rows.map((row) => row.slice(from)) };
  }
  const loseFile = (batchId: string, ordinal: number) =>
    harness.app
      .db('sms_batch_source')
      .where({ batch_id: batchId, ordinal })
      .update({ ref: `F0GONE000${ordinal}` });

  it('are exported unchanged, from several files with different columns, encodings and quoting', async () => {
    const second = [
      'Mobile;Name;备注;Price',
      '13800138001;"O""Brien; Pat";"line one\nline two";007',
      '13800138002; leading blank ;1,5;1e3',
    ].join('\r\n');
    const files = [
      { name: 'old.csv', content: GB18030 },
      { name: 'new.csv', content: second },
    ];
    const { columns } = await ownColumns(await startedFromFiles(harness, files, '13800138003'));
    expect(columns).toEqual([
      ['姓名', '手机号', '备注', 'Mobile', 'Name', 'Price'],
      ['王伟', '13800138000', '姓名', '', '', ''],
      ['', '', 'line one\nline two', '13800138001', 'O"Brien; Pat', '007'],
      ['', '', '1,5', '13800138002', ' leading blank ', '1e3'],
      ['', '', '', '', '', ''],
    ]);
  });

  it('keep what is no formula, and escape what a spreadsheet would run, full-width signs included', async () => {
    const cells = ['=1+1', '＝1+1', '@SUM(A1)', '-call back', '+86 138', '-5', '+3.5', '"\n=1+1"', "'quoted"];
    const lines = cells.map((cell, index) => `1380013810${index},${cell}`);
    const content = ['phone,note', ...lines].join('\n');
    const { columns } = await ownColumns(await startedFromFiles(harness, [{ name: 'f.csv', content }]));
    expect(columns.slice(1).map(([, note]) => note)).toEqual([
      "'=1+1",
      "'＝1+1",
      "'@SUM(A1)",
      "'-call back",
      "'+86 138",
      '-5',
      '+3.5',
      "'\n'=1+1",
      "'quoted",
    ]);
  });

  it('get names if the file had none, or the same twice', async () => {
    const headless = { name: 'headless.csv', content: '13800138020,Ann\n13800138021,Bob\n' };
    const twins = { name: 'twins.csv', content: 'phone,note,note\n13800138022,a,b\n' };
    const { columns } = await ownColumns(await startedFromFiles(harness, [headless, twins]));
    expect(columns).toEqual([
      ['#1', '#2', 'phone', 'note', 'note (2)'],
      ['13800138020', 'Ann', '', '', ''],
      ['13800138021', 'Bob', '', '', ''],
      ['', '', '13800138022', 'a', 'b'],
    ]);
  });

  it('of a file that Slack no longer has are missing, which the message says; those of the other file are there', async () => {
    const files = [
      { name: 'kept.csv', content: 'phone,who\n13800138030,Ann\n' },
      { name: 'gone <!channel>.csv', content: 'phone,what\n13800138031,Bob\n' },
    ];
    const batchId = await startedFromFiles(harness, files);
    await loseFile(batchId, 1);
    const { text, columns } = await ownColumns(batchId);
    expect(text).toContain('The columns of `gone &lt;!channel&gt;.csv` are missing');
    expect(text).toContain('2 recipients');
    expect(columns).toEqual([
      ['phone', 'who'],
      ['13800138030', 'Ann'],
      ['', ''],
    ]);
  });
});
