import type { Knex } from 'knex';
import type { Actor } from '../../tenants/actor';

/** Records who did what. `detail` must not contain phone numbers or texts. */
export async function writeAudit(
  trx: Knex.Transaction,
  actor: Actor,
  event: {
    batchId: string | null;
    action: string;
    detail: Record<string, string | number | boolean | null>;
  },
): Promise<void> {
  await trx('audit_event').insert({
    tenant_id: actor.tenantId,
    actor: actor.kind,
    user_id: actor.kind === 'system' ? null : actor.userId,
    key_id: actor.kind === 'api_key' ? actor.keyId : null,
    batch_id: event.batchId,
    action: event.action,
    detail: JSON.stringify(event.detail),
  });
}
