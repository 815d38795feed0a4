import type { Knex } from 'knex';

/** What people must be told or asked in a message of its own, and what they have said. */

export type Alert = 'paused' | 'failed' | 'stalled' | 'uncertain';

/** What the channel must be told. Another matter takes the place of the former one. */
export async function setAlert(trx: Knex, batchId: string, attention: Alert): Promise<void> {
  await trx('sms_batch').where({ id: batchId }).update({ attention, attention_told_at: null });
}

/**
 * People are asked what to do about who stays uncertain: once a round, when nothing of the batch waits any more, and
 * only while there is anything to decide. Answers whether this call asked.
 */
export async function askAboutUncertain(trx: Knex, batchId: string): Promise<boolean> {
  const asked = await trx('sms_batch')
    .where({ id: batchId, status: 'submitted', uncertain_left_at: null })
    .where('unknown_count', '>', 0)
    .whereRaw(`attention is distinct from 'uncertain'`)
    .update({ attention: 'uncertain', attention_told_at: null, version: trx.raw('version + 1') });
  return asked === 1;
}

/** The channel was told. Guarded by what it was told of: a newer matter stays untold. Answers whether it still stood. */
export async function markAlertPosted(
  trx: Knex.Transaction,
  batchId: string,
  attention: Alert,
): Promise<boolean> {
  const told = await trx('sms_batch')
    .where({ id: batchId, attention })
    .update({ attention_told_at: trx.fn.now() });
  return told === 1;
}

/**
 * A person has said of who stays uncertain: leave them. Once a round, and only in the `round` that they saw, where it
 * is given. Answers whether this call decided it.
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
