import type { Knex } from 'knex';
import type { Alert, Review, SavedEstimate } from '../batch';
import type { Draft } from '../draft-input';
import type { BatchStatus } from '../states';

/**
 * Batches are inserted, found and locked here; move-batch.ts changes their status. A function takes a Knex where it
 * only reads, and a transaction where its write must be atomic with others.
 */

/**
 * One batch for each submit key of a person: the same form sent twice returns the batch of the first. Throws where the
 * account is not one of the workspace.
 */
export async function insertBatch(
  trx: Knex.Transaction,
  owner: { tenantId: string; userId: string; keyId?: string },
  draft: Draft,
  orderPrefix: string,
): Promise<{ batchId: string; created: boolean }> {
  const [inserted] = await trx('sms_batch')
    .insert({
      tenant_id: owner.tenantId,
      user_id: owner.userId,
      channel: trx.raw(
        `(select channel from provider_account where tenant_id = :tenantId
          and (id = :accountId or (:accountId::bigint is null and is_default)))`,
        { tenantId: owner.tenantId, accountId: draft.accountId },
      ),
      account_id: draft.accountId,
      status: 'importing',
      content: draft.content,
      sender_id: draft.senderId,
      default_country: draft.defaultCountry,
      submit_key: draft.submitKey,
      order_prefix: orderPrefix,
      key_id: owner.keyId ?? null,
    })
    .onConflict(['tenant_id', 'user_id', 'submit_key'])
    .ignore()
    .returning('id');
  if (inserted) return { batchId: inserted.id, created: true };
  const first = await trx('sms_batch')
    .where({ tenant_id: owner.tenantId, user_id: owner.userId, submit_key: draft.submitKey })
    .first('id');
  return { batchId: first.id, created: false };
}

/** A row of `sms_batch`. */
export interface BatchRow {
  id: string;
  tenant_id: string;
  user_id: string;
  created_at: Date;
  /**
   * The provider of the chosen account, or else of the workspace's default account, when the batch was made; null where
   * there was none.
   */
  channel: string | null;
  account_id: string | null;
  status: BatchStatus;
  reason: string | null;
  reason_detail: string | null;
  content: string;
  sender_id: string | null;
  default_country: string | null;
  order_prefix: string;
  version: number;
  round: number;
  total_count: number;
  /** Of all its sources; null until they are read. The same holds for `rejected_count`. */
  entry_count: number | null;
  rejected_count: number | null;
  sending_count: number;
  success_count: number;
  failed_count: number;
  unknown_count: number;
  cancelled_count: number;
  countries: Review['countries'];
  cost_estimate: SavedEstimate | null;
  read_bytes: string;
  read_rows: number;
  column_questions: Review['columnQuestions'];
  alert: Alert | null;
  alert_number: number;
  started_at: Date | null;
  submitted_at: Date | null;
  cancelled_at: Date | null;
  uncertain_left_at: Date | null;
  checked_at: Date | null;
  reported_at: Date | null;
}

/** All that a workspace has at one provider. */
export interface ProviderKey {
  tenantId: string;
  provider: string;
}

/** Whether a text from outside can be a batch's id. Postgres throws when it compares an id with any other text. */
export function isBatchId(text: string): boolean {
  return /^\d{1,18}$/.test(text);
}

/** Null where there is no such batch, or where `tenantId` is given and the batch is another workspace's. */
export async function findBatch(db: Knex, batchId: string, tenantId?: string): Promise<BatchRow | null> {
  if (!isBatchId(batchId)) return null;
  const row = await db('sms_batch')
    .where({ id: batchId, ...(tenantId ? { tenant_id: tenantId } : {}) })
    .first();
  return row ?? null;
}

/** Those of these batches that are completed. All are locked, in the order of their ids. */
export async function lockCompleted(trx: Knex.Transaction, batchIds: string[]): Promise<string[]> {
  const rows = await trx('sms_batch')
    .whereIn('id', batchIds)
    .orderBy('id')
    .forUpdate()
    .select('id', 'status');
  return rows.filter(({ status }) => status === 'completed').map(({ id }) => id);
}

/** Locks the batch's row for this transaction. Lock order: the recipients' rows, then the batch, then jobs. */
export async function lockBatch(trx: Knex.Transaction, batchId: string): Promise<BatchRow> {
  return trx('sms_batch').where({ id: batchId }).forUpdate().first();
}

/** Whose these batches of a workspace are. */
export async function listOwned(
  db: Knex,
  tenantId: string,
  batchIds: string[],
): Promise<Pick<BatchRow, 'id' | 'tenant_id' | 'user_id'>[]> {
  return db('sms_batch')
    .where({ tenant_id: tenantId })
    .whereIn('id', batchIds)
    .select('id', 'tenant_id', 'user_id');
}
