import { readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname } from 'node:path';
import { type ExportedPart, openExport } from '../../../src/batches/exporting/open-export';
import { downloadFile } from '../../../src/slack/client/download-file';
import { deliverExport } from '../../../src/slack/posts/deliver-export';
import { csvLine, numberCell, textCell } from '../../../src/slack/posts/exports/csv';
import { spoolLines } from '../../../src/slack/posts/exports/spool-files';
import { ANNA, createHarness, type Harness, LIWEI, shownIn, until } from '../harness';
import { exportAs, startedFromFiles } from './run-export';

const LIST = [
  '姓名,手机号,Note',
  '王伟,13800138000,"=HYPERLINK(""http://evil.example"")"',
  '李娜,nonsense,first',
  '张敏,13800138001,"two\nlines"',
  '刘洋,13800138000,twice',
  'Eve,13800138002,-5',
].join('\n');

describe('an export', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await createHarness('socket');
  });
  afterAll(async () => {
    expect(harness.slack.refusedPayloads()).toEqual([]);
    await harness.close();
  });
  const anna = () => harness.slack.as(ANNA);

  const startedFromFile = () => startedFromFiles(harness, [{ name: 'list.csv', content: LIST }]);
  const exported = (batchId: string, part: ExportedPart, userId = ANNA) =>
    exportAs(harness, { batchId, part, userId });

  it('comes into the thread with every recipient, its outcome and the list’s own columns', async () => {
    const batchId = await startedFromFile();
    const { message, content, rows } = await exported(batchId, 'recipients');
    expect(message?.thread_ts).toBe((await harness.summary(batchId)).slackMessageTs);
    expect(message?.text).toContain(`<@${ANNA}> exported batch ${batchId}: 3 recipients`);
    expect(message?.files?.[0]?.name).toBe(`batch-${batchId}.csv`);
    expect(content.startsWith('\ufeffLine,File,Phone number,Status')).toBe(true);
    expect(rows[0]?.slice(-3)).toEqual(['姓名', '手机号', 'Note']);
    expect(rows.slice(1).map((row) => [...row.slice(0, 4), ...row.slice(-3)])).toEqual([
      [
        '2',
        'list.csv',
        '="+8613800138000"',
        'Sending',
        '王伟',
        '13800138000',
        `'=HYPERLINK("http://evil.example")`,
      ],
      ['4', 'list.csv', '="+8613800138001"', 'Sending', '张敏', '13800138001', 'two\nlines'],
      ['6', 'list.csv', '="+8613800138002"', 'Sending', 'Eve', '13800138002', '-5'],
    ]);
    expect(rows[1]?.[6]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });

  it('shows why a text failed and what it cost, in the time zone and language of the person who asked', async () => {
    const batchId = await startedFromFile();
    const moved = {
      status: 'failed',
      failure_reason: '-9',
      cost: '0.0325',
      currency: 'USD',
      segments_charged: 1,
    };
    await harness.app
      .db('sms_batch_buka_detail')
      .where({ batch_id: batchId, line: 2 })
      .update({ ...moved, settled_at: '2026-11-24T01:02:03Z' });
    await harness.slack.as(LIWEI).command('/sms help', harness.marketing);
    const liwei = harness.slack.as(LIWEI);
    await harness.slack.waitFor(() => shownIn(liwei.sees(harness.marketing)).includes('群发短信'));
    const { rows } = await exported(batchId, 'recipients', LIWEI);
    expect(rows[0]).toContain('结果时间（Asia/Shanghai）');
    expect(rows[1]?.slice(3, 11)).toEqual([
      '失败',
      '服务商不接受该号码。',
      '1',
      expect.any(String),
      '2026-11-24 09:02:03',
      '1',
      '0.0325',
      'USD',
    ]);
  });

  it('of the rows left out has file, line, cell and reason', async () => {
    const batchId = await startedFromFile();
    const { rows } = await exported(batchId, 'left_out');
    expect(rows).toEqual([
      [
        'Phone number (mend here)',
        'Why left out',
        'Left out of',
        'Left out at line',
        '姓名',
        '手机号',
        'Note',
      ],
      ['nonsense', 'Not a phone number', 'list.csv', '3', '李娜', 'nonsense', 'first'],
      ['', 'Duplicate (same as line 2): 13800138000', 'list.csv', '5', '刘洋', '13800138000', 'twice'],
    ]);
  });

  it('is requested from the details, after a warning, and audited with the person', async () => {
    const batchId = await startedFromFile();
    const { slackMessageTs } = await harness.summary(batchId);
    await anna().click(slackMessageTs ?? '', 'sms_details');
    const details = await harness.slack.waitFor(() => anna().modal());
    await anna().click(details.id, 'sms_export_left_out', { confirm: true });
    await harness.slack.waitFor(() =>
      shownIn(anna().modal()).includes('The file with 2 lines is being made'),
    );
    const noted = await harness.app.db('audit_event').where({ batch_id: batchId, action: 'batch.export' });
    expect(noted.map((one) => one.detail)).toEqual([{ part: 'left_out', rows: 2 }]);
  });

  it('has no columns of the list if Slack no longer has the file', async () => {
    const batchId = await startedFromFile();
    await harness.app
      .db('sms_batch_source')
      .where({ batch_id: batchId })
      .update({ slack_file_id: 'F0GONE0000' });
    const { message, rows } = await exported(batchId, 'recipients');
    expect(message?.text).toContain('Slack no longer has the file');
    expect(rows[0]?.at(-1)).toBe('Message ID');
    expect(rows).toHaveLength(4);
  });

  it('stops reading the database when the reader stops', async () => {
    const batchId = await startedFromFile();
    const { db } = harness.app;
    const copying = async () => {
      const { rows } = await db.raw(
        `select count(*)::int as n from pg_stat_activity
         where datname = current_database() and query ilike 'copy (select%' and pid <> pg_backend_pid()`,
      );
      return rows[0].n;
    };
    await db.raw(
      `insert into sms_rejected_recipient (batch_id, source, line, raw, reason, reason_detail)
       select ?::bigint, 0, line, repeat('x', 200), 'no_number', '{"code": "no_number"}' from generate_series(7, 20000) as line`,
      [batchId],
    );
    const source = await openExport(harness.app, batchId, (id) => downloadFile(harness.clients, id));
    for await (const block of source?.rejected() ?? []) {
      expect(block[0]).toMatchObject({ line: 3, raw: 'nonsense' });
      expect(await copying()).toBe(1);
      break;
    }
    await until(async () => (await copying()) === 0);
  });

  it('comes as a direct message if the bot cannot write in the channel', async () => {
    const batchId = await startedFromFile();
    harness.slack.archive(harness.marketing);
    const { message } = await exported(batchId, 'recipients');
    expect(message?.channel).toBe(anna().direct());
  });
});

it('names the missing scope if the app was installed without it', async () => {
  const harness = await createHarness('socket', {
    scopes: ['commands', 'chat:write', 'im:write', 'users:read', 'files:read'],
  });
  const batchId = await harness.started(['13800138000']);
  const { tenantId, sender } = await harness.summary(batchId);
  await deliverExport(harness.clients, { tenantId, batchId, userId: sender.userId, part: 'recipients' }, 1);
  const anna = harness.slack.as(ANNA);
  expect(anna.sees(anna.direct()).at(-1)?.text).toContain('files:write');
  await harness.close();
});

describe('the file', () => {
  async function* blocks(...lines: string[][]) {
    yield* lines;
  }

  it('is split at the limits, each part with its head', async () => {
    const limits = { bytes: 1_000, lines: 2 };
    const sizes = await spoolLines('head\r\n', blocks(['1\r\n', '2\r\n'], ['3\r\n']), readAll, limits);
    expect(sizes).toEqual(['\ufeffhead\r\n1\r\n2\r\n', '\ufeffhead\r\n3\r\n']);
    const small = { bytes: 12, lines: 100 };
    expect(await spoolLines('head\r\n', blocks(['1\r\n'], ['2\r\n']), readAll, small)).toHaveLength(2);
  });

  it('can be read by its owner only, and is deleted afterwards even after an error', async () => {
    let path = '';
    const broken = spoolLines('head\r\n', blocks(['1\r\n']), async ([file]) => {
      path = file?.path ?? '';
      expect((await stat(path)).mode & 0o077).toBe(0);
      expect((await stat(path)).size).toBe(file?.bytes);
      throw new Error('the upload broke');
    });
    await expect(broken).rejects.toThrow('the upload broke');
    await expect(stat(path)).rejects.toThrow('ENOENT');
    expect(await readdir(tmpdir())).not.toContain(basename(dirname(path)));
  });

  it.each([
    ['=1+1', `'=1+1`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['-2+3', `'-2+3`],
    ['\tx', `'\tx`],
    ['-5', '-5'],
    ['a "b", c', '"a ""b"", c"'],
    [null, ''],
  ])('writes the cell %j as %j', (value, written) => {
    expect(textCell(value)).toBe(written);
  });

  it('writes phone numbers as text that no spreadsheet rounds, and nothing else in that form', () => {
    expect(csvLine([numberCell('+8613800138000')])).toBe('"=""+8613800138000"""\r\n');
    expect(numberCell('=cmd()')).toBe(`'=cmd()`);
  });
});

async function readAll(files: { path: string }[]): Promise<string[]> {
  return Promise.all(files.map((file) => readFile(file.path, 'utf8')));
}
