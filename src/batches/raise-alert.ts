import type { Knex } from 'knex';
import type { Alert } from './batch';
import { enqueueAlert } from './enqueue-jobs';
import { setAlert } from './store/alerts';

/** Raises an alert, which people get in a message of its own: a message that only changes notifies nobody. */
export async function raiseAlert(trx: Knex, batchId: string, alert: Alert): Promise<void> {
  await setAlert(trx, batchId, alert);
  await enqueueAlert(trx, batchId);
}
