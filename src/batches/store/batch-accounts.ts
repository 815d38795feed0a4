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

/** Only accounts of the batch's own workspace. */
function used(db: Knex, batchId: string): Knex.QueryBuilder {
  return db('sms_batch_account as used')
    .join('sms_batch as batch', 'batch.id', 'used.batch_id')
    .join('provider_account as account', (join) =>
      join.on('account.id', 'used.account_id').andOn('account.tenant_id', 'batch.tenant_id'),
    )
    .where('used.batch_id', batchId);
}
