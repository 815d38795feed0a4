import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Knex } from 'knex';
import { Client } from 'pg';
import { migrate, migrationSource, pendingMigrations } from '../../src/db/migrate';
import { describeSchema } from '../db/describe-schema';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../setup/database';
import { startTestSystem, type TestSystem } from '../setup/test-system';
import { until } from '../setup/until';

/**
 * A database as the code of November 2026 left it, before job names, payloads and tables got the names of today:
 * batches in every state, every kind of job waiting, and a bot that was killed in the middle of a request. Made by that
 * code itself and dumped; its first lines say how.
 */
const FORMER_SCHEMA = readFileSync(join(__dirname, 'former-schema.sql'), 'utf8');
/** The newest migration of the dump: what came later is what an update runs. */
const LAST_FORMER_MIGRATION = '20261127000010_answers';

/** Who asked for the comparison. */
const ANNA = 'U0ANNA0001';

async function createFormerDatabase(): Promise<TestDatabase> {
  const database = await createEmptyDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(FORMER_SCHEMA);
  await client.end();
  return database;
}

describe('a database of the former version', () => {
  let database: TestDatabase;
  let db: Knex;
  beforeEach(async () => {
    database = await createFormerDatabase();
    db = database.knex;
  });
  afterEach(() => database.drop());

  test('has after its migration the schema of a new database, and every row that it had', async () => {
    const before = await countRows(db);
    await migrate(db);
    expect(await pendingMigrations(db)).toBe(0);
    const fresh = await createTestDatabase();
    expect(await describeSchema(db)).toEqual(await describeSchema(fresh.knex));
    await fresh.drop();
    const { rate_gate, sms_push, sms_recipient_attempt, ...others } = before;
    expect(await countRows(db)).toEqual({
      ...others,
      rate_limit: rate_gate,
      webhook_inbox: sms_push,
      sms_send_attempt: sms_recipient_attempt,
    });
  });

  test('is exactly as it was after the way back, and can be migrated again', async () => {
    const [schema, rows] = [await describeSchema(db), await countRows(db)];
    await migrate(db);
    const migrated = await describeSchema(db);
    await db.migrate.down({ migrationSource });
    expect(await describeSchema(db)).toEqual(schema);
    expect(await countRows(db)).toEqual(rows);
    expect((await db('knex_migrations').pluck('name')).sort().at(-1)).toBe(LAST_FORMER_MIGRATION);
    await migrate(db);
    expect(await describeSchema(db)).toEqual(migrated);
  });
});

describe('a bot of today on a database of the former version', () => {
  let system: TestSystem;
  let db: Knex;
  beforeAll(async () => {
    system = await startTestSystem({
      database: await createFormerDatabase(),
      bot: false,
      buka: {
        apps: [{ apiKey: 'test-key', apiSecret: 'test-secret', appIds: ['test-app', 'test-app-2'] }],
      },
    });
    db = system.db;
    await system.startBot();
    await until(waitingJobs, (jobs) => isDeepStrictEqual(jobs, LEFT_WAITING), 90_000);
  });
  afterAll(() => system.close());

  /** What is not due yet, what goes on as long as its batch is open, and what belongs to another workspace's bot. */
  const LEFT_WAITING = [
    'announce:15',
    'message:15',
    'poll:1',
    'poll:4',
    'poll:5',
    'poll:6',
    'push:report:onbuka:again',
    'reconcile:1',
    'reconcile:5',
    'sweep',
  ];
  const waitingJobs = () => db('graphile_worker.jobs').orderBy('key').pluck('key');

  test('does every job that waits, under its former name too, and frees that of the dead worker', async () => {
    expect(await db('graphile_worker.jobs').whereNotNull('last_error')).toEqual([]);
    expect(await db('graphile_worker.jobs').where('locked_by', 'pool-0f0e0d0c0b0a090807')).toEqual([]);
    const former = await db('graphile_worker.jobs')
      .whereRaw(
        `split_part(task_identifier, ':', 1) in ('call-attention', 'record-reports', 'refresh-message')`,
      )
      .orderBy('key')
      .pluck('task_identifier');
    expect(former).toEqual(['refresh-message:2', 'record-reports']);
    for (const outbox of ['sms_batch_posting', 'sms_answer_posting', 'sms_answer_sharing']) {
      expect(await db(outbox)).toEqual([]);
    }
  });

  test('sends what was to be sent, once, and nothing else', () => {
    const { ledger } = system.buka;
    const due = [4, 5, 6, 7, 8, 34, 35, 36].map(mobile);
    expect(ledger.counts(due)).toEqual({ once: due.length, never: 0, moreThanOnce: 0, unexpected: 0 });
    expect(ledger.counts()).toEqual({ once: due.length, never: 0, moreThanOnce: 0, unexpected: 0 });
  });

  test('leaves each batch in the state that it has come to', async () => {
    const batches = await db('sms_batch')
      .orderBy('id')
      .select(
        'status',
        'sending_count as sending',
        'success_count as delivered',
        'failed_count as failed',
        'unknown_count as unknown',
        'cancelled_count as cancelled',
      );
    const none = { sending: 0, delivered: 0, failed: 0, unknown: 0, cancelled: 0 };
    expect(batches).toEqual([
      // The local Buka has no record of what was sent before: 000 and 001, 022, 026 and 027 stay under way.
      { ...none, status: 'submitted', sending: 2, delivered: 5, unknown: 2 },
      { ...none, status: 'completed', delivered: 6, unknown: 1 },
      { ...none, status: 'completed', delivered: 2, cancelled: 1 },
      { ...none, status: 'submitted', delivered: 2, failed: 1, sending: 1 },
      { ...none, status: 'submitted', delivered: 2, unknown: 1 },
      { ...none, status: 'paused', sending: 2 },
      { ...none, status: 'failed', failed: 2 },
      { ...none, status: 'cancelled', cancelled: 2 },
      { ...none, status: 'completed', delivered: 3 },
      { ...none, status: 'ready' },
      { ...none, status: 'ready' },
      { ...none, status: 'importing' },
      { ...none, status: 'scheduled' },
      { ...none, status: 'draft' },
      { ...none, status: 'completed', delivered: 1 },
    ]);
  });

  test('makes the open request of the dead worker unknown, with its recipients', async () => {
    const open = await db('sms_submission')
      .where({ batch_id: 1, chunk: 2 })
      .orderBy('attempt')
      .pluck('outcome');
    expect(open).toEqual(['rejected', 'unknown']);
    const recipients = db('sms_batch_buka_detail').whereIn('recipient_number', [mobile(2), mobile(3)]);
    expect(await recipients.pluck('status')).toEqual(['unknown', 'unknown']);
  });

  test('applies what waited in the webhook inbox, and keeps what is not due', async () => {
    const inbox = await db('webhook_inbox').whereIn('id', [12, 13, 14]).orderBy('id').pluck('outcome');
    expect(inbox).toEqual(['applied', null, 'applied']);
    expect(
      await db('sms_batch_buka_detail')
        .where({ recipient_number: mobile(21) })
        .first(),
    ).toMatchObject({
      status: 'delivered',
      settled_by: 'push',
    });
    expect(await db('sms_inbound_message').count()).toEqual([{ count: '2' }]);
  });

  test('tells each workspace what waited to be told, and only its own', async () => {
    expect(await db('sms_batch').whereNotNull('notified_at').orderBy('id').pluck('id')).toEqual([
      '2',
      '3',
      '9',
    ]);
    expect(await db('sms_batch').where({ id: 6 }).first()).toMatchObject({
      attention: 'paused',
      attention_told_at: expect.any(Date),
    });
    // Of batch 12 a person is asked which column holds the numbers, as before.
    expect(await db('sms_batch').whereNotNull('review_message_ts').orderBy('id').pluck('id')).toEqual([
      '10',
      '11',
      '12',
    ]);
    const marketing = JSON.stringify(system.slack.messages(system.slack.channel('marketing').id));
    for (const name of ['submitting', 'completed untold', 'paused', 'pending']) {
      expect(marketing).toContain(`To be ${name}`);
    }
    expect(marketing).not.toContain('To be told by another bot');
  });

  test('brings the exports and the comparison to the people who asked for them', () => {
    const { slack } = system;
    const files = slack.messages(slack.channel('marketing').id).flatMap((post) => post.files ?? []);
    expect(files.map((file) => file.name).sort()).toEqual(['batch-2-left-out.csv', 'batch-2.csv']);
    const comparison = slack
      .messages(slack.as(ANNA).direct())
      .filter((post) => JSON.stringify(post).includes('2611270954011000003'));
    expect(comparison).toHaveLength(1);
  });
});

/** The numbers of the dump: +8613800138000 and those after it. */
function mobile(n: number): string {
  return `+${8_613_800_138_000 + n}`;
}

/** Rows of each table, but for the list of migrations. */
async function countRows(db: Knex): Promise<Record<string, number>> {
  const tables: string[] = await db('pg_tables')
    .where({ schemaname: 'public' })
    .whereRaw(`tablename not like 'knex%'`)
    .pluck('tablename');
  const counts = tables.map(async (table) => {
    const [{ count }] = (await db(table).count()) as [{ count: string }];
    return [table, Number(count)];
  });
  return Object.fromEntries(await Promise.all(counts));
}
