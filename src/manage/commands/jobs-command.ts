import type { Command } from 'commander';
import type { Knex } from 'knex';
import { writeAudit } from '../../batches/store/audit';
import { findBatch } from '../../batches/store/batches';
import { type DeadJob, dropDeadJob, findDeadJob, listDeadJobs, retryDeadJob } from '../../queue/dead-jobs';
import { kindOf } from '../../queue/death-policy';
import { operator } from '../../tenants/actor';
import type { CommandContext } from '../command-context';
import { MOST_SHOWN, printList } from '../print-list';
import { Refused } from '../refused';

/** `manage jobs`: jobs that were put aside, because the process has died of them. */
export function addJobs(program: Command, { open, print }: CommandContext): void {
  const jobs = program
    .command('jobs')
    .description('jobs that were put aside because the bot has died of them')
    .addHelpText('after', '\nWhat to do about them: docs/OPERATIONS.md, "Jobs put aside".');
  jobs
    .command('list')
    .description('lists them, oldest first')
    .action(async () => listJobs(await open(), print));
  jobs
    .command('retry')
    .description('begins one again, after its cause is mended; it is put aside again if the bot dies of it')
    .argument('<id>', 'the id that `jobs list` shows')
    .action(async (id: string) => print(await retryJob(await open(), id)));
  jobs
    .command('drop')
    .description('forgets one')
    .argument('<id>', 'the id that `jobs list` shows')
    .action(async (id: string) => print(await dropJob(await open(), id)));
}

async function listJobs(db: Knex, print: (line: string) => void): Promise<void> {
  const jobs = await listDeadJobs(db, MOST_SHOWN + 1);
  const headings = ['id', 'kind', 'workspace', 'batch', 'deaths', 'put aside', 'runs again'];
  printList(print, 'No job is put aside.', headings, jobs.slice(0, MOST_SHOWN).map(cellsOf));
  if (jobs.length > MOST_SHOWN)
    print(`There are more than ${MOST_SHOWN}: retry or drop some to see the others.`);
}

const cellsOf = (job: DeadJob): string[] => [
  job.id,
  job.name,
  job.tenantId ?? '-',
  job.batchId ?? '-',
  String(job.deaths),
  job.putAsideAt.toISOString(),
  job.retryAt?.toISOString() ?? 'when you retry it',
];

async function retryJob(db: Knex, id: string): Promise<string> {
  return db.transaction(async (trx) => {
    await refuseIfClosed(trx, await findDeadJob(trx, id));
    const job = await retryDeadJob(trx, id);
    if (!job) throw unknownId(id);
    await note(trx, job, 'job.retry');
    return `Job ${id} (${job.name}) waits in the queue again. If the bot dies of it, it is put aside again.`;
  });
}

/** The draft of a list that could not be read is closed: nothing would happen. */
async function refuseIfClosed(trx: Knex.Transaction, job: DeadJob | null): Promise<void> {
  if (!job || kindOf(job.name) !== 'import-recipients') return;
  const batch = job.batchId ? await findBatch(trx, job.batchId) : null;
  if (batch?.status === 'importing') return;
  throw new Refused(
    `Job ${job.id} reads the list of a draft that is closed: its person was told to start anew. Drop the job when you need it no more.`,
  );
}

async function dropJob(db: Knex, id: string): Promise<string> {
  return db.transaction(async (trx) => {
    const job = await dropDeadJob(trx, id);
    if (!job) throw unknownId(id);
    await note(trx, job, 'job.drop');
    const rest = job.retryAt ? ' If its batch still needs it, the sweep makes it anew within 15 s.' : '';
    return `Job ${id} (${job.name}) is forgotten.${rest}`;
  });
}

const unknownId = (id: string) =>
  new Refused(
    `No job of the id ${JSON.stringify(id)} is put aside. \`manage jobs list\` shows those that are.`,
  );

/** A job of no workspace, such as one that applies delivery reports, has no audit events. */
async function note(trx: Knex.Transaction, job: DeadJob, action: string): Promise<void> {
  if (!job.tenantId) return;
  const detail = { job: job.id, kind: job.name, deaths: job.deaths };
  await writeAudit(trx, operator(job.tenantId), { batchId: job.batchId, action, detail });
}
