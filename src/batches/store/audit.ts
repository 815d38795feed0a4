import type { Knex } from 'knex';
import type { Actor } from '../../tenants/actor';

/** What somebody did. `detail` must not contain phone numbers or texts. */
export interface AuditEvent {
  batchId: string | null;
  action: string;
  detail: Record<string, string | number | boolean | null>;
}

/** Records who did what. */
export async function writeAudit(trx: Knex.Transaction, actor: Actor, event: AuditEvent): Promise<void> {
  await trx('audit_event').insert({ ...keyOf(actor, event), detail: JSON.stringify(event.detail) });
}

/** At most one event a minute of the same somebody, action, batch and detail. */
const SPARINGLY_S = 60;

/**
 * The same of what somebody may do, or be refused, as often as they like: within a minute it is recorded once, so that
 * nobody fills the table. Two at the same moment may both be recorded.
 */
export async function writeAuditSparingly(db: Knex, actor: Actor, event: AuditEvent): Promise<void> {
  const detail = JSON.stringify(event.detail);
  // Each value is compared as it is, a missing one too, so that the index on batch and time serves.
  const recent = await db('audit_event')
    .where(keyOf(actor, event))
    .whereRaw(`at > now() - ? * interval '1 s'`, [SPARINGLY_S])
    .whereRaw('detail = ?::jsonb', [detail])
    .first('id');
  if (!recent) await db('audit_event').insert({ ...keyOf(actor, event), detail });
}

const keyOf = (actor: Actor, { batchId, action }: AuditEvent) => ({
  tenant_id: actor.tenantId,
  actor: actor.kind,
  user_id: 'userId' in actor ? actor.userId : null,
  key_id: actor.kind === 'api_key' ? actor.keyId : null,
  batch_id: batchId,
  action,
});
