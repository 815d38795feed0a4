import type { Knex } from 'knex';
import type { AppContext } from '../batches/app-context';
import { giveUpImport } from '../batches/importing/give-up-import';
import { transact } from '../db/transact';
import type { DeadJob } from '../queue/dead-jobs';
import { kindOf } from '../queue/death-policy';
import { enqueue } from '../queue/enqueue';
import type { JobKind } from '../queue/jobs';
import { settleDeadWorkers } from '../queue/settle-dead-workers';

/** Kinds whose person waits for something that will not come. Of a list, the review says it. */
const TOLD_KINDS: readonly JobKind[] = ['export-batch', 'compare-with-provider', 'show-review'];

/**
 * Takes jobs from processes that have died. They run again, but those that have died too often are put aside: operators
 * have a line in the log, and the person who waits is told.
 */
export async function repairAfterDeaths(app: AppContext): Promise<void> {
  const { freed, putAside } = await transact(app.db, async (trx) => {
    const settled = await settleDeadWorkers(trx);
    for (const job of settled.putAside) await followUp(trx, job);
    return settled;
  });
  for (const { name, deaths } of freed) {
    app.log.warn({ job: name, deaths }, 'the process of a job has died; the job runs again');
  }
  for (const { id, name, deaths, batchId, retryAt } of putAside) {
    app.log.error(
      { deadJob: id, job: name, deaths, batchId, retryAt },
      'a job was put aside, because its process has died of it too often: see `npm run manage -- jobs list`',
    );
  }
}

async function followUp(trx: Knex.Transaction, job: DeadJob): Promise<void> {
  const kind = kindOf(job.name);
  if (kind === 'import-recipients' && job.batchId) await giveUpImport(trx, job.batchId);
  if (kind && TOLD_KINDS.includes(kind) && job.tenantId) {
    const payload = { tenantId: job.tenantId, deadJobId: job.id };
    await enqueue(trx, 'tell-put-aside', payload, { key: `put-aside:${job.id}`, priority: -1 });
  }
}
