import { randomUUID } from 'node:crypto';
import type { ExportedPart } from '../../../src/batches/exporting/open-export';
import { snooze } from '../../../src/queue/job-result';
import { createWorkspaces } from '../../../src/slack/client/workspaces';
import { createSecretBox } from '../../../src/tenants/secret-box';
import { otherProcess } from '../../exports/other-process';
import { createHarness, type Harness } from '../harness';
import { exportAs, exportsSeen, startedFromFiles, tablesOf } from './run-export';

/** Rows enough for several blocks of the database's copy, and files that hold one or two of them. */
const ROWS = 1_500;
const SMALL = { bytes: 150_000, lines: 1_000_000 };
const PART = 'left_out';

/** The line in the list of each row. */
const linesIn = (tables: string[][][]) =>
  tables.flatMap((rows) => rows.slice(1).map((row) => Number(row[3])));

describe('an export', () => {
  let harness: Harness;
  let batchId: string;
  /** Each call with it is a try of the same job. */
  let request: { id: string; batchId: string; part: ExportedPart };
  beforeEach(async () => {
    harness = await createHarness('socket');
    batchId = await startedFromFiles(harness, [{ name: 'list.csv', content: 'phone\n13800138000\n' }]);
    await harness.app.db.raw(
      `insert into sms_rejected_recipient (batch_id, source, line, raw, reason, reason_detail)
       select ?::bigint, 0, line, repeat('x', 200), 'no_number', '{"code": "no_number"}'
       from generate_series(1, ?::int) as line`,
      [batchId, ROWS],
    );
    request = { id: randomUUID(), batchId, part: PART };
  });
  afterEach(async () => {
    expect(harness.slack.refusedPayloads()).toEqual([]);
    await harness.close();
  });
  const open = () => harness.app.db('slack_outbox').whereNotNull('file_ids').pluck('file_ids');
  const stored = async () => ({
    files: await harness.app.db('export_file').pluck('file_index'),
    pieces: await harness.app.db('export_piece').pluck('ordinal'),
  });

  it('over the limits comes in several files in one message, each with its head, without losing a line', async () => {
    const { message, tables } = await exportAs(harness, request, SMALL);
    expect(exportsSeen(harness)).toHaveLength(1);
    const name = `batch-${batchId}-left-out`;
    expect(message?.files?.map((file) => file.name).slice(0, 2)).toEqual([`${name}.csv`, `${name}-2.csv`]);
    expect(message?.text).toContain('1,500 rows');
    expect(new Set(tables.map(([head]) => head?.join())).size).toBe(1);
    expect(linesIn(tables)).toEqual(Array.from({ length: ROWS }, (_, index) => index + 1));
  });

  it('shows no file when the upload of another fails, and is complete with the next try', async () => {
    const { files } = harness.clients.client;
    const ask = files.getUploadURLExternal;
    let uploads = 0;
    files.getUploadURLExternal = async (...asked) => {
      const answer = await ask.apply(files, asked);
      uploads += 1;
      return uploads === 2 ? { ...answer, upload_url: `${answer.upload_url}-broken` } : answer;
    };
    await expect(exportAs(harness, request, SMALL)).rejects.toThrow('Slack answered 400 to an upload.');
    expect(exportsSeen(harness)).toEqual([]);
    await exportAs(harness, request, SMALL);
    expect(exportsSeen(harness).map((one) => (one.files?.length ?? 0) > 1)).toEqual([true]);
  });

  it.each(['before', 'after'] as const)(
    'is posted once if the process is killed %s it was shared',
    async (moment) => {
      const { files } = harness.clients.poster;
      const complete = files.completeUploadExternal;
      files.completeUploadExternal = async (...asked) => {
        files.completeUploadExternal = complete;
        if (moment === 'after') await complete.apply(files, asked);
        throw new Error('killed');
      };
      await expect(exportAs(harness, request, SMALL)).rejects.toThrow('killed');
      expect((await open()).map((ids) => ids.length > 1)).toEqual([true]);
      await exportAs(harness, request, SMALL);
      expect(exportsSeen(harness)).toHaveLength(1);
      expect(await open()).toEqual([]);
      expect(await stored()).toEqual({ files: [], pieces: [] });
      // A new request by a person gives a new export.
      await exportAs(harness, { ...request, id: randomUUID() }, SMALL);
      expect(exportsSeen(harness)).toHaveLength(2);
    },
  );

  it('that one process made is delivered by another, once', async () => {
    const { files } = harness.clients.client;
    const ask = files.getUploadURLExternal;
    files.getUploadURLExternal = async () => {
      files.getUploadURLExternal = ask;
      throw new Error('killed');
    };
    await expect(exportAs(harness, request, SMALL)).rejects.toThrow('killed');
    const { files: made } = await stored();
    expect(made.length).toBeGreaterThan(1);
    // The other could not make it: Slack has no list any more.
    await harness.app.db('sms_batch_source').where({ batch_id: batchId }).update({ ref: 'F0GONE0000' });
    const other = await otherProcess(harness.app);
    try {
      const workspaces = createWorkspaces({
        app: other.app,
        settings: harness.clients.settings,
        log: harness.clients.log,
        secrets: createSecretBox(Buffer.alloc(32, 7)),
      });
      const clients = await workspaces.clientsFor(harness.tenantId);
      const { message, tables } = await exportAs({ ...harness, clients }, request, SMALL);
      expect(message?.files).toHaveLength(made.length);
      expect(message?.text).not.toContain('missing');
      expect(tables.flatMap((rows) => rows.slice(1))).toHaveLength(ROWS);
    } finally {
      await other.close();
    }
    expect(exportsSeen(harness)).toHaveLength(1);
    expect(await stored()).toEqual({ files: [], pieces: [] });
  });

  it('that is requested twice at once comes twice, each whole', async () => {
    await Promise.all([
      exportAs(harness, request, SMALL),
      exportAs(harness, { ...request, id: randomUUID() }, SMALL),
    ]);
    const all = Array.from({ length: ROWS }, (_, index) => index + 1);
    const tables = await Promise.all(exportsSeen(harness).map(({ files }) => tablesOf(files ?? [])));
    expect(tables.map(linesIn)).toEqual([all, all]);
    expect(await stored()).toEqual({ files: [], pieces: [] });
  });

  it('comes later if Slack does not answer', async () => {
    harness.slack.faults.set('serverError');
    expect((await exportAs(harness, { batchId }).catch((error) => ({ rest: error }))).rest).toEqual(
      snooze(60_000),
    );
    harness.slack.faults.clear();
    await exportAs(harness, { batchId });
    expect(exportsSeen(harness)).toHaveLength(1);
  }, 30_000);
});
