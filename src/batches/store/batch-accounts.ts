import type { Knex } from 'knex';

/** The accounts that a batch uses: one row of `sms_batch_account` each, from the import on. */
interface BatchAccount {
  id: string;
  provider: string;
  maxRequestsPerSecond: number;
}

/** In the order of their ids. */
export async function listBatchAccounts(db: Knex, batchId: string): Promise<BatchAccount[]> {
  return used(db, batchId)
    .orderBy('account.id')
    .select(
      'account.id',
      'account.channel as provider',
      'account.max_requests_per_second as maxRequestsPerSecond',
    );
}

/** Every provider of a batch once. */
export async function listProviders(db: Knex, batchId: string): Promise<string[]> {
  return used(db, batchId).distinct('account.channel').orderBy('account.channel').pluck('account.channel');
}

/** An account of a workspace. Null where the workspace has no such account. */
export async function findAccountOf(
  db: Knex,
  tenantId: string,
  accountId: string,
): Promise<BatchAccount | null> {
  const row = await db('provider_account')
    .where({ id: accountId, tenant_id: tenantId })
    .first('id', 'channel as provider', 'max_requests_per_second as maxRequestsPerSecond');
  return row ?? null;
}

/** The batch uses these accounts as well. */
export async function addBatchAccounts(
  trx: Knex.Transaction,
  batchId: string,
  accountIds: string[],
): Promise<void> {
  if (accountIds.length === 0) return;
  await trx('sms_batch_account')
    .insert(accountIds.map((accountId) => ({ batch_id: batchId, account_id: accountId })))
    .onConflict(['batch_id', 'account_id'])
    .ignore();
}

/** Texts of unfinished batches that have no outcome yet, and the account and the address that they went through. */
interface OnTheirWay {
  accountId: string;
  /** Null where a version that did not store it has sent them: the account's own. */
  address: string | null;
  texts: number;
}

/** Of an account, those that may have gone through another address than this; most texts first. */
export async function listOnTheirWayElsewhere(
  db: Knex,
  at: { tenantId: string; provider: string; name: string; address: string },
): Promise<OnTheirWay[]> {
  const { rows } = await db.raw(
    `select account.id as "accountId", sent.address, count(*)::int as texts
     from sms_batch as batch
     join sms_submission as sent on sent.batch_id = batch.id and sent.address is distinct from :address
     join provider_account as account on account.id = sent.account_id and account.channel = :provider
       and account.name = :name
     join sms_batch_recipient as recipient on recipient.batch_id = batch.id and recipient.chunk = sent.chunk
       and (recipient.status in ('sending', 'unknown') and recipient.submission_id = sent.id
         or recipient.status = 'pending' and sent.outcome = 'in_flight')
     where batch.tenant_id = :tenantId and batch.status in ('pending', 'submitting', 'paused', 'submitted')
     group by account.id, sent.address order by texts desc`,
    at,
  );
  return rows;
}

/** More recipients of an account are uncertain: what it has told of its records was not about them. */
export async function forgetRecordsAnswered(
  trx: Knex.Transaction,
  { batchId, accountId }: { batchId: string; accountId: string },
): Promise<void> {
  await trx('sms_batch_account')
    .where({ batch_id: batchId, account_id: accountId })
    .update({ records_answered_at: null });
}

/**
 * An account was asked `agoMs` ago for its records of the batch's uncertain texts. `unanswered`: the code of why it did not tell
 * them all; null where it did.
 */
export async function noteRecordsAnswered(
  db: Knex,
  { batchId, accountId }: { batchId: string; accountId: string },
  { agoMs, unanswered }: { agoMs: number; unanswered: string | null },
): Promise<void> {
  const answeredAt = unanswered === null ? db.raw(`clock_timestamp() - ? * interval '1 ms'`, [agoMs]) : null;
  await db('sms_batch_account')
    .where({ batch_id: batchId, account_id: accountId })
    .update({ records_answered_at: answeredAt, records_unanswered: unanswered });
}

/** Only accounts of the batch's own workspace. */
function used(db: Knex, batchId: string): Knex.QueryBuilder {
  return db('sms_batch_account as used')
    .join('sms_batch as batch', 'batch.id', 'used.batch_id')
    .join('provider_account as account', (join) =>
      join.on('account.id', 'used.account_id').andOn('account.tenant_id', 'batch.tenant_id'),
    )
    .where('used.batch_id', batchId);
}
