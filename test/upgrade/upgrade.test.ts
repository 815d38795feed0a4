import { isDeepStrictEqual } from 'node:util';
import type { Knex } from 'knex';
import { FORMER_NAMES, parsePayload } from '../../src/queue/former-jobs';
import type { JobKind } from '../../src/queue/jobs';
import { describeSchema } from '../db/describe-schema';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { guardStates } from '../setup/guard-states';
import { startTestSystem, type TestSystem } from '../setup/test-system';
import { until } from '../setup/until';
import {
  createFormerDatabase,
  FIRST_OF_UPDATE,
  FORMER_QUEUE,
  LAST_FORMER_MIGRATION,
  listJobs,
  listMigrations,
  openFormer,
  undoMigrations,
  update,
} from './former-version';

/** Tables of the dump whose rows are in another table today. */
const RENAMED_TABLES: Record<string, string> = {
  tenant_channel_config: 'provider_account',
  user_channel_config: 'person_sub_account',
};
const FORMER_OUTBOXES = ['sms_batch_posting', 'sms_answer_posting', 'sms_answer_sharing'];

/** Who asked for the comparison. */
const ANNA = 'U0ANNA0001';

describe('a database of the former version', () => {
  let database: TestDatabase;
  let db: Knex;
  /** Sees the tables where the former code has them. */
  let former: Knex;
  beforeEach(async () => {
    database = await createFormerDatabase();
    db = database.knex;
    former = openFormer(database);
  });
  afterEach(async () => {
    await former.destroy();
    await database.drop();
  });

  test('has after its migration the schema of a new database, and every row that it had', async () => {
    const before = await countRows(former, 'public');
    await update(database);
    const fresh = await createTestDatabase();
    expect(await describeSchema(db)).toEqual(await describeSchema(fresh.knex));
    await fresh.drop();
    const kept = Object.entries(before)
      .filter(([table]) => !FORMER_OUTBOXES.includes(table))
      .map(([table, rows]) => [RENAMED_TABLES[table] ?? table, rows]);
    expect(await countRows(db, 'bulk_sms')).toMatchObject({
      ...Object.fromEntries(kept),
      // Each batch is sent through the account that its workspace had, and shown where it was.
      sms_batch_account: before.sms_batch,
      slack_batch: before.sms_batch,
      slack_outbox: FORMER_OUTBOXES.reduce((sum, table) => sum + (before[table] ?? 0), 0),
    });
  });

  test('posts after its migration an alert that follows one of an earlier round', async () => {
    await update(database);
    // People had been asked about batch 2, and then it was sent again.
    const [asked] = await db('sms_batch').where({ id: 2 }).select('alert', 'alert_number');
    expect(asked).toEqual({ alert: null, alert_number: 0 });
    expect(await db('slack_batch').where({ batch_id: 2 }).pluck('posted_alert')).toEqual([0]);
  });

  test('keeps which alerts were posted, and which completions were announced', async () => {
    await update(database);
    const posted = db('slack_batch as shown').join('sms_batch as batch', 'batch.id', 'shown.batch_id');
    const alerts = await posted
      .clone()
      .whereNotNull('batch.alert')
      .orderBy('batch.id')
      .select('batch.id', 'batch.alert', 'batch.alert_number as number', 'shown.posted_alert as posted');
    expect(alerts).toEqual([
      { id: '5', alert: 'uncertain', number: 1, posted: 1 },
      { id: '6', alert: 'paused', number: 1, posted: 0 },
      { id: '7', alert: 'failed', number: 1, posted: 1 },
    ]);
    const announced = await posted
      .clone()
      .whereNotNull('shown.announced_round')
      .select('batch.id', 'shown.announced_round as round');
    expect(announced).toEqual([{ id: '2', round: 3 }]);
  });

  test('has after its migration every job that waited, under a key, a name and with a payload of today', async () => {
    const before = await listJobs(former, FORMER_QUEUE);
    await update(database);
    const { id: accountId } = await db('provider_account').where({ tenant_id: 1 }).first('id');
    const after = await listJobs(db);
    expect(after.map(({ key }) => key)).toEqual(
      before.map(({ key }) =>
        String(key).replace(/^(submit|poll|reconcile):\d+/, (batch) => `${batch}:${accountId}`),
      ),
    );
    for (const { name, payload } of after) expect(() => parsePayload(kindOf(name), payload)).not.toThrow();
    const payloadOf = (key: string) => after.find((job) => job.key === key)?.payload;
    expect(payloadOf('message:15')).toEqual({ tenantId: '2', batchId: '15' });
    const atAccount = (batchId: string) => ({ tenantId: '1', batchId, accountId });
    expect(payloadOf(`submit:1:${accountId}:1`)).toEqual({ ...atAccount('1'), lane: 1 });
    expect(payloadOf(`poll:4:${accountId}`)).toEqual(atAccount('4'));
    expect(payloadOf(`reconcile:5:${accountId}`)).toEqual(atAccount('5'));
  });

  test('is exactly as it was after the way back, and can be migrated again', async () => {
    const before = await readFormer(former);
    await update(database);
    const migrated = await describeSchema(db);
    await undoMigrations(database, FIRST_OF_UPDATE);
    expect(await readFormer(former)).toEqual(before);
    expect((await listMigrations(db)).sort().at(-1)).toBe(LAST_FORMER_MIGRATION);
    await update(database);
    expect(await describeSchema(db)).toEqual(migrated);
  });
});

describe('a bot of today on a database of the former version', () => {
  let system: TestSystem;
  let db: Knex;
  let accountId: string;
  beforeAll(async () => {
    const database = await createFormerDatabase();
    system = await startTestSystem({
      database,
      bot: false,
      // That of the former version's fixture. It could be guessed, and goes on opening what it has sealed.
      env: { ENCRYPTION_KEY: '07'.repeat(32) },
      buka: {
        apps: [{ apiKey: 'test-key', apiSecret: 'test-secret', appIds: ['test-app', 'test-app-2'] }],
      },
    });
    const former = openFormer(database);
    await guardStates(former);
    // Where texts are on their way, a bot refuses to send through another address.
    await former('tenant_channel_config').update({ base_url: system.buka.url });
    await former.destroy();
    db = system.db;
    await system.startBot();
    accountId = (await db('provider_account').where({ tenant_id: 1 }).first('id')).id;
    await until(waitingJobs, (jobs) => isDeepStrictEqual(jobs, leftWaiting()), 90_000);
  });
  afterAll(() => system.close());

  /**
   * What is not due yet, what goes on as long as its batch is open, and what is to be told in a workspace where this bot is
   * not installed. The kind of each job by its key.
   */
  const leftWaiting = (): Record<string, string> => ({
    'announce:15': 'announce-completion',
    'message:15': 'refresh-status-message',
    [`poll:1:${accountId}`]: 'poll-delivery',
    [`poll:4:${accountId}`]: 'poll-delivery',
    [`poll:5:${accountId}`]: 'poll-delivery',
    [`poll:6:${accountId}`]: 'poll-delivery',
    'push:report:onbuka:again': 'record-delivery-reports',
    [`reconcile:1:${accountId}`]: 'reconcile',
    [`reconcile:5:${accountId}`]: 'reconcile',
    sweep: 'sweep',
  });
  const waitingJobs = async (): Promise<Record<string, string>> =>
    Object.fromEntries((await listJobs(db)).map(({ key, name }) => [String(key), kindOf(name)]));

  test('does every job that waits, under its former name too, and frees that of the dead worker', async () => {
    expect(await db('bulk_sms_queue.jobs').whereNotNull('last_error')).toEqual([]);
    expect(await db('bulk_sms_queue.jobs').where('locked_by', 'pool-0f0e0d0c0b0a090807')).toEqual([]);
    expect(await db('slack_outbox')).toEqual([]);
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
    const recipients = db('sms_batch_recipient').whereIn('recipient_number', [mobile(2), mobile(3)]);
    expect(await recipients.pluck('status')).toEqual(['unknown', 'unknown']);
  });

  test('applies what waited in the webhook inbox, and keeps what is not due', async () => {
    const inbox = await db('webhook_inbox').whereIn('id', [12, 13, 14]).orderBy('id').pluck('outcome');
    expect(inbox).toEqual(['applied', null, 'applied']);
    expect(
      await db('sms_batch_recipient')
        .where({ recipient_number: mobile(21) })
        .first(),
    ).toMatchObject({
      status: 'delivered',
      settled_by: 'push',
    });
    expect(await db('sms_inbound_message').count()).toEqual([{ count: '2' }]);
  });

  test('tells each workspace what waited to be told, and only its own', async () => {
    const shown = () => db('slack_batch').orderBy('batch_id');
    expect(await shown().whereNotNull('announced_round').pluck('batch_id')).toEqual(['2', '3', '9']);
    expect(await db('sms_batch').where({ id: 6 }).first()).toMatchObject({
      alert: 'paused',
      alert_number: 1,
    });
    expect(await shown().where({ batch_id: 6 }).pluck('posted_alert')).toEqual([1]);
    // Of batch 12 a person is asked which column holds the numbers, as before.
    expect(await shown().whereNotNull('review_message_ts').pluck('batch_id')).toEqual(['10', '11', '12']);
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

/** The kind of a job by the name under which it waits. A name with a workspace is of no kind. */
const kindOf = (name: string) => (FORMER_NAMES[name] ?? name) as JobKind;

/** What the way back restores: the schema, every row of each table, and the jobs. */
async function readFormer(db: Knex) {
  const rows = (await listTables(db, 'public')).map(async (table) => {
    const { rows: texts } = await db.raw('select to_jsonb(one) as row from ?? as one order by 1', [table]);
    return [table, texts.map(({ row }: { row: Record<string, unknown> }) => withoutTimeOfAnnouncement(row))];
  });
  return {
    schema: await describeSchema(db, 'public'),
    rows: Object.fromEntries(await Promise.all(rows)),
    // No process runs while jobs move, so none is locked afterwards.
    jobs: (await listJobs(db, FORMER_QUEUE)).map((job) => ({ ...job, locked_at: null, locked_by: null })),
  };
}

/** Today's tables know only that a completion was announced. The former code asks for no more either. */
function withoutTimeOfAnnouncement(row: Record<string, unknown>): Record<string, unknown> {
  return 'notified_at' in row ? { ...row, notified_at: row.notified_at !== null } : row;
}

/** The numbers of the dump: +8613800138000 and those after it. */
function mobile(n: number): string {
  return `+${8_613_800_138_000 + n}`;
}

/** All but the list of migrations. */
async function listTables(db: Knex, schema: string): Promise<string[]> {
  return db('pg_tables')
    .where({ schemaname: schema })
    .whereRaw(`tablename not like all ('{knex_%,migrations%}')`)
    .orderBy('tablename')
    .pluck('tablename');
}

/** Rows of each table. */
async function countRows(db: Knex, schema: string): Promise<Record<string, number>> {
  const counts = (await listTables(db, schema)).map(async (table) => {
    const [{ count }] = (await db(table).withSchema(schema).count()) as [{ count: string }];
    return [table, Number(count)];
  });
  return Object.fromEntries(await Promise.all(counts));
}
