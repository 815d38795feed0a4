import type { Knex } from 'knex';

/** Jobs of a batch at one of its accounts. */
const AT_ACCOUNT = ['submit-chunk', 'poll-delivery', 'reconcile'];
/** Kinds whose former name ended with the workspace, and the names that two of them had before. */
const OF_WORKSPACE = [
  ...['import-recipients', 'show-review', 'announce-completion', 'export-batch', 'compare-with-provider'],
  ...['refresh-status-message', 'refresh-message', 'post-alert', 'call-attention'],
];
/** Their payload named the workspace before, too. */
const ALWAYS_HAD_TENANT = ['export-batch', 'compare-with-provider'];

/**
 * Jobs that wait get the names, keys and payloads of today: any process does the jobs of every workspace, so the
 * workspace stands in the payload and not behind the name; and a batch is sent, tracked and reconciled at each of its
 * accounts.
 */
export async function up(knex: Knex): Promise<void> {
  // In a new database nothing of ours waits, and what is in these tables is not ours.
  if (!(await knex('tenant').first('id')) || !(await hasQueue(knex))) return;
  // Other programs may have jobs in these tables, and a colon in their names.
  const isOurs = `split_part(identifier, ':', 1) = any(:kinds) and split_part(identifier, ':', 2) <> ''`;
  await knex.raw(
    `update graphile_worker._private_jobs as jobs
     set payload = (payload::jsonb || jsonb_build_object('tenantId', split_part(identifier, ':', 2)))::json
     from graphile_worker._private_tasks as tasks where tasks.id = jobs.task_id and ${isOurs}`,
    { kinds: OF_WORKSPACE },
  );
  await moveToTasks(knex, `split_part(identifier, ':', 1)`, isOurs, { kinds: OF_WORKSPACE });
  await knex.raw(
    `update graphile_worker._private_jobs as jobs
     set payload = (payload::jsonb || jsonb_build_object(
         'tenantId', batch.tenant_id::text, 'accountId', used.account_id::text))::json,
       key = regexp_replace(key, '^([a-z]+:[0-9]+)', '\\1:' || used.account_id)
     from graphile_worker._private_tasks as tasks, sms_batch as batch
     join sms_batch_account as used on used.batch_id = batch.id
     where tasks.id = jobs.task_id and identifier = any(?) and batch.id::text = payload ->> 'batchId'`,
    [AT_ACCOUNT],
  );
}

/** The former code has no task for a name without its workspace, and cannot read these payloads. */
export async function down(knex: Knex): Promise<void> {
  await refuseOtherAccounts(knex);
  if (!(await hasQueue(knex))) return;
  await leaveAccounts(knex);
  await moveToTasks(
    knex,
    `concat_ws(':', identifier, payload ->> 'tenantId')`,
    `identifier = any(:kinds) and payload ->> 'tenantId' is not null`,
    { kinds: OF_WORKSPACE },
  );
  await knex.raw(
    `update graphile_worker._private_jobs as jobs set payload = (payload::jsonb - 'tenantId')::json
     from graphile_worker._private_tasks as tasks
     where tasks.id = jobs.task_id and split_part(identifier, ':', 1) = any(?)`,
    [OF_WORKSPACE.filter((kind) => !ALWAYS_HAD_TENANT.includes(kind))],
  );
}

/**
 * The former code knows one account of a workspace: it would send the rest of a batch through that one, and ask there
 * for texts that it never had. Refused here, where nothing is undone yet. Finished batches need no account.
 */
async function refuseOtherAccounts(knex: Knex): Promise<void> {
  const { rows } = await knex.raw(`
    select distinct batch.id from sms_batch as batch
    left join sms_batch_account as used on used.batch_id = batch.id
    left join lateral (
      select id from provider_account where tenant_id = batch.tenant_id and channel = 'onbuka'
      order by is_default desc, id limit 1) as known on true
    where batch.status not in ('completed', 'cancelled', 'failed')
      and (coalesce(used.account_id, known.id) is distinct from known.id
        or coalesce(batch.account_id, known.id) is distinct from known.id)
    order by batch.id`);
  if (rows.length === 0) return;
  const ids = (rows as { id: string }[]).map(({ id }) => id).join(', ');
  throw new Error(
    `Not undone: these batches are not finished and use an account that the former version does not know: ${ids}. ` +
      'Let them finish, or cancel them.',
  );
}

/** Of a finished batch at several accounts the first one's job stays: the former code knows one job of a key. */
async function leaveAccounts(knex: Knex): Promise<void> {
  const formerKey = `regexp_replace(key, '^([a-z]+:[0-9]+):[0-9]+', '\\1')`;
  await knex.raw(
    `delete from graphile_worker._private_jobs where id in (
       select id from (
         select jobs.id, row_number() over (partition by ${formerKey} order by jobs.id) as number
         from graphile_worker._private_jobs as jobs
         join graphile_worker._private_tasks as tasks on tasks.id = jobs.task_id
         where identifier = any(?) and key is not null) as numbered
       where number > 1)`,
    [AT_ACCOUNT],
  );
  await knex.raw(
    `update graphile_worker._private_jobs as jobs
     set payload = (payload::jsonb - array['tenantId', 'accountId'])::json, key = ${formerKey}
     from graphile_worker._private_tasks as tasks
     where tasks.id = jobs.task_id and identifier = any(?) and payload ->> 'accountId' is not null`,
    [AT_ACCOUNT],
  );
}

/** The jobs for which `condition` holds become jobs of the task with this name. Both may read the job and its task. */
async function moveToTasks(
  knex: Knex,
  name: string,
  condition: string,
  values: Record<string, string[]> = {},
): Promise<void> {
  const jobs = `graphile_worker._private_jobs as jobs
    join graphile_worker._private_tasks as tasks on tasks.id = jobs.task_id`;
  await knex.raw(
    `insert into graphile_worker._private_tasks (identifier) select distinct ${name} from ${jobs} where ${condition}
     on conflict (identifier) do nothing`,
    values,
  );
  await knex.raw(
    `update graphile_worker._private_jobs as moved set task_id = task.id
     from (select jobs.id, ${name} as name from ${jobs} where ${condition}) as named
     join graphile_worker._private_tasks as task on task.identifier = named.name
     where moved.id = named.id`,
    values,
  );
}

/** The queue library makes its tables after our migrations: where no bot has started, there are none. */
async function hasQueue(knex: Knex): Promise<boolean> {
  const { rows } = await knex.raw(`select to_regclass('graphile_worker._private_jobs') is not null as found`);
  return (rows as [{ found: boolean }])[0].found;
}
