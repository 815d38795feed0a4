import type { Knex } from 'knex';
import type { Alert } from '../batch';

/** People must be told this. It replaces the former alert. */
export async function setAlert(trx: Knex, batchId: string, alert: Alert): Promise<void> {
  await trx('sms_batch').where({ id: batchId }).update(raised(trx, alert));
}

function raised(trx: Knex, alert: Alert) {
  return { alert, alert_number: trx.raw('alert_number + 1'), alert_raised_at: trx.fn.now() };
}

/**
 * Raises the alert that asks people what to do about uncertain recipients: once a round, when every chunk is settled,
 * and only while there is something to decide. Returns whether this call raised it.
 */
export async function askAboutUncertain(trx: Knex, batchId: string): Promise<boolean> {
  const asked = await trx('sms_batch')
    .where({ id: batchId, status: 'submitted', uncertain_left_at: null })
    .where('unknown_count', '>', 0)
    .whereRaw(`alert is distinct from 'uncertain'`)
    .update({ ...raised(trx, 'uncertain'), version: trx.raw('version + 1') });
  return asked === 1;
}

/**
 * Tells people that the provider could not be asked about uncertain recipients: once a round, and not when they were asked to
 * decide already. Returns whether this call raised it.
 */
export async function alertUnanswered(trx: Knex, batchId: string): Promise<boolean> {
  const told = await trx('sms_batch')
    .where({ id: batchId, status: 'submitted', uncertain_left_at: null })
    .where('unknown_count', '>', 0)
    .whereRaw(`(alert is null or alert not in ('uncertain', 'unanswered'))`)
    .update({ ...raised(trx, 'unanswered'), version: trx.raw('version + 1') });
  return told === 1;
}

/**
 * A person decides to leave the uncertain recipients as they are. Once a round. Returns whether this call
 * decided it.
 */
export async function noteUncertainLeft(trx: Knex.Transaction, batchId: string): Promise<boolean> {
  const left = await trx('sms_batch')
    .where({ id: batchId, status: 'submitted', uncertain_left_at: null })
    .where('unknown_count', '>', 0)
    .update({ uncertain_left_at: trx.fn.now(), version: trx.raw('version + 1') });
  return left === 1;
}
