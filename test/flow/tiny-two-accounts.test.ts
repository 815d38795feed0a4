import type { Knex } from 'knex';
import { cancelBatch } from '../../src/batches/control/cancel-batch';
import { moveToAccount } from '../../src/batches/control/move-to-account';
import { pauseBatch, resumeBatch } from '../../src/batches/control/pause-batch';
import { retryFailed } from '../../src/batches/control/send-again';
import { openExport } from '../../src/batches/exporting/open-export';
import { findTexts } from '../../src/batches/views/find-texts';
import { getBatchDetails } from '../../src/batches/views/get-batch-details';
import { getBatchMessageStatus } from '../../src/batches/views/get-batch-message-status';
import { getBatchSummary, listBatches } from '../../src/batches/views/get-batch-summary';
import type { SendOutcome } from '../../src/providers/send-outcome';
import type { SendRequest, SmsProvider } from '../../src/providers/sms-provider';
import { ensureTenant } from '../../src/tenants/tenant';
import { ACCOUNT, acceptAll, mobiles } from '../setup/app-context';
import { until } from '../setup/until';
import { createTinyApp, type TinyApp } from '../tiny/tiny-app';
import type { TinyText } from '../tiny/tiny-server';

/** One batch over two accounts at two providers: Germany goes to the tiny one, everybody else to the other. */
let tiny: TinyApp;
beforeEach(async () => {
  tiny = await createTinyApp({ countries: ['DE'] });
});
afterEach(() => tiny.close());

const CHINESE = mobiles(6).map((number) => `+86${number}`);
const GERMAN = Array.from({ length: 4 }, (_, index) => `+49151123456${70 + index}`);
/** As they are in the list: both kinds in turn. */
const LIST = CHINESE.flatMap((number, index) => [number, ...GERMAN.slice(index, index + 1)]);

const rowsOf = (table: string): Promise<{ recipient_number: string; status: string }[]> =>
  tiny.app.db(table).orderBy('position').select('recipient_number', 'status');
const numbersOf = async (table: string) => (await rowsOf(table)).map((row) => row.recipient_number);
/** Requests that are open together come in any order. */
const takenNumbers = () => tiny.server.taken.map(({ to }) => to).sort();
const BUKA = 'sms_batch_buka_detail';
const TINY = 'sms_batch_tiny_detail';

test('recipients go by a rule of their country, and each account sends its own', async () => {
  const batchId = await tiny.started(LIST);
  expect(await numbersOf(BUKA)).toEqual(CHINESE);
  expect(await numbersOf(TINY)).toEqual(GERMAN);
  expect(await tiny.submissions(batchId)).toMatchObject([
    { chunk: 1, account_id: tiny.accountId, size: 6 },
    { chunk: 2, account_id: tiny.tinyAccountId, size: 4 },
  ]);
  await tiny.submit(batchId);
  expect(tiny.provider.requests).toEqual([CHINESE]);
  expect(takenNumbers()).toEqual(GERMAN);
  expect(await tiny.batch(batchId)).toMatchObject({ status: 'submitted', sending_count: 10 });
});

test('counts, lists, details, searches, refresh and export read both tables', async () => {
  const { app, actor } = tiny;
  const batchId = await tiny.started(LIST);
  await tiny.submit(batchId);
  await tiny.server.deliver();
  await tiny.applyReports();
  for (const record of tiny.provider.statuses.values()) record.status = 'delivered';

  const live = await getBatchMessageStatus(app, actor, batchId);
  expect(live).toMatchObject({ result: { asked: 6, counts: { delivered: 10, sending: 0 } } });

  const [failing] = tiny.provider.statuses.values();
  Object.assign(failing ?? {}, { status: 'failed', reason: 'REJECTED' });
  while ((await tiny.batch(batchId)).status !== 'completed') await tiny.poll(batchId);

  const counts = { total: 10, delivered: 9, failed: 1, sending: 0, unknown: 0, waiting: 0, cancelled: 0 };
  expect(await getBatchSummary(app, actor, batchId)).toMatchObject({ status: 'completed', counts });
  expect(await listBatches(app, actor, 5)).toMatchObject([{ id: batchId, counts }]);

  const details = (filter: 'all' | 'delivered', search = '') =>
    getBatchDetails(app, actor, { batchId, filter, search, page: 1, pageSize: 20 });
  expect((await details('all'))?.recipients.map((one) => one.recipientNumber)).toEqual(LIST);
  expect((await details('delivered'))?.recipients).toHaveLength(9);
  for (const number of [CHINESE[1], GERMAN[2]] as string[]) {
    const found = await details('all', number);
    expect(found?.recipients.map((one) => one.recipientNumber)).toEqual([number]);
    expect(found?.history).toMatchObject([{ attempt: 1, status: 'delivered' }]);
    expect(await findTexts(app, actor, { number, limit: 5 })).toMatchObject({
      total: 1,
      texts: [{ batchId, status: 'delivered' }],
    });
  }

  const source = await openExport(app, batchId);
  const exported = [];
  for await (const block of source?.recipients('UTC') ?? []) exported.push(...block);
  await source?.originals.close();
  expect(exported.map(({ number }) => number)).toEqual(LIST);
  expect(exported.map(({ currency }) => currency)).toEqual(
    LIST.map((number) => (GERMAN.includes(number) ? 'EUR' : '')),
  );
});

/** Accepts everything, under the message ids that the tiny provider gives out: T1, T2, … */
function acceptWithIdsOfTiny(request: SendRequest): SendOutcome {
  const outcome = acceptAll(request);
  const accepted = outcome.accepted.map((one, at) => ({ ...one, messageId: `T${at + 1}` }));
  return { ...outcome, accepted };
}

test('ids of one provider mean nothing to another, even where both use the same', async () => {
  const batchId = await tiny.started(LIST);
  tiny.provider.script = [acceptWithIdsOfTiny];
  tiny.server.script = ['taken_lost'];
  await tiny.submit(batchId);
  await tiny.letWaitsPass();
  await tiny.submit(batchId);
  expect(await tiny.recipients(batchId)).toEqual({ sending: 9, unknown: 1 });
  // The lost text is T1 there, as the first Chinese one is here.
  await tiny.server.deliver();
  await tiny.applyReports();
  expect(await rowsOf(TINY)).toEqual(
    GERMAN.map((number) => ({ recipient_number: number, status: 'delivered' })),
  );
  expect(await rowsOf(BUKA)).toEqual(
    CHINESE.map((number) => ({ recipient_number: number, status: 'sending' })),
  );
});

test('an id of a former send attempt at one provider may come from another as well', async () => {
  const batchId = await tiny.started(LIST);
  tiny.provider.script = [acceptWithIdsOfTiny];
  tiny.server.script = ['taken_lost'];
  await tiny.submit(batchId);
  while ((await tiny.recipients(batchId)).pending) {
    await tiny.letWaitsPass();
    await tiny.submit(batchId);
  }
  const [first] = tiny.provider.statuses.values();
  Object.assign(first ?? {}, { status: 'failed' });
  await tiny.poll(batchId);
  await retryFailed(tiny.app, tiny.actor, { batchId });
  expect(await tiny.app.db('sms_send_attempt').pluck('provider_message_id')).toEqual(['T1']);
  await tiny.reconcile(batchId);
  expect((await rowsOf(TINY)).map(({ status }) => status)).toEqual(Array(4).fill('sending'));
});

test("one provider's reports do not hold up the polls of the other", async () => {
  const batchId = await tiny.started(LIST);
  await tiny.submit(batchId);
  tiny.app.settings.deliveryPollMs = 60_000;
  await tiny.server.push(tiny.server.taken[0] as TinyText, 'delivered');
  await tiny.applyReports();
  for (const record of tiny.provider.statuses.values()) record.status = 'delivered';
  await tiny.poll(batchId);
  expect(tiny.server.questions()).toBe(0);
  expect(await tiny.recipients(batchId)).toEqual({ delivered: 7, sending: 3 });
});

test('people are asked about who is uncertain when the settle time is over at both accounts', async () => {
  const { app, provider, server } = tiny;
  app.settings.uncertainSettleMs = 0;
  provider.script = [() => ({ kind: 'unclear', cause: 'timeout', reason: 'no answer' })];
  server.script = ['lost'];
  const batchId = await tiny.started([...CHINESE.slice(0, 1), ...GERMAN.slice(0, 1)]);
  await tiny.submit(batchId);
  expect(await tiny.recipients(batchId)).toEqual({ unknown: 2 });
  const { tiny: port } = app.providers as { tiny: SmsProvider };
  const settling = (settleMs: number) => {
    app.providers.tiny = { ...port, capabilities: { ...port.capabilities, settleMs } };
  };
  settling(3_600_000);
  await tiny.reconcile(batchId);
  expect(await tiny.batch(batchId)).toMatchObject({ alert: null });
  settling(0);
  await tiny.reconcile(batchId);
  expect(await tiny.batch(batchId)).toMatchObject({ alert: 'uncertain', unknown_count: 2 });
});

test('Cancel reaches who waits at either account', async () => {
  const batchId = await tiny.started([...mobiles(12), ...GERMAN]);
  await tiny.submit(batchId);
  expect(await tiny.recipients(batchId)).toEqual({ sending: 14, pending: 2 });
  const other = await tiny.started([...mobiles(12, 13_900_139_000), ...GERMAN]);
  await cancelBatch(tiny.app, tiny.actor, other);
  expect(await tiny.recipients(other)).toEqual({ cancelled: 16 });
  expect(await tiny.batch(other)).toMatchObject({ cancelled_count: 16 });
  expect(await tiny.recipients(batchId)).toEqual({ sending: 14, pending: 2 });
});

test('a text that one provider refuses is sent by neither', async () => {
  const batchId = await tiny.started(LIST);
  tiny.provider.script = [() => ({ kind: 'rejected', fault: 'content', code: '-8', reason: 'no such text' })];
  await tiny.submit(batchId);
  expect(await tiny.recipients(batchId)).toEqual({ failed: 10 });
  expect(await tiny.batch(batchId)).toMatchObject({ status: 'failed', reason: 'content', failed_count: 10 });
  expect(tiny.server.taken).toEqual([]);
});

test('an account that cannot send pauses the batch; what the other has sent stays sent', async () => {
  const batchId = await tiny.started(LIST);
  tiny.server.script = Array(4).fill('wrong_password');
  await tiny.submit(batchId);
  expect(await tiny.recipients(batchId)).toEqual({ sending: 6, pending: 4 });
  expect(await tiny.batch(batchId)).toMatchObject({ status: 'paused', reason: 'account' });
  tiny.server.script = [];
  await resumeBatch(tiny.app, tiny.actor, batchId);
  await tiny.letWaitsPass();
  await tiny.submit(batchId);
  expect(takenNumbers()).toEqual(GERMAN);
  expect(tiny.provider.requests).toEqual([CHINESE]);
  expect(await tiny.batch(batchId)).toMatchObject({ status: 'submitted', sending_count: 10 });
});

test('at the horizon who is open at either account counts as unknown', async () => {
  const batchId = await tiny.started(LIST);
  await tiny.submit(batchId);
  tiny.app.settings.deliveryHorizonMs = -1;
  await tiny.poll(batchId);
  expect(await tiny.recipients(batchId)).toEqual({ unknown: 10 });
  expect(await tiny.batch(batchId)).toMatchObject({
    status: 'completed',
    unknown_count: 10,
    sending_count: 0,
  });
});

describe('moving to another account', () => {
  const move = (batchId: string) =>
    moveToAccount(tiny.app, tiny.actor, { batchId, from: tiny.accountId, to: tiny.tinyAccountId });

  /** Six Chinese recipients: the other provider refuses two and loses one. */
  async function partlyFailed(): Promise<string> {
    const batchId = await tiny.started(CHINESE);
    tiny.provider.script = [
      (request) => {
        const [one, two, three, ...rest] = request.messages;
        const outcome = acceptAll({ ...request, messages: rest });
        const refused = [one, two].flatMap((text) => (text ? { orderId: text.orderId, reason: 'no' } : []));
        return { ...outcome, refused, unclear: three ? [{ orderId: three.orderId }] : [] };
      },
    ];
    await tiny.submit(batchId);
    for (const record of tiny.provider.statuses.values()) record.status = 'delivered';
    await tiny.poll(batchId);
    expect(await tiny.recipients(batchId)).toEqual({ failed: 2, unknown: 1, delivered: 3 });
    return batchId;
  }

  test('who failed goes to the other account, with a new order id; how it went before is kept', async () => {
    const batchId = await partlyFailed();
    const before = await tiny.app.db(BUKA).orderBy('position');
    expect(await move(batchId)).toMatchObject({ kind: 'moved', recipients: 2 });
    expect(await numbersOf(BUKA)).toEqual(CHINESE.slice(2));
    expect(await rowsOf(TINY)).toEqual(
      CHINESE.slice(0, 2).map((number) => ({ recipient_number: number, status: 'pending' })),
    );
    const kept = await tiny.app.db('sms_send_attempt').orderBy('recipient_number');
    expect(kept).toMatchObject(
      before.slice(0, 2).map((row: { order_id: string }, at: number) => ({
        recipient_number: CHINESE[at],
        attempt: 1,
        order_id: row.order_id,
        status: 'failed',
        failure_reason: 'no',
      })),
    );
    expect(await tiny.batch(batchId)).toMatchObject({ status: 'pending', failed_count: 0, round: 2 });

    await tiny.submit(batchId);
    await tiny.server.deliver();
    await tiny.applyReports();
    expect(takenNumbers()).toEqual(CHINESE.slice(0, 2));
    expect(await tiny.recipients(batchId)).toEqual({ delivered: 5, unknown: 1 });
    const found = await getBatchDetails(tiny.app, tiny.actor, {
      batchId,
      filter: 'all',
      search: CHINESE[0] as string,
      page: 1,
      pageSize: 5,
    });
    expect(found?.history).toMatchObject([
      { attempt: 2, status: 'delivered' },
      { attempt: 1, status: 'failed', reason: 'no' },
    ]);
  });

  test('where it fails half way, everybody is where they were', async () => {
    const batchId = await partlyFailed();
    const before = await tiny.app.db(BUKA).orderBy('id');
    await tiny.app.db.raw(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$;
      create trigger refuse before insert on ${TINY} for each row execute function refuse()`);
    await expect(move(batchId)).rejects.toThrow('no room');
    expect(await tiny.app.db(BUKA).orderBy('id')).toEqual(before);
    expect(await tiny.app.db('sms_send_attempt')).toEqual([]);
    expect(await tiny.submissions(batchId)).toHaveLength(1);
    expect(await tiny.batch(batchId)).toMatchObject({ status: 'submitted', failed_count: 2 });
  });

  test('an account of another workspace is none', async () => {
    const batchId = await partlyFailed();
    const { app, actor, accountId } = tiny;
    const other = await ensureTenant(app.db, { slackTeamId: 'T0002', name: 'Other' });
    const to = await app.accounts.save({ tenantId: other.id, provider: 'onbuka' }, ACCOUNT);
    expect(await moveToAccount(app, actor, { batchId, from: accountId, to })).toEqual({ kind: 'not_found' });
    expect(await tiny.recipients(batchId)).toEqual({ failed: 2, unknown: 1, delivered: 3 });
  });

  test('of a paused batch, who waits goes as they are, and leaves from there on Resume', async () => {
    const batchId = await tiny.started(mobiles(25));
    await tiny.submit(batchId);
    await pauseBatch(tiny.app, tiny.actor, batchId);
    expect(await tiny.recipients(batchId)).toEqual({ sending: 10, pending: 15 });
    expect(await move(batchId)).toMatchObject({ kind: 'moved', recipients: 15 });
    expect(await tiny.batch(batchId)).toMatchObject({ status: 'paused', round: 1 });
    expect(await tiny.app.db('sms_send_attempt')).toEqual([]);
    await resumeBatch(tiny.app, tiny.actor, batchId);
    await tiny.submit(batchId);
    expect(takenNumbers()).toEqual(
      mobiles(25)
        .slice(10)
        .map((number) => `+86${number}`),
    );
    expect(await tiny.batch(batchId)).toMatchObject({ status: 'submitted', sending_count: 25 });
    // Nobody of the two moves again, since nobody waits or failed.
    expect(await move(batchId)).toEqual({ kind: 'nobody' });
  });
});

describe('the database refuses a number of a batch in two tables', () => {
  let batchId: string;
  beforeEach(async () => {
    ({ batchId } = await tiny.draft(CHINESE.slice(0, 1)));
  });
  const NUMBER = '+8613900139000';

  const insert = (db: Knex, table: string, recipientNumber: string, position: number) =>
    db(table).insert({
      batch_id: batchId,
      position,
      chunk: 1,
      order_id: `order-${table}-${position}`,
      recipient_number: recipientNumber,
      source: 0,
      line: position,
    });

  test('one after the other', async () => {
    await insert(tiny.app.db, TINY, NUMBER, 2);
    await expect(insert(tiny.app.db, BUKA, NUMBER, 3)).rejects.toMatchObject({ code: '23505' });
    await expect(insert(tiny.app.db, TINY, CHINESE[0] as string, 4)).rejects.toMatchObject({ code: '23505' });
  });

  test('at the same time', async () => {
    const first = await tiny.app.db.transaction();
    await insert(first, BUKA, NUMBER, 2);
    const second = insert(tiny.app.db, TINY, NUMBER, 3).then(
      () => 'stored',
      (error: { code: string }) => error.code,
    );
    await until(
      () => tiny.app.db('pg_locks').where({ locktype: 'advisory', granted: false }),
      (waiting) => waiting.length > 0,
    );
    await first.commit();
    expect(await second).toBe('23505');
    expect(await tiny.app.db('sms_batch_recipient').where({ recipient_number: NUMBER })).toHaveLength(1);
  });

  test('another batch may have it', async () => {
    const other = await tiny.draft([GERMAN[0] as string]);
    batchId = other.batchId;
    await insert(tiny.app.db, BUKA, CHINESE[0] as string, 5);
    expect(await tiny.app.db('sms_batch_recipient').where({ recipient_number: CHINESE[0] })).toHaveLength(2);
  });
});
