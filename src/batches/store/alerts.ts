import type { Knex } from 'knex';

/** What is posted as a message of its own: a batch that stopped, or a decision that people must make. */
export type Alert = 'paused' | 'failed' | 'stalled' | 'uncertain';

/** The channel must be told this. It replaces the former alert. */
export async function setAlert(trx: Knex, batchId: string, alert: Alert): Promise<void> {
  await trx('sms_batch').where({ id: batchId }).update({ attention: alert, attention_told_at: null });
}

/**
 * Raises the alert that asks people what to do about uncertain recipients: once a round, when every chunk is settled,
 * and only while there is something to decide. Returns whether this call raised it.
 */
export async function askAboutUncertain(trx: Knex, batchId: string): Promise<boolean> {
  const raised = await trx('sms_batch')
    .where({ id: batchId, status: 'submitted', uncertain_left_at: null })
    .where('unknown_count', '>', 0)
    .whereRaw(`attention is distinct from 'uncertain'`)
    .update({ attention: 'uncertain', attention_told_at: null, version: trx.raw('version + 1') });
  return raised === 1;
}

/** This alert was posted to the channel. Returns false where a newer alert has replaced it, which stays unposted. */
export async function markAlertPosted(
  trx: Knex.Transaction,
  batchId: string,
  alert: Alert,
): Promise<boolean> {
  const posted = await trx('sms_batch')
    .where({ id: batchId, attention: alert })
    .update({ attention_told_at: trx.fn.now() });
  return posted === 1;
}

/**
 * A person decides to leave the uncertain recipients as they are. Once a round; where `round` is given, only in that
 * round, which is the one that the person saw. Returns whether this call decided it.
 */
export async function noteUncertainLeft(
  trx: Knex.Transaction,
  batchId: string,
  round: number | undefined,
): Promise<boolean> {
  const left = await trx('sms_batch')
    .where({ id: batchId, status: 'submitted', uncertain_left_at: null })
    .where(round === undefined ? {} : { round })
    .where('unknown_count', '>', 0)
    .update({ uncertain_left_at: trx.fn.now(), version: trx.raw('version + 1') });
  return left === 1;
}
