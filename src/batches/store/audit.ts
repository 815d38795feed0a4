import type { Knex } from 'knex';

/** Records who did what. `detail` must not contain phone numbers or texts. */
export async function writeAudit(
  trx: Knex.Transaction,
  event: {
    tenantId: string;
    userId: string | null;
    batchId: string | null;
    action: string;
    detail: Record<string, string | number | boolean | null>;
  },
): Promise<void> {
  await trx('audit_event').insert({
    tenant_id: event.tenantId,
    user_id: event.userId,
    batch_id: event.batchId,
    action: event.action,
    detail: JSON.stringify(event.detail),
  });
}
