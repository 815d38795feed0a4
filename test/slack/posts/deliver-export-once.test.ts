import { createHarness, type Harness } from '../harness';
import { exportAs, exportsSeen, startedFromFiles } from './run-export';

/** Rows enough for several blocks of the database's copy, and files that hold one or two of them. */
const ROWS = 1_500;
const SMALL = { bytes: 150_000, lines: 1_000_000 };
const PART = 'left_out';

describe('an export', () => {
  let harness: Harness;
  let batchId: string;
  beforeEach(async () => {
    harness = await createHarness('socket');
    batchId = await startedFromFiles(harness, [{ name: 'list.csv', content: 'phone\n13800138000\n' }]);
    await harness.app.db.raw(
      `insert into sms_rejected_recipient (batch_id, source, line, raw, reason, reason_detail)
       select ?::bigint, 0, line, repeat('x', 200), 'no_number', '{"code": "no_number"}'
       from generate_series(1, ?::int) as line`,
      [batchId, ROWS],
    );
  });
  afterEach(async () => {
    expect(harness.slack.refusedPayloads()).toEqual([]);
    await harness.close();
  });
  const open = () => harness.app.db('sms_answer_sharing').pluck('slack_file_ids');

  it('over the limits comes in several files in one message, each with its head, without losing a line', async () => {
    const { message, tables } = await exportAs(harness, { batchId, part: PART }, SMALL);
    expect(exportsSeen(harness)).toHaveLength(1);
    const name = `batch-${batchId}-left-out`;
    expect(message?.files?.map((file) => file.name).slice(0, 2)).toEqual([`${name}.csv`, `${name}-2.csv`]);
    expect(message?.text).toContain('1,500 rows');
    expect(new Set(tables.map(([head]) => head?.join())).size).toBe(1);
    const lines = tables.flatMap((rows) => rows.slice(1).map((row) => Number(row[3])));
    expect(lines).toEqual(Array.from({ length: ROWS }, (_, index) => index + 1));
  });

  it('shows no part when the upload of another fails, and is complete with the next try', async () => {
    const { files } = harness.clients.client;
    const ask = files.getUploadURLExternal;
    let uploads = 0;
    files.getUploadURLExternal = async (...asked) => {
      const answer = await ask.apply(files, asked);
      uploads += 1;
      return uploads === 2 ? { ...answer, upload_url: `${answer.upload_url}-broken` } : answer;
    };
    await expect(exportAs(harness, { batchId, part: PART }, SMALL)).rejects.toThrow(
      'Slack answered 400 to an upload.',
    );
    expect(exportsSeen(harness)).toEqual([]);
    await exportAs(harness, { batchId, part: PART }, SMALL);
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
      await expect(exportAs(harness, { batchId, part: PART }, SMALL)).rejects.toThrow('killed');
      expect((await open()).map((ids) => ids.length > 1)).toEqual([true]);
      await exportAs(harness, { batchId, part: PART }, SMALL);
      expect(exportsSeen(harness)).toHaveLength(1);
      expect(await open()).toEqual([]);
      // A new request by a person gives a new export.
      await exportAs(harness, { batchId, part: PART }, SMALL);
      expect(exportsSeen(harness)).toHaveLength(2);
    },
  );

  it('comes later if Slack does not answer', async () => {
    harness.slack.faults.set('serverError');
    expect((await exportAs(harness, { batchId }).catch((error) => ({ rest: error }))).rest).toEqual({
      snoozeMs: 60_000,
    });
    harness.slack.faults.clear();
    await exportAs(harness, { batchId });
    expect(exportsSeen(harness)).toHaveLength(1);
  }, 30_000);
});
