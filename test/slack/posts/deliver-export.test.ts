import { type ExportedPart, openExport } from '../../../src/batches/exporting/open-export';
import { deliverExport } from '../../../src/slack/posts/deliver-export';
import { findSlackBatch } from '../../../src/slack/store/slack-batches.sql';
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
    const place = await findSlackBatch(harness.app.db, batchId);
    expect(message?.thread_ts).toBe(place?.messageTs);
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
    const place = await findSlackBatch(harness.app.db, batchId);
    await anna().click(place?.messageTs ?? '', 'sms_details');
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
    await harness.app.db('sms_batch_source').where({ batch_id: batchId }).update({ ref: 'F0GONE0000' });
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
    const source = await openExport(harness.app, batchId);
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
  const requested = { id: '1', tenantId, batchId, userId: sender.userId, part: 'recipients' } as const;
  await deliverExport(harness.clients, requested, 1);
  const anna = harness.slack.as(ANNA);
  expect(anna.sees(anna.direct()).at(-1)?.text).toContain('files:write');
  await harness.close();
});
