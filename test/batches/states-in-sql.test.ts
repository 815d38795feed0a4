import type { Knex } from 'knex';
import { beginNextSendAttempt } from '../../src/batches/control/next-send-attempt.sql';
import {
  BATCH_STATUSES,
  batchMay,
  RECIPIENT_STATUSES,
  type RecipientStatus,
  recipientMay,
  SUBMISSION_OUTCOMES,
  submissionMay,
} from '../../src/batches/states';
import { moveBatch } from '../../src/batches/store/move-batch';
import * as move from '../../src/batches/store/move-recipients';
import { settleReconciled, settleSubmission } from '../../src/batches/store/submissions';
import { moveToFinal } from '../../src/batches/tracking/move-to-final.sql';
import { createTestApp, mobiles, type TestApp } from '../setup/app-context';
import { byHand, GUARDED } from '../setup/guard-states';

/**
 * The SQL repeats the states of states.ts by hand; here the two are compared. The database of these tests refuses every
 * transition that states.ts does not have (guard-states.ts), so a function of the store that makes one throws here.
 */
let testApp: TestApp;
let db: Knex;
let batchId: string;
beforeEach(async () => {
  testApp = await createTestApp();
  db = testApp.app.db;
  ({ batchId } = await testApp.draft(mobiles(RECIPIENT_STATUSES.length)));
});
afterEach(() => testApp.close());

test.each(GUARDED)('the CHECK of $table has the states of states.ts, and no others', async (guarded) => {
  const { rows } = await db.raw(
    `select pg_get_constraintdef(oid) as check from pg_constraint
     where conrelid = ?::regclass and conname ~ '(status|outcome)_known$'`,
    [guarded.table],
  );
  expect(rows).toHaveLength(1);
  const known = [...rows[0].check.matchAll(/'(\w+)'::text/g)].map(([, state]) => state);
  expect(known.sort()).toEqual([...guarded.states].sort());
});

test('the guard refuses a transition that states.ts does not have', async () => {
  const jump = db('sms_batch').where({ id: batchId }).update({ status: 'completed' });
  await expect(jump).rejects.toThrow('no step of sms_batch from ready to completed');
});

test('a batch changes its status only as states.ts allows', async () => {
  for (const from of BATCH_STATUSES) {
    for (const to of BATCH_STATUSES) {
      await byHand(db, (trx) =>
        trx('sms_batch').update({ status: from, success_count: trx.raw('total_count') }),
      );
      expect([from, to, await moveBatch(db, batchId, to)]).toEqual([from, to, batchMay(from, to)]);
    }
  }
});

test('a submission is settled only from its own outcome, and only as states.ts allows', async () => {
  const set = (outcome: string) =>
    byHand(db, (trx) => trx('sms_submission').update({ outcome, started_at: trx.fn.now() }));
  const { id } = await db('sms_submission').first('id');
  for (const current of SUBMISSION_OUTCOMES) {
    for (const from of SUBMISSION_OUTCOMES) {
      for (const to of SUBMISSION_OUTCOMES.filter((one) => one !== from && submissionMay(from, one))) {
        await set(current);
        const settled = await db.transaction((trx) => settleSubmission(trx, id, from, to));
        expect([current, from, to, settled]).toEqual([current, from, to, current === from]);
      }
    }
    await set(current);
    await db.transaction((trx) => settleReconciled(trx, { provider: 'onbuka', batchId }, id));
    const { outcome } = await db('sms_submission').first('outcome');
    expect(outcome).toBe(current === 'unknown' ? 'reconciled' : current);
  }
});

interface Row {
  order_id: string;
  provider_message_id: string;
  status: RecipientStatus;
}

/** Name, the statuses it moves from, the status it moves to, the call. Each call gets all recipients, all in chunk 1. */
const FUNCTIONS: [
  string,
  RecipientStatus[],
  RecipientStatus,
  (trx: Knex.Transaction, rows: Row[]) => Promise<number>,
][] = [];
const key = () => ({ provider: 'onbuka', batchId, chunk: 1 });
const orderIdOf = (row: Row) => ({ orderId: row.order_id });
for (const from of ['pending', 'unknown'] as const) {
  FUNCTIONS.push(
    [
      `moveToSending from ${from}`,
      [from],
      'sending',
      (trx, rows) => {
        const accepted = rows.map((row, index) => ({ orderId: row.order_id, messageId: `new-${index}` }));
        return move.moveToSending(trx, key(), from, '1', accepted).then(({ moved }) => moved);
      },
    ],
    [
      `moveToRefused from ${from}`,
      [from],
      'failed',
      (trx, rows) => {
        const refused = rows.map((row) => ({ orderId: row.order_id, reason: 'no' }));
        return move.moveToRefused(trx, key(), from, '1', refused);
      },
    ],
    [
      `moveToFailed from ${from}`,
      [from],
      'failed',
      (trx, rows) => move.moveToFailed(trx, key(), from, rows.map(orderIdOf), 'no'),
    ],
  );
}
for (const to of ['delivered', 'failed'] as const) {
  FUNCTIONS.push([
    `moveToFinal to ${to}`,
    to === 'delivered' ? ['sending', 'failed', 'unknown'] : ['sending', 'unknown'],
    to,
    async (trx, rows) => {
      const outcomes = rows.map((row) => ({ messageId: row.provider_message_id, status: to, reason: null }));
      const at = { ...key(), accountId: testApp.accountId, first: 1, last: 1 };
      const moved = await moveToFinal(trx, at, outcomes, 'poll');
      return moved.reduce((sum, one) => sum + one.moved, 0);
    },
  ]);
}
for (const to of ['cancelled', 'failed'] as const) {
  FUNCTIONS.push([`moveUnsent to ${to}`, ['pending'], to, (trx) => move.moveUnsent(trx, batchId, to)]);
}
for (const from of ['failed', 'unknown'] as const) {
  FUNCTIONS.push([
    `beginNextSendAttempt from ${from}`,
    [from],
    'pending',
    async (trx) => {
      const tracked = { ...key(), accountId: testApp.accountId };
      const ids = await trx('sms_batch_buka_detail').pluck('id');
      return beginNextSendAttempt(trx, tracked, from, ids, { firstChunk: 2, chunkSize: 10 });
    },
  ]);
}
FUNCTIONS.push(
  [
    'moveToUnknown',
    ['pending'],
    'unknown',
    (trx, rows) => move.moveToUnknown(trx, key(), '1', rows.map(orderIdOf)),
  ],
  ['moveChunkToUnknown', ['pending'], 'unknown', (trx) => move.moveChunkToUnknown(trx, key(), '1')],
  ['moveOpenToUnknown', ['sending'], 'unknown', (trx) => move.moveOpenToUnknown(trx, batchId)],
);

test.each(FUNCTIONS)(
  '%s moves the recipients of its own statuses, and no others',
  async (name, from, to, act) => {
    // Only an uncertain recipient without a message id may be accepted later, or sent to again.
    const isKnownUncertain = name.startsWith('moveToFinal');
    await arrange((status) => status !== 'pending' && (status !== 'unknown' || isKnownUncertain));
    const rows = await db<Row>('sms_batch_buka_detail').orderBy('id');
    expect(await db.transaction((trx) => act(trx, rows))).toBe(from.length);
    const after = await db('sms_batch_buka_detail').orderBy('position').pluck('status');
    expect(after).toEqual(RECIPIENT_STATUSES.map((status) => (from.includes(status) ? to : status)));
    for (const status of from) expect(recipientMay(status, to)).toBe(true);
  },
);

test('a recipient may move wherever states.ts allows it, and the guard refuses the rest', async () => {
  for (const from of RECIPIENT_STATUSES) {
    for (const to of RECIPIENT_STATUSES.filter((one) => one !== from)) {
      await arrange(() => true);
      const moved = db('sms_batch_buka_detail').where({ status: from }).update({ status: to });
      if (recipientMay(from, to)) expect(await moved).toBe(1);
      else await expect(moved).rejects.toThrow(`from ${from} to ${to}`);
    }
  }
});

/** One recipient in each status, in the order of RECIPIENT_STATUSES. */
async function arrange(hasId: (status: RecipientStatus) => boolean): Promise<void> {
  await byHand(db, async (trx) => {
    for (const [index, status] of RECIPIENT_STATUSES.entries()) {
      const provider_message_id = hasId(status) ? `m-${index}` : null;
      await trx('sms_batch_buka_detail')
        .where({ position: index + 1 })
        .update({ status, provider_message_id, chunk: 1 });
    }
  });
}
