import type { Knex } from 'knex';

/** Locks a workspace's account on a channel for this transaction: its limits hold over all processes. */
export async function holdAccount(trx: Knex.Transaction, tenantId: string, channel: string): Promise<void> {
  await trx('tenant_channel_config').where({ tenant_id: tenantId, channel }).forUpdate().first('tenant_id');
}
