-- The schema as the former code's migrations left it (to 20261129000001_table_names), with graphile_worker's of 0.17.3, and
-- rows in every state: made by the code itself, one of whose processes was killed in the middle of a request, and dumped
-- by pg_dump. It was dumped before that last migration; names of tables, jobs and payloads were then changed in this file
-- as that migration and the code with it change them, but for two jobs that have waited since before. Times that must be
-- recent are told from now(). Secrets are sealed with Buffer.alloc(32, 7). Every number is an example; for one pg
-- connection: client.query(text), on an empty database.
begin;
set local check_function_bodies = false;
set local client_min_messages = warning;
set local timezone = 'UTC';

CREATE SCHEMA graphile_worker;

CREATE TYPE graphile_worker.job_spec AS (
  identifier text,
  payload json,
  queue_name text,
  run_at timestamp with time zone,
  max_attempts smallint,
  job_key text,
  priority smallint,
  flags text[]
);

CREATE TABLE graphile_worker._private_jobs (
  id bigint NOT NULL,
  job_queue_id integer,
  task_id integer NOT NULL,
  payload json DEFAULT '{}'::json NOT NULL,
  priority smallint DEFAULT 0 NOT NULL,
  run_at timestamp with time zone DEFAULT now() NOT NULL,
  attempts smallint DEFAULT 0 NOT NULL,
  max_attempts smallint DEFAULT 25 NOT NULL,
  last_error text,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  key text,
  locked_at timestamp with time zone,
  locked_by text,
  revision integer DEFAULT 0 NOT NULL,
  flags jsonb,
  is_available boolean GENERATED ALWAYS AS (((locked_at IS NULL) AND (attempts < max_attempts))) STORED NOT NULL,
  CONSTRAINT jobs_key_check CHECK (((length(key) > 0) AND (length(key) <= 512))),
  CONSTRAINT jobs_max_attempts_check CHECK ((max_attempts >= 1))
);

CREATE FUNCTION graphile_worker.add_job(identifier text, payload json DEFAULT NULL::json, queue_name text DEFAULT NULL::text, run_at timestamp with time zone DEFAULT NULL::timestamp with time zone, max_attempts integer DEFAULT NULL::integer, job_key text DEFAULT NULL::text, priority integer DEFAULT NULL::integer, flags text[] DEFAULT NULL::text[], job_key_mode text DEFAULT 'replace'::text) RETURNS graphile_worker._private_jobs
    LANGUAGE plpgsql
    AS $$
declare
  v_job "graphile_worker"._private_jobs;
begin
  if (job_key is null or job_key_mode is null or job_key_mode in ('replace', 'preserve_run_at')) then
    select * into v_job
    from "graphile_worker".add_jobs(
      ARRAY[(
        identifier,
        payload,
        queue_name,
        run_at,
        max_attempts::smallint,
        job_key,
        priority::smallint,
        flags
      )::"graphile_worker".job_spec],
      (job_key_mode = 'preserve_run_at')
    )
    limit 1;
    return v_job;
  elsif job_key_mode = 'unsafe_dedupe' then
    -- Ensure all the tasks exist
    insert into "graphile_worker"._private_tasks as tasks (identifier)
    values (add_job.identifier)
    on conflict do nothing;
    -- Ensure all the queues exist
    if add_job.queue_name is not null then
      insert into "graphile_worker"._private_job_queues as job_queues (queue_name)
      values (add_job.queue_name)
      on conflict do nothing;
    end if;
    -- Insert job, but if one already exists then do nothing, even if the
    -- existing job has already started (and thus represents an out-of-date
    -- world state). This is dangerous because it means that whatever state
    -- change triggered this add_job may not be acted upon (since it happened
    -- after the existing job started executing, but no further job is being
    -- scheduled), but it is useful in very rare circumstances for
    -- de-duplication. If in doubt, DO NOT USE THIS.
    insert into "graphile_worker"._private_jobs as jobs (
      job_queue_id,
      task_id,
      payload,
      run_at,
      max_attempts,
      key,
      priority,
      flags
    )
      select
        job_queues.id,
        tasks.id,
        coalesce(add_job.payload, '{}'::json),
        coalesce(add_job.run_at, now()),
        coalesce(add_job.max_attempts::smallint, 25::smallint),
        add_job.job_key,
        coalesce(add_job.priority::smallint, 0::smallint),
        (
          select jsonb_object_agg(flag, true)
          from unnest(add_job.flags) as item(flag)
        )
      from "graphile_worker"._private_tasks as tasks
      left join "graphile_worker"._private_job_queues as job_queues
      on job_queues.queue_name = add_job.queue_name
      where tasks.identifier = add_job.identifier
    on conflict (key)
      -- Bump the updated_at so that there's something to return
      do update set
        revision = jobs.revision + 1,
        updated_at = now()
      returning *
      into v_job;
    if v_job.revision = 0 then
      perform pg_notify('jobs:insert', '{"r":' || random()::text || ',"count":1}');
    end if;
    return v_job;
  else
    raise exception 'Invalid job_key_mode value, expected ''replace'', ''preserve_run_at'' or ''unsafe_dedupe''.' using errcode = 'GWBKM';
  end if;
end;
$$;

CREATE FUNCTION graphile_worker.add_jobs(specs graphile_worker.job_spec[], job_key_preserve_run_at boolean DEFAULT false) RETURNS SETOF graphile_worker._private_jobs
    LANGUAGE plpgsql
    AS $$
begin
  -- Ensure all the tasks exist
  insert into "graphile_worker"._private_tasks as tasks (identifier)
  select distinct spec.identifier
  from unnest(specs) spec
  on conflict do nothing;
  -- Ensure all the queues exist
  insert into "graphile_worker"._private_job_queues as job_queues (queue_name)
  select distinct spec.queue_name
  from unnest(specs) spec
  where spec.queue_name is not null
  on conflict do nothing;
  -- Ensure any locked jobs have their key cleared - in the case of locked
  -- existing job create a new job instead as it must have already started
  -- executing (i.e. it's world state is out of date, and the fact add_job
  -- has been called again implies there's new information that needs to be
  -- acted upon).
  update "graphile_worker"._private_jobs as jobs
  set
    key = null,
    attempts = jobs.max_attempts,
    updated_at = now()
  from unnest(specs) spec
  where spec.job_key is not null
  and jobs.key = spec.job_key
  and is_available is not true;
  -- WARNING: this count is not 100% accurate; 'on conflict' clause will cause it to be an overestimate
  perform pg_notify('jobs:insert', '{"r":' || random()::text || ',"count":' || array_length(specs, 1)::text || '}');
  -- TODO: is there a risk that a conflict could occur depending on the
  -- isolation level?
  return query insert into "graphile_worker"._private_jobs as jobs (
    job_queue_id,
    task_id,
    payload,
    run_at,
    max_attempts,
    key,
    priority,
    flags
  )
    select
      job_queues.id,
      tasks.id,
      coalesce(spec.payload, '{}'::json),
      coalesce(spec.run_at, now()),
      coalesce(spec.max_attempts, 25),
      spec.job_key,
      coalesce(spec.priority, 0),
      (
        select jsonb_object_agg(flag, true)
        from unnest(spec.flags) as item(flag)
      )
    from unnest(specs) spec
    inner join "graphile_worker"._private_tasks as tasks
    on tasks.identifier = spec.identifier
    left join "graphile_worker"._private_job_queues as job_queues
    on job_queues.queue_name = spec.queue_name
  on conflict (key) do update set
    job_queue_id = excluded.job_queue_id,
    task_id = excluded.task_id,
    payload =
      case
      when json_typeof(jobs.payload) = 'array' and json_typeof(excluded.payload) = 'array' then
        (jobs.payload::jsonb || excluded.payload::jsonb)::json
      else
        excluded.payload
      end,
    max_attempts = excluded.max_attempts,
    run_at = (case
      when job_key_preserve_run_at is true and jobs.attempts = 0 then jobs.run_at
      else excluded.run_at
    end),
    priority = excluded.priority,
    revision = jobs.revision + 1,
    flags = excluded.flags,
    -- always reset error/retry state
    attempts = 0,
    last_error = null,
    updated_at = now()
  where jobs.locked_at is null
  returning *;
end;
$$;

CREATE FUNCTION graphile_worker.complete_jobs(job_ids bigint[]) RETURNS SETOF graphile_worker._private_jobs
    LANGUAGE sql
    AS $$
  delete from "graphile_worker"._private_jobs as jobs
    where id = any(job_ids)
    and (
      locked_at is null
    or
      locked_at < now() - interval '4 hours'
    )
    returning *;
$$;

CREATE FUNCTION graphile_worker.force_unlock_workers(worker_ids text[]) RETURNS void
    LANGUAGE sql
    AS $$
update "graphile_worker"._private_jobs as jobs
set locked_at = null, locked_by = null
where locked_by = any(worker_ids);
update "graphile_worker"._private_job_queues as job_queues
set locked_at = null, locked_by = null
where locked_by = any(worker_ids);
$$;

CREATE FUNCTION graphile_worker.permanently_fail_jobs(job_ids bigint[], error_message text DEFAULT NULL::text) RETURNS SETOF graphile_worker._private_jobs
    LANGUAGE sql
    AS $$
  update "graphile_worker"._private_jobs as jobs
    set
      last_error = coalesce(error_message, 'Manually marked as failed'),
      attempts = max_attempts,
      updated_at = now()
    where id = any(job_ids)
    and (
      locked_at is null
    or
      locked_at < NOW() - interval '4 hours'
    )
    returning *;
$$;

CREATE FUNCTION graphile_worker.remove_job(job_key text) RETURNS graphile_worker._private_jobs
    LANGUAGE plpgsql STRICT
    AS $$
declare
  v_job "graphile_worker"._private_jobs;
begin
  -- Delete job if not locked
  delete from "graphile_worker"._private_jobs as jobs
    where key = job_key
    and (
      locked_at is null
    or
      locked_at < NOW() - interval '4 hours'
    )
  returning * into v_job;
  if not (v_job is null) then
    perform pg_notify('jobs:insert', '{"r":' || random()::text || ',"count":-1}');
    return v_job;
  end if;
  -- Otherwise prevent job from retrying, and clear the key
  update "graphile_worker"._private_jobs as jobs
  set
    key = null,
    attempts = jobs.max_attempts,
    updated_at = now()
  where key = job_key
  returning * into v_job;
  return v_job;
end;
$$;

CREATE FUNCTION graphile_worker.reschedule_jobs(job_ids bigint[], run_at timestamp with time zone DEFAULT NULL::timestamp with time zone, priority integer DEFAULT NULL::integer, attempts integer DEFAULT NULL::integer, max_attempts integer DEFAULT NULL::integer) RETURNS SETOF graphile_worker._private_jobs
    LANGUAGE sql
    AS $$
  update "graphile_worker"._private_jobs as jobs
    set
      run_at = coalesce(reschedule_jobs.run_at, jobs.run_at),
      priority = coalesce(reschedule_jobs.priority::smallint, jobs.priority),
      attempts = coalesce(reschedule_jobs.attempts::smallint, jobs.attempts),
      max_attempts = coalesce(reschedule_jobs.max_attempts::smallint, jobs.max_attempts),
      updated_at = now()
    where id = any(job_ids)
    and (
      locked_at is null
    or
      locked_at < NOW() - interval '4 hours'
    )
    returning *;
$$;

CREATE TABLE graphile_worker._private_job_queues (
  id integer NOT NULL,
  queue_name text NOT NULL,
  locked_at timestamp with time zone,
  locked_by text,
  is_available boolean GENERATED ALWAYS AS ((locked_at IS NULL)) STORED NOT NULL,
  CONSTRAINT job_queues_queue_name_check CHECK ((length(queue_name) <= 128))
);

CREATE TABLE graphile_worker._private_known_crontabs (
  identifier text NOT NULL,
  known_since timestamp with time zone NOT NULL,
  last_execution timestamp with time zone
);

CREATE TABLE graphile_worker._private_tasks (
  id integer NOT NULL,
  identifier text NOT NULL,
  CONSTRAINT tasks_identifier_check CHECK ((length(identifier) <= 128))
);

ALTER TABLE graphile_worker._private_job_queues ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY ( SEQUENCE NAME graphile_worker.job_queues_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1 );

CREATE VIEW graphile_worker.jobs AS SELECT jobs.id, job_queues.queue_name, tasks.identifier AS task_identifier, jobs.priority, jobs.run_at, jobs.attempts, jobs.max_attempts, jobs.last_error, jobs.created_at, jobs.updated_at, jobs.key, jobs.locked_at, jobs.locked_by, jobs.revision, jobs.flags FROM ((graphile_worker._private_jobs jobs JOIN graphile_worker._private_tasks tasks ON ((tasks.id = jobs.task_id))) LEFT JOIN graphile_worker._private_job_queues job_queues ON ((job_queues.id = jobs.job_queue_id)));

ALTER TABLE graphile_worker._private_jobs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY ( SEQUENCE NAME graphile_worker.jobs_id_seq1 START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1 );

CREATE TABLE graphile_worker.migrations (
  id integer NOT NULL,
  ts timestamp with time zone DEFAULT now() NOT NULL,
  breaking boolean DEFAULT false NOT NULL
);

ALTER TABLE graphile_worker._private_tasks ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY ( SEQUENCE NAME graphile_worker.tasks_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1 );

CREATE TABLE public.app_user (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  slack_user_id text NOT NULL,
  locale text NOT NULL,
  time_zone text NOT NULL,
  role text NOT NULL,
  seen_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT app_user_role_known CHECK ((role = ANY (ARRAY['admin'::text, 'member'::text, 'guest'::text])))
);

CREATE SEQUENCE public.app_user_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;

ALTER SEQUENCE public.app_user_id_seq OWNED BY public.app_user.id;

CREATE TABLE public.audit_event (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  user_id bigint,
  batch_id bigint,
  action text NOT NULL,
  detail jsonb DEFAULT '{}'::jsonb NOT NULL,
  at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

CREATE SEQUENCE public.audit_event_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;

ALTER SEQUENCE public.audit_event_id_seq OWNED BY public.audit_event.id;

CREATE TABLE public.knex_migrations (
  id integer NOT NULL,
  name character varying(255),
  batch integer,
  migration_time timestamp with time zone
);

CREATE SEQUENCE public.knex_migrations_id_seq AS integer START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;

ALTER SEQUENCE public.knex_migrations_id_seq OWNED BY public.knex_migrations.id;

CREATE TABLE public.knex_migrations_lock (
  index integer NOT NULL,
  is_locked integer
);

CREATE SEQUENCE public.knex_migrations_lock_index_seq AS integer START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;

ALTER SEQUENCE public.knex_migrations_lock_index_seq OWNED BY public.knex_migrations_lock.index;

CREATE TABLE public.rate_limit (
  key text NOT NULL,
  next_at timestamp with time zone NOT NULL,
  pace_ms double precision DEFAULT '0'::double precision NOT NULL
);

CREATE TABLE public.sms_answer_posting (
  answer text NOT NULL,
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  slack_channel_id text NOT NULL,
  slack_thread_ts text,
  begun_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

CREATE TABLE public.sms_answer_sharing (
  answer text NOT NULL,
  slack_file_ids text[] NOT NULL
);

CREATE TABLE public.sms_batch (
  id bigint NOT NULL,
  tenant_id bigint NOT NULL,
  user_id bigint NOT NULL,
  channel text NOT NULL,
  created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  status text NOT NULL,
  reason text,
  reason_detail text,
  content text NOT NULL,
  sender_id text,
  default_country text,
  submit_key text NOT NULL,
  order_prefix text NOT NULL,
  total_count integer DEFAULT 0 NOT NULL,
  sending_count integer DEFAULT 0 NOT NULL,
  success_count integer DEFAULT 0 NOT NULL,
  failed_count integer DEFAULT 0 NOT NULL,
  unknown_count integer DEFAULT 0 NOT NULL,
  cancelled_count integer DEFAULT 0 NOT NULL,
  countries jsonb DEFAULT '[]'::jsonb NOT NULL,
  column_questions jsonb DEFAULT '[]'::jsonb NOT NULL,
  read_bytes bigint DEFAULT '0'::bigint NOT NULL,
  read_rows integer DEFAULT 0 NOT NULL,
  slack_channel_id text NOT NULL,
  slack_message_ts text,
  slack_view_id text,
  review_channel_id text,
  review_message_ts text,
  version integer DEFAULT 1 NOT NULL,
  shown_version integer DEFAULT 0 NOT NULL,
  shown_hash text,
  scheduled_at timestamp with time zone,
  started_at timestamp with time zone,
  submitted_at timestamp with time zone,
  completed_at timestamp with time zone,
  cancelled_at timestamp with time zone,
  notified_at timestamp with time zone,
  uncertain_left_at timestamp with time zone,
  attention text,
  attention_told_at timestamp with time zone,
  moved_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  checked_at timestamp with time zone,
  poll_after_chunk integer DEFAULT 0 NOT NULL,
  reported_at timestamp with time zone,
  cost_estimate jsonb,
  poll_after_id bigint DEFAULT '0'::bigint NOT NULL,
  round integer DEFAULT 1 NOT NULL,
  CONSTRAINT sms_batch_attention_known CHECK ((attention = ANY (ARRAY['paused'::text, 'failed'::text, 'stalled'::text, 'uncertain'::text]))),
  CONSTRAINT sms_batch_completed_is_accounted_for CHECK (((status <> 'completed'::text) OR ((sending_count = 0) AND ((((success_count + failed_count) + unknown_count) + cancelled_count) = total_count)))),
  CONSTRAINT sms_batch_counts_add_up CHECK (((LEAST(total_count, sending_count, success_count, failed_count, unknown_count, cancelled_count) >= 0) AND (((((sending_count + success_count) + failed_count) + unknown_count) + cancelled_count) <= total_count))),
  CONSTRAINT sms_batch_status_known CHECK ((status = ANY (ARRAY['draft'::text, 'importing'::text, 'ready'::text, 'scheduled'::text, 'pending'::text, 'submitting'::text, 'submitted'::text, 'completed'::text, 'paused'::text, 'cancelled'::text, 'failed'::text])))
);

CREATE TABLE public.sms_batch_buka_detail (
  id bigint NOT NULL,
  batch_id bigint NOT NULL,
  "position" integer NOT NULL,
  chunk integer NOT NULL,
  message_id uuid DEFAULT gen_random_uuid() NOT NULL,
  order_id character varying(50) NOT NULL,
  provider_message_id text,
  recipient_number text NOT NULL,
  source smallint NOT NULL,
  line integer NOT NULL,
  status text DEFAULT 'pending'::text NOT NULL,
  submission_id bigint,
  attempt smallint DEFAULT '1'::smallint NOT NULL,
  failure_reason text,
  cost numeric(14,6),
  currency character(3),
  created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  settled_by text,
  segments_charged integer,
  country character(2),
  settled_at timestamp with time zone,
  CONSTRAINT sms_batch_buka_detail_sending_has_its_id CHECK (((status <> 'sending'::text) OR (provider_message_id IS NOT NULL))),
  CONSTRAINT sms_batch_buka_detail_settled_by_known CHECK ((settled_by = ANY (ARRAY['answer'::text, 'poll'::text, 'push'::text, 'reconcile'::text]))),
  CONSTRAINT sms_batch_buka_detail_status_known CHECK ((status = ANY (ARRAY['pending'::text, 'sending'::text, 'delivered'::text, 'failed'::text, 'unknown'::text, 'cancelled'::text])))
)
WITH (autovacuum_vacuum_scale_factor='0.05', autovacuum_analyze_scale_factor='0.05');

CREATE SEQUENCE public.sms_batch_buka_detail_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;

ALTER SEQUENCE public.sms_batch_buka_detail_id_seq OWNED BY public.sms_batch_buka_detail.id;

CREATE TABLE public.sms_batch_cost (
  batch_id bigint NOT NULL,
  country text NOT NULL,
  currency character(3) NOT NULL,
  cost_each numeric(14,6) NOT NULL,
  segments_each integer NOT NULL,
  messages integer NOT NULL
);

CREATE SEQUENCE public.sms_batch_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;

ALTER SEQUENCE public.sms_batch_id_seq OWNED BY public.sms_batch.id;

CREATE TABLE public.sms_batch_posting (
  batch_id bigint NOT NULL,
  kind text NOT NULL,
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  slack_channel_id text NOT NULL,
  slack_thread_ts text,
  begun_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT sms_batch_posting_kind_known CHECK ((kind = ANY (ARRAY['report'::text, 'completion'::text, 'attention'::text, 'review'::text])))
);

CREATE TABLE public.sms_batch_source (
  batch_id bigint NOT NULL,
  ordinal smallint NOT NULL,
  slack_file_id text,
  name text,
  size_bytes bigint NOT NULL,
  pasted_text text,
  phone_column integer
);

CREATE TABLE public.sms_inbound_message (
  id bigint NOT NULL,
  tenant_id bigint,
  channel text NOT NULL,
  provider_message_id text,
  from_number text,
  to_sender_id text,
  content text NOT NULL,
  received_at timestamp with time zone NOT NULL
);

CREATE SEQUENCE public.sms_inbound_message_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;

ALTER SEQUENCE public.sms_inbound_message_id_seq OWNED BY public.sms_inbound_message.id;

CREATE TABLE public.webhook_inbox (
  id bigint NOT NULL,
  channel text NOT NULL,
  kind text NOT NULL,
  body text NOT NULL,
  received_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  due_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  outcome text,
  CONSTRAINT webhook_inbox_kind_known CHECK ((kind = ANY (ARRAY['report'::text, 'inbound'::text]))),
  CONSTRAINT webhook_inbox_outcome_known CHECK ((outcome = ANY (ARRAY['applied'::text, 'unmatched'::text, 'disagrees'::text, 'unreadable'::text])))
);

CREATE SEQUENCE public.webhook_inbox_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;

ALTER SEQUENCE public.webhook_inbox_id_seq OWNED BY public.webhook_inbox.id;

CREATE TABLE public.sms_send_attempt (
  id bigint NOT NULL,
  batch_id bigint NOT NULL,
  recipient_number text NOT NULL,
  attempt smallint NOT NULL,
  order_id character varying(50) NOT NULL,
  provider_message_id text,
  submission_id bigint,
  status text NOT NULL,
  failure_reason text,
  ended_at timestamp with time zone NOT NULL,
  settled_by text,
  segments_charged integer,
  cost numeric(14,6),
  currency character(3),
  CONSTRAINT sms_send_attempt_settled_by_known CHECK ((settled_by = ANY (ARRAY['answer'::text, 'poll'::text, 'push'::text, 'reconcile'::text]))),
  CONSTRAINT sms_send_attempt_status_known CHECK ((status = ANY (ARRAY['delivered'::text, 'failed'::text, 'unknown'::text])))
);

CREATE SEQUENCE public.sms_send_attempt_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;

ALTER SEQUENCE public.sms_send_attempt_id_seq OWNED BY public.sms_send_attempt.id;

CREATE TABLE public.sms_rejected_recipient (
  id bigint NOT NULL,
  batch_id bigint NOT NULL,
  source smallint NOT NULL,
  line integer NOT NULL,
  raw text NOT NULL,
  reason text NOT NULL,
  reason_detail jsonb NOT NULL
);

CREATE SEQUENCE public.sms_rejected_recipient_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;

ALTER SEQUENCE public.sms_rejected_recipient_id_seq OWNED BY public.sms_rejected_recipient.id;

CREATE TABLE public.sms_submission (
  id bigint NOT NULL,
  batch_id bigint NOT NULL,
  chunk integer NOT NULL,
  attempt integer NOT NULL,
  size integer NOT NULL,
  outcome text NOT NULL,
  not_before timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  provider_status text,
  reason text,
  worker text,
  CONSTRAINT sms_submission_outcome_known CHECK ((outcome = ANY (ARRAY['waiting'::text, 'in_flight'::text, 'accepted'::text, 'rejected'::text, 'unknown'::text, 'reconciled'::text]))),
  CONSTRAINT sms_submission_started_before_sent CHECK (((outcome = 'waiting'::text) OR (started_at IS NOT NULL)))
);

CREATE SEQUENCE public.sms_submission_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;

ALTER SEQUENCE public.sms_submission_id_seq OWNED BY public.sms_submission.id;

CREATE TABLE public.tenant (
  id bigint NOT NULL,
  slack_team_id text NOT NULL,
  name text NOT NULL,
  locale text DEFAULT 'en-US'::text NOT NULL,
  charts_supported boolean DEFAULT true NOT NULL,
  created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

CREATE TABLE public.tenant_channel_config (
  tenant_id bigint NOT NULL,
  channel text NOT NULL,
  base_url text NOT NULL,
  api_key text NOT NULL,
  api_secret_encrypted text NOT NULL,
  app_id text NOT NULL,
  sender_id text,
  max_open_requests integer DEFAULT 16 NOT NULL,
  max_requests_per_second integer DEFAULT 100 NOT NULL,
  next_request_at timestamp with time zone,
  unclear_in_a_row integer DEFAULT 0 NOT NULL,
  held_until timestamp with time zone
);

CREATE SEQUENCE public.tenant_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;

ALTER SEQUENCE public.tenant_id_seq OWNED BY public.tenant.id;

CREATE TABLE public.user_channel_config (
  user_id bigint NOT NULL,
  channel text NOT NULL,
  app_id text NOT NULL
);

ALTER TABLE ONLY public.app_user ALTER COLUMN id SET DEFAULT nextval('public.app_user_id_seq'::regclass);
ALTER TABLE ONLY public.audit_event ALTER COLUMN id SET DEFAULT nextval('public.audit_event_id_seq'::regclass);
ALTER TABLE ONLY public.knex_migrations ALTER COLUMN id SET DEFAULT nextval('public.knex_migrations_id_seq'::regclass);
ALTER TABLE ONLY public.knex_migrations_lock ALTER COLUMN index SET DEFAULT nextval('public.knex_migrations_lock_index_seq'::regclass);
ALTER TABLE ONLY public.sms_batch ALTER COLUMN id SET DEFAULT nextval('public.sms_batch_id_seq'::regclass);
ALTER TABLE ONLY public.sms_batch_buka_detail ALTER COLUMN id SET DEFAULT nextval('public.sms_batch_buka_detail_id_seq'::regclass);
ALTER TABLE ONLY public.sms_inbound_message ALTER COLUMN id SET DEFAULT nextval('public.sms_inbound_message_id_seq'::regclass);
ALTER TABLE ONLY public.webhook_inbox ALTER COLUMN id SET DEFAULT nextval('public.webhook_inbox_id_seq'::regclass);
ALTER TABLE ONLY public.sms_send_attempt ALTER COLUMN id SET DEFAULT nextval('public.sms_send_attempt_id_seq'::regclass);
ALTER TABLE ONLY public.sms_rejected_recipient ALTER COLUMN id SET DEFAULT nextval('public.sms_rejected_recipient_id_seq'::regclass);
ALTER TABLE ONLY public.sms_submission ALTER COLUMN id SET DEFAULT nextval('public.sms_submission_id_seq'::regclass);
ALTER TABLE ONLY public.tenant ALTER COLUMN id SET DEFAULT nextval('public.tenant_id_seq'::regclass);

INSERT INTO graphile_worker._private_jobs (id, job_queue_id, task_id, payload, priority, run_at, attempts, max_attempts, last_error, created_at, updated_at, key, locked_at, locked_by, revision, flags) OVERRIDING SYSTEM VALUE VALUES
  (7, NULL, 4, '{"batchId":"1","lane":1}', 0, now() - interval '60 s', 1, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'submit:1:1', now() - interval '20 s', 'pool-0f0e0d0c0b0a090807', 0, NULL),
  (116, NULL, 4, '{"batchId":"1","lane":0}', 0, now() - interval '60 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'submit:1:0', NULL, NULL, 0, NULL),
  (117, NULL, 4, '{"batchId":"9","lane":0}', 0, now() - interval '60 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'submit:9:0', NULL, NULL, 0, NULL),
  (118, NULL, 1, '{"batchId":"11"}', 0, now() - interval '60 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'import:11', NULL, NULL, 0, NULL),
  (119, NULL, 2, '{"batchId":"10"}', -1, now() - interval '60 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'review:10', NULL, NULL, 0, NULL),
  (120, NULL, 10, '{"batchId":"1"}', 0, now() + interval '1 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'poll:1', NULL, NULL, 0, NULL),
  (121, NULL, 10, '{"batchId":"4"}', 0, now() + interval '1 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'poll:4', NULL, NULL, 0, NULL),
  (122, NULL, 24, '{"batchId":"5"}', 0, now() + interval '1 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'reconcile:5', NULL, NULL, 0, NULL),
  (123, NULL, 137, '{"batchId":"1"}', -1, now() + interval '1 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'message:1', NULL, NULL, 0, NULL),
  (124, NULL, 137, '{"batchId":"9"}', -1, now() - interval '60 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'message:9', NULL, NULL, 0, NULL),
  (125, NULL, 33, '{"batchId":"3"}', -1, now() - interval '60 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'announce:3', NULL, NULL, 0, NULL),
  (126, NULL, 67, '{"batchId":"6"}', -1, now() - interval '60 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'attention:6', NULL, NULL, 0, NULL),
  (127, NULL, 128, '{"tenantId":"1","batchId":"2","userId":"1","part":"recipients"}', 1, now() - interval '60 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'export:2:recipients:1', NULL, NULL, 0, NULL),
  (128, NULL, 128, '{"tenantId":"1","batchId":"2","userId":"2","part":"left_out"}', 1, now() - interval '60 s', 2, 9, 'timeout exceeded when trying to connect', now() - interval '120 s', now() - interval '120 s', 'export:2:left_out:2', NULL, NULL, 0, NULL),
  (129, NULL, 130, '{"id":"6cb23675-19db-4152-8570-9dcd622ebe4b","askedAt":"2026-11-20T12:00:00.000Z","tenantId":"1","userId":"1","provider":"onbuka","from":"2026-11-20","to":"2026-11-20","timeZone":"Europe/Berlin"}', 1, now() - interval '60 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'compare:1', NULL, NULL, 0, NULL),
  (130, NULL, 138, '{"provider":"onbuka"}', 0, now() - interval '60 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'push:report:onbuka:next', NULL, NULL, 0, NULL),
  (131, NULL, 28, '{"channel":"onbuka"}', 0, now() + interval '3600 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'push:report:onbuka:again', NULL, NULL, 0, NULL),
  (132, NULL, 116, '{"provider":"onbuka"}', 0, now() - interval '60 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'push:inbound:onbuka:next', NULL, NULL, 0, NULL),
  (133, NULL, 113, '{"batchId":"15"}', -1, now() - interval '60 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'announce:15', NULL, NULL, 0, NULL),
  (134, NULL, 139, '{"batchId":"15"}', -1, now() - interval '60 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'message:15', NULL, NULL, 0, NULL),
  (135, NULL, 136, '{}', 0, now() + interval '5 s', 0, 9, NULL, now() - interval '120 s', now() - interval '120 s', 'sweep', NULL, NULL, 0, NULL);

INSERT INTO graphile_worker._private_tasks (id, identifier) OVERRIDING SYSTEM VALUE VALUES
  (1, 'import-recipients:1'),
  (2, 'show-review:1'),
  (4, 'submit-chunk'),
  (5, 'refresh-message:1'),
  (10, 'poll-delivery'),
  (24, 'reconcile'),
  (28, 'record-reports'),
  (33, 'announce-completion:1'),
  (67, 'call-attention:1'),
  (106, 'import-recipients:2'),
  (107, 'show-review:2'),
  (110, 'refresh-message:2'),
  (113, 'announce-completion:2'),
  (116, 'record-inbound'),
  (128, 'export-batch:1'),
  (130, 'compare-with-provider:1'),
  (136, 'sweep'),
  (137, 'refresh-status-message:1'),
  (138, 'record-delivery-reports'),
  (139, 'refresh-status-message:2');

INSERT INTO graphile_worker.migrations (id, ts, breaking) VALUES
  (1, '2026-11-24 08:00:00+00', true),
  (2, '2026-11-24 08:00:00+00', false),
  (3, '2026-11-24 08:00:00+00', true),
  (4, '2026-11-24 08:00:00+00', false),
  (5, '2026-11-24 08:00:00+00', false),
  (6, '2026-11-24 08:00:00+00', false),
  (7, '2026-11-24 08:00:00+00', false),
  (8, '2026-11-24 08:00:00+00', false),
  (9, '2026-11-24 08:00:00+00', false),
  (10, '2026-11-24 08:00:00+00', false),
  (11, '2026-11-24 08:00:00+00', true),
  (12, '2026-11-24 08:00:00+00', false),
  (13, '2026-11-24 08:00:00+00', true),
  (14, '2026-11-24 08:00:00+00', true),
  (15, '2026-11-24 08:00:00+00', false),
  (16, '2026-11-24 08:00:00+00', true),
  (17, '2026-11-24 08:00:00+00', false),
  (18, '2026-11-24 08:00:00+00', false),
  (19, '2026-11-24 08:00:00+00', true);

INSERT INTO public.app_user (id, tenant_id, slack_user_id, locale, time_zone, role, seen_at) VALUES
  (1, 1, 'U0ANNA0001', 'en-US', 'Europe/Berlin', 'admin', '2026-11-20 09:00:00+00'),
  (2, 1, 'U0LIWEI001', 'zh-CN', 'Asia/Shanghai', 'member', '2026-11-20 09:00:00+00'),
  (3, 2, 'U0OTHER001', 'en-US', 'Europe/Berlin', 'admin', '2026-11-20 09:00:00+00');

INSERT INTO public.audit_event (id, tenant_id, user_id, batch_id, action, detail, at) VALUES
  (1, 1, 1, 1, 'batch.start', '{"total": 9}', now() - interval '100 s'),
  (2, 1, 1, 2, 'batch.start', '{"total": 7}', '2026-11-20 10:08:20+00'),
  (3, 1, 1, 2, 'batch.retry_failed', '{"recipients": 1}', '2026-11-20 10:08:20+00'),
  (4, 1, 1, 2, 'batch.resend_uncertain', '{"recipients": 1}', '2026-11-20 10:08:20+00'),
  (5, 1, 1, 2, 'batch.leave_uncertain', '{}', '2026-11-20 10:08:20+00'),
  (6, 1, 1, 3, 'batch.start', '{"total": 3}', now() - interval '340 s'),
  (7, 1, 1, 3, 'batch.cancel', '{"cancelled": 1, "alreadyGone": 2}', now() - interval '340 s'),
  (8, 1, 1, 4, 'batch.start', '{"total": 4}', now() - interval '220 s'),
  (9, 1, 1, 5, 'batch.start', '{"total": 3}', now() - interval '7300 s'),
  (10, 1, 1, 6, 'batch.start', '{"total": 4}', now() - interval '3700 s'),
  (11, 1, 2, 7, 'batch.start', '{"total": 2}', now() - interval '3700 s'),
  (12, 1, 1, 8, 'batch.start', '{"total": 2}', now() - interval '3700 s'),
  (13, 1, 1, 8, 'batch.cancel', '{"cancelled": 2, "alreadyGone": 0}', now() - interval '3700 s'),
  (14, 1, 2, 9, 'batch.start', '{"total": 3}', now() - interval '40 s'),
  (15, 2, 3, 15, 'batch.start', '{"total": 1}', now() - interval '340 s'),
  (16, 1, 1, NULL, 'compare', '{"to": "2026-11-20", "from": "2026-11-20"}', '2026-11-20 12:00:00+00');

INSERT INTO public.knex_migrations (id, name, batch, migration_time) VALUES
  (1, '20261124000001_tenants', 1, '2026-11-24 08:00:00+00'),
  (2, '20261124000002_batches', 1, '2026-11-24 08:00:00+00'),
  (3, '20261124000003_pushed_reports', 1, '2026-11-24 08:00:00+00'),
  (4, '20261124000004_submission_worker', 1, '2026-11-24 08:00:00+00'),
  (5, '20261124000005_find_by_number', 1, '2026-11-24 08:00:00+00'),
  (6, '20261127000001_postings', 1, '2026-11-24 08:00:00+00'),
  (7, '20261127000002_cost_estimate', 1, '2026-11-24 08:00:00+00'),
  (8, '20261127000003_export_sharing', 1, '2026-11-24 08:00:00+00'),
  (9, '20261127000006_pace_of_questions', 1, '2026-11-24 08:00:00+00'),
  (10, '20261127000007_rounds', 1, '2026-11-24 08:00:00+00'),
  (11, '20261127000010_answers', 1, '2026-11-24 08:00:00+00'),
  (12, '20261129000001_table_names', 2, '2026-11-29 08:00:00+00');

INSERT INTO public.knex_migrations_lock (index, is_locked) VALUES
  (1, 0);

INSERT INTO public.rate_limit (key, next_at, pace_ms) VALUES
  ('clock', now() - interval '15 s', 0),
  ('list:1:onbuka', now() - interval '14 s', 0),
  ('query:1:onbuka', now() - interval '14 s', 150),
  ('slack-edit:1', now() - interval '13 s', 0),
  ('slack-message:1', now() - interval '13 s', 0),
  ('slack-post:message:9', now() + interval '2 s', 0);

INSERT INTO public.sms_answer_posting (answer, id, slack_channel_id, slack_thread_ts, begun_at) VALUES
  ('comparison:6cb23675-19db-4152-8570-9dcd622ebe4b', '71c6e7e3-461e-4010-8c7e-479203db3f5b', 'D0FORMER01', NULL, now() - interval '600 s');

INSERT INTO public.sms_answer_sharing (answer, slack_file_ids) VALUES
  ('export:2:recipients:1', '{F0FORMER11,F0FORMER12}');

INSERT INTO public.sms_batch (id, tenant_id, user_id, channel, created_at, status, reason, reason_detail, content, sender_id, default_country, submit_key, order_prefix, total_count, sending_count, success_count, failed_count, unknown_count, cancelled_count, countries, column_questions, read_bytes, read_rows, slack_channel_id, slack_message_ts, slack_view_id, review_channel_id, review_message_ts, version, shown_version, shown_hash, scheduled_at, started_at, submitted_at, completed_at, cancelled_at, notified_at, uncertain_left_at, attention, attention_told_at, moved_at, checked_at, poll_after_chunk, reported_at, cost_estimate, poll_after_id, round) VALUES
  (1, 1, 1, 'onbuka', now() - interval '240 s', 'submitting', NULL, NULL, 'To be submitting', NULL, 'CN', '615f6e57-1d36-442d-8807-3d080c36b39f', '0mio2s3k000001', 9, 2, 0, 0, 0, 0, '[{"count": 9, "country": "CN"}]', '[]', 134, 9, 'C0MARKETNG', NULL, NULL, NULL, NULL, 5, 0, NULL, NULL, now() - interval '100 s', NULL, NULL, NULL, NULL, NULL, NULL, NULL, now() - interval '60 s', NULL, 0, NULL, NULL, 0, 1),
  (2, 1, 1, 'onbuka', '2026-11-20 10:06:00+00', 'completed', NULL, NULL, 'To be completed', NULL, 'CN', 'ed9c1c4d-bc73-4219-8b2e-6ef38dd86984', '0mio2s3k000002', 7, 0, 6, 0, 1, 0, '[{"count": 7, "country": "CN"}]', '[]', 206, 9, 'C0MARKETNG', '1795773600.000102', NULL, NULL, NULL, 24, 24, 'a-render-of-the-former-code-2', NULL, '2026-11-20 10:08:20+00', '2026-11-20 10:08:40+00', '2026-11-20 10:09:10+00', NULL, '2026-11-20 10:09:20+00', '2026-11-20 10:09:05+00', NULL, '2026-11-20 10:08:55+00', '2026-11-20 10:09:00+00', NULL, 0, '2026-11-20 10:09:00+00', NULL, 0, 3),
  (3, 1, 1, 'onbuka', now() - interval '480 s', 'completed', NULL, NULL, 'To be completed untold', NULL, 'CN', '48348fa4-2663-4df8-8569-cd4c70046e68', '0mio2s3k000003', 3, 0, 2, 0, 0, 1, '[{"count": 3, "country": "CN"}]', '[]', 44, 3, 'C0MARKETNG', NULL, NULL, NULL, NULL, 9, 0, NULL, NULL, now() - interval '340 s', now() - interval '320 s', now() - interval '290 s', now() - interval '310 s', NULL, NULL, NULL, NULL, now() - interval '300 s', now() - interval '300 s', 1, NULL, NULL, 18, 1),
  (4, 1, 1, 'onbuka', now() - interval '360 s', 'submitted', NULL, NULL, 'To be submitted', NULL, 'CN', 'b9293715-dca3-4a90-8982-a539dab00809', '0mio2s3k000004', 4, 2, 1, 1, 0, 0, '[{"count": 4, "country": "CN"}]', '[]', 59, 4, 'C0MARKETNG', '1795773600.000104', NULL, NULL, NULL, 8, 8, 'a-render-of-the-former-code-4', NULL, now() - interval '220 s', now() - interval '200 s', NULL, NULL, NULL, NULL, NULL, NULL, now() - interval '180 s', now() - interval '180 s', 2, NULL, NULL, 23, 1),
  (5, 1, 1, 'onbuka', now() - interval '7440 s', 'submitted', NULL, NULL, 'To be uncertain', NULL, 'CN', '13f33b38-e0ef-4fad-8fce-5d052d6fb1fb', '0mio2s3k000005', 3, 0, 2, 0, 1, 0, '[{"count": 3, "country": "CN"}]', '[]', 44, 3, 'C0MARKETNG', '1795773600.000105', NULL, NULL, NULL, 9, 9, 'a-render-of-the-former-code-5', NULL, now() - interval '7300 s', now() - interval '7280 s', NULL, NULL, NULL, NULL, 'uncertain', now() - interval '7240 s', now() - interval '7260 s', now() - interval '7260 s', 1, NULL, NULL, 25, 1),
  (6, 1, 1, 'onbuka', now() - interval '3840 s', 'paused', 'account', '-4: balance is not enough', 'To be paused', NULL, 'CN', '9914b7d1-f9f4-435b-80e2-09b42674c5fa', '0mio2s3k000006', 4, 2, 0, 0, 0, 0, '[{"count": 4, "country": "CN"}]', '[]', 59, 4, 'C0MARKETNG', NULL, NULL, NULL, NULL, 6, 0, NULL, NULL, now() - interval '3700 s', NULL, NULL, NULL, NULL, NULL, 'paused', NULL, now() - interval '3660 s', NULL, 0, NULL, NULL, 0, 1),
  (7, 1, 2, 'onbuka', now() - interval '3840 s', 'failed', 'content', '-13: template content illegal', 'To be failed', NULL, 'CN', '978c774e-44ae-444f-8654-74f82ab86cc7', '0mio2s3k000007', 2, 0, 0, 2, 0, 0, '[{"count": 2, "country": "CN"}]', '[]', 29, 2, 'C0MARKETNG', '1795773600.000107', NULL, NULL, NULL, 5, 5, 'a-render-of-the-former-code-7', NULL, now() - interval '3700 s', NULL, now() - interval '3650 s', NULL, NULL, NULL, 'failed', now() - interval '3640 s', now() - interval '3660 s', NULL, 0, NULL, NULL, 0, 1),
  (8, 1, 1, 'onbuka', now() - interval '3840 s', 'cancelled', NULL, NULL, 'To be cancelled', NULL, 'CN', '768948c1-ee17-4157-8ad8-0f9cface6dd1', '0mio2s3k000008', 2, 0, 0, 0, 0, 2, '[{"count": 2, "country": "CN"}]', '[]', 29, 2, 'C0MARKETNG', '1795773600.000108', NULL, NULL, NULL, 5, 5, 'a-render-of-the-former-code-8', NULL, now() - interval '3700 s', NULL, now() - interval '3650 s', now() - interval '3670 s', NULL, NULL, NULL, NULL, now() - interval '3660 s', NULL, 0, NULL, NULL, 0, 1),
  (9, 1, 2, 'onbuka', now() - interval '180 s', 'pending', NULL, NULL, 'To be pending', NULL, 'CN', 'e7a9018a-c626-47f1-8aa6-819d9c817e75', '0mio2s3k000009', 3, 0, 0, 0, 0, 0, '[{"count": 3, "country": "CN"}]', '[]', 44, 3, 'C0MARKETNG', NULL, NULL, NULL, NULL, 3, 0, NULL, NULL, now() - interval '40 s', NULL, NULL, NULL, NULL, NULL, NULL, NULL, now() - interval '10 s', NULL, 0, NULL, NULL, 0, 1),
  (10, 1, 1, 'onbuka', now() - interval '840 s', 'ready', NULL, NULL, 'To be ready', NULL, 'CN', 'f355cc32-a930-473d-8c32-f6081ca2add9', '0mio2s3k000010', 4, 0, 0, 0, 0, 0, '[{"count": 3, "country": "CN"}, {"count": 1, "country": "US"}]', '[]', 71, 3, 'C0MARKETNG', NULL, NULL, NULL, NULL, 2, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now() - interval '660 s', NULL, 0, NULL, '{"sums": [{"most": "0.096000", "least": "0.096000", "median": "0.096000", "currency": "USD"}], "messages": 4, "unpriced": 1}', 0, 1),
  (11, 1, 1, 'onbuka', now() - interval '840 s', 'importing', NULL, NULL, 'To be importing', NULL, 'CN', '9a52abf5-c1c3-406d-8320-45ced95691c2', '0mio2s3k000011', 0, 0, 0, 0, 0, 0, '[]', '[]', 0, 0, 'C0MARKETNG', NULL, NULL, NULL, NULL, 1, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now() - interval '660 s', NULL, 0, NULL, NULL, 0, 1),
  (12, 1, 1, 'onbuka', now() - interval '840 s', 'importing', NULL, NULL, 'To be asking', NULL, 'CN', '52f96f18-a18a-407c-8d0c-5bff396773c1', '0mio2s3k000012', 0, 0, 0, 0, 0, 0, '[]', '[{"source": 0, "columns": [{"name": "one", "index": 0, "samples": ["+8613800138042", "+8613800138044"]}, {"name": "two", "index": 1, "samples": ["+8613800138043", "+8613800138045"]}], "sourceName": "two columns.csv"}]', 0, 0, 'C0MARKETNG', NULL, NULL, 'D0FORMER01', '1795773600.000112', 2, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now() - interval '660 s', NULL, 0, NULL, NULL, 0, 1),
  (13, 1, 1, 'onbuka', now() - interval '840 s', 'scheduled', NULL, NULL, 'To be scheduled', NULL, 'CN', 'de950a22-8598-42a2-8a8e-0277c3a6c0e0', '0mio2s3k000013', 2, 0, 0, 0, 0, 0, '[{"count": 2, "country": "CN"}]', '[]', 29, 2, 'C0MARKETNG', NULL, NULL, NULL, NULL, 2, 0, NULL, now() + interval '2592000 s', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now() - interval '660 s', NULL, 0, NULL, NULL, 0, 1),
  (14, 1, 1, 'onbuka', now() - interval '840 s', 'draft', NULL, NULL, 'To be draft', NULL, 'CN', '0f8f734e-1151-413b-8931-35f2a4e13609', '0mio2s3k000014', 0, 0, 0, 0, 0, 0, '[]', '[]', 0, 0, 'C0MARKETNG', NULL, NULL, NULL, NULL, 1, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now() - interval '660 s', NULL, 0, NULL, NULL, 0, 1),
  (15, 2, 3, 'onbuka', now() - interval '480 s', 'completed', NULL, NULL, 'To be told by another bot', NULL, 'CN', '64e0dc33-966f-4e04-8c7b-74a74bc59316', '0mio2s3k000015', 1, 0, 1, 0, 0, 0, '[{"count": 1, "country": "CN"}]', '[]', 14, 1, 'C0OTHER001', NULL, NULL, NULL, NULL, 8, 0, NULL, NULL, now() - interval '340 s', now() - interval '320 s', now() - interval '290 s', NULL, NULL, NULL, NULL, NULL, now() - interval '300 s', now() - interval '300 s', 1, NULL, NULL, 44, 1);

INSERT INTO public.sms_batch_buka_detail (id, batch_id, "position", chunk, message_id, order_id, provider_message_id, recipient_number, source, line, status, submission_id, attempt, failure_reason, cost, currency, created_at, updated_at, settled_by, segments_charged, country, settled_at) VALUES
  (1, 1, 1, 1, '5d166566-e53e-4900-800e-c2b6470f4888', '0mio2s3k000001-00001', '2611270954011000001', '+8613800138000', 0, 1, 'sending', 1, 1, NULL, NULL, NULL, now() - interval '240 s', now() - interval '60 s', NULL, NULL, 'CN', NULL),
  (2, 1, 2, 1, 'cedb92de-8bde-4bae-8423-77c1c19a57a0', '0mio2s3k000001-00002', '2611270954011000002', '+8613800138001', 0, 2, 'sending', 1, 1, NULL, NULL, NULL, now() - interval '240 s', now() - interval '60 s', NULL, NULL, 'CN', NULL),
  (3, 1, 3, 2, 'a0453207-48ab-47c5-87d8-b531a9847656', '0mio2s3k000001-00003', NULL, '+8613800138002', 0, 3, 'pending', NULL, 1, NULL, NULL, NULL, now() - interval '240 s', now() - interval '60 s', NULL, NULL, 'CN', NULL),
  (4, 1, 4, 2, '5e99045c-0d40-4e65-85f1-7a9527021e98', '0mio2s3k000001-00004', NULL, '+8613800138003', 0, 4, 'pending', NULL, 1, NULL, NULL, NULL, now() - interval '240 s', now() - interval '60 s', NULL, NULL, 'CN', NULL),
  (5, 1, 5, 3, 'd34d2f8a-55ba-410f-8c08-0088825bdaab', '0mio2s3k000001-00005', NULL, '+8613800138004', 0, 5, 'pending', NULL, 1, NULL, NULL, NULL, now() - interval '240 s', now() - interval '60 s', NULL, NULL, 'CN', NULL),
  (6, 1, 6, 3, '406b81bd-df5c-406b-80f3-b3949ffb0f6b', '0mio2s3k000001-00006', NULL, '+8613800138005', 0, 6, 'pending', NULL, 1, NULL, NULL, NULL, now() - interval '240 s', now() - interval '60 s', NULL, NULL, 'CN', NULL),
  (7, 1, 7, 4, '663ab92f-2f16-4d72-8c1a-465892e4a4f1', '0mio2s3k000001-00007', NULL, '+8613800138006', 0, 7, 'pending', NULL, 1, NULL, NULL, NULL, now() - interval '240 s', now() - interval '60 s', NULL, NULL, 'CN', NULL),
  (8, 1, 8, 4, 'f0c06eb6-0ac2-40a3-8084-3de74b55fe61', '0mio2s3k000001-00008', NULL, '+8613800138007', 0, 8, 'pending', NULL, 1, NULL, NULL, NULL, now() - interval '240 s', now() - interval '60 s', NULL, NULL, 'CN', NULL),
  (9, 1, 9, 5, '00681447-1262-43a5-8351-f267b9d40848', '0mio2s3k000001-00009', NULL, '+8613800138008', 0, 9, 'pending', NULL, 1, NULL, NULL, NULL, now() - interval '240 s', now() - interval '60 s', NULL, NULL, 'CN', NULL),
  (10, 2, 1, 1, '46173432-5905-4453-872f-c696aa2fbfe0', '0mio2s3k000002-00001', '2611270954011000003', '+8613800138009', 0, 2, 'delivered', 7, 1, NULL, 0.032000, 'USD', '2026-11-20 10:06:00+00', '2026-11-20 10:09:00+00', 'push', 1, 'CN', '2026-11-20 10:09:00+00'),
  (11, 2, 2, 1, 'e592a386-bff0-4ca2-8b05-4da14189952f', '0mio2s3k000002-00002', '2611270954011000004', '+8613800138010', 0, 3, 'delivered', 7, 1, NULL, 0.032000, 'USD', '2026-11-20 10:06:00+00', '2026-11-20 10:09:00+00', 'push', 1, 'CN', '2026-11-20 10:09:00+00'),
  (12, 2, 3, 2, 'eb7dee40-4f4d-4dc4-8f63-55b5f11f8afc', '0mio2s3k000002-00003', '2611270954011090001', '+8613800138011', 0, 4, 'delivered', 8, 1, NULL, 0.032000, 'USD', '2026-11-20 10:06:00+00', '2026-11-20 10:09:00+00', 'push', 1, 'CN', '2026-11-20 10:09:00+00'),
  (13, 2, 4, 2, 'd3787c08-33f2-4551-8eae-a7b0b59e6fc4', '0mio2s3k000002-00004', '2611270954011090002', '+8613800138012', 0, 5, 'delivered', 8, 1, NULL, 0.032000, 'USD', '2026-11-20 10:06:00+00', '2026-11-20 10:09:00+00', 'push', 1, 'CN', '2026-11-20 10:09:00+00'),
  (14, 2, 5, 3, 'ed29adca-7139-48a5-8229-d6327221d292', '0mio2s3k000002-00005', '2611270954011000005', '+8613800138013', 0, 6, 'delivered', 9, 1, NULL, 0.032000, 'USD', '2026-11-20 10:06:00+00', '2026-11-20 10:09:00+00', 'push', 1, 'CN', '2026-11-20 10:09:00+00'),
  (15, 2, 6, 5, '92317b72-cb89-4475-8f35-d82efa13cce8', '0mio2s3k000002-00006.2', '2611270954011000007', '+8613800138014', 1, 1, 'delivered', 11, 2, NULL, 0.032000, 'USD', '2026-11-20 10:06:00+00', '2026-11-20 10:09:00+00', 'push', 1, 'CN', '2026-11-20 10:09:00+00'),
  (16, 2, 7, 6, '95a03590-6f87-4ff2-8462-aad699711a24', '0mio2s3k000002-00007.2', NULL, '+8613800138015', 1, 2, 'unknown', 12, 2, NULL, NULL, NULL, '2026-11-20 10:06:00+00', '2026-11-20 10:09:00+00', NULL, NULL, 'CN', NULL),
  (17, 3, 1, 1, '27410504-6af4-4a18-8b88-3ae8d38a48c6', '0mio2s3k000003-00001', '2611270954011000008', '+8613800138016', 0, 1, 'delivered', 13, 1, NULL, NULL, NULL, now() - interval '480 s', now() - interval '300 s', 'poll', NULL, 'CN', now() - interval '300 s'),
  (18, 3, 2, 1, 'd43e5707-4fe4-462f-81c4-b7d0d6fd1216', '0mio2s3k000003-00002', '2611270954011000009', '+8613800138017', 0, 2, 'delivered', 13, 1, NULL, NULL, NULL, now() - interval '480 s', now() - interval '300 s', 'poll', NULL, 'CN', now() - interval '300 s'),
  (19, 3, 3, 2, 'b549e0db-57fb-4697-8bba-fbd0df5747ab', '0mio2s3k000003-00003', NULL, '+8613800138018', 0, 3, 'cancelled', NULL, 1, NULL, NULL, NULL, now() - interval '480 s', now() - interval '300 s', NULL, NULL, 'CN', now() - interval '300 s'),
  (20, 4, 1, 1, 'e5c1add5-5837-41d6-8700-3d879c4adb45', '0mio2s3k000004-00001', '2611270954011000010', '+8613800138019', 0, 1, 'delivered', 15, 1, NULL, NULL, NULL, now() - interval '360 s', now() - interval '180 s', 'poll', NULL, 'CN', now() - interval '180 s'),
  (21, 4, 2, 1, 'b904911c-a4d9-46d2-8d08-0abe95023f1a', '0mio2s3k000004-00002', '2611270954011000011', '+8613800138020', 0, 2, 'failed', 15, 1, 'EXPIRED', NULL, NULL, now() - interval '360 s', now() - interval '180 s', 'poll', NULL, 'CN', now() - interval '180 s'),
  (22, 4, 3, 2, 'a03e076e-f680-438d-86c0-1fcbc160457e', '0mio2s3k000004-00003', '2611270954011000012', '+8613800138021', 0, 3, 'sending', 16, 1, NULL, NULL, NULL, now() - interval '360 s', now() - interval '180 s', NULL, NULL, 'CN', NULL),
  (23, 4, 4, 2, '26f6aea7-4885-4be6-865e-0f808b8a4388', '0mio2s3k000004-00004', '2611270954011000013', '+8613800138022', 0, 4, 'sending', 16, 1, NULL, NULL, NULL, now() - interval '360 s', now() - interval '180 s', NULL, NULL, 'CN', NULL),
  (24, 5, 1, 1, '355026ed-b1c0-404c-8d72-53fe54cfef4f', '0mio2s3k000005-00001', '2611270954011000014', '+8613800138023', 0, 1, 'delivered', 17, 1, NULL, NULL, NULL, now() - interval '7440 s', now() - interval '7260 s', 'poll', NULL, 'CN', now() - interval '7260 s'),
  (25, 5, 2, 1, 'cd6bf043-991a-4eb8-8adb-a9b4929f6b26', '0mio2s3k000005-00002', '2611270954011000015', '+8613800138024', 0, 2, 'delivered', 17, 1, NULL, NULL, NULL, now() - interval '7440 s', now() - interval '7260 s', 'poll', NULL, 'CN', now() - interval '7260 s'),
  (26, 5, 3, 2, 'b2d11f07-8d34-431b-885f-91aa6146573c', '0mio2s3k000005-00003', NULL, '+8613800138025', 0, 3, 'unknown', 18, 1, NULL, NULL, NULL, now() - interval '7440 s', now() - interval '7260 s', NULL, NULL, 'CN', NULL),
  (27, 6, 1, 1, 'd0b96766-1c2e-414c-844a-62dd4a03bb29', '0mio2s3k000006-00001', '2611270954011000016', '+8613800138026', 0, 1, 'sending', 19, 1, NULL, NULL, NULL, now() - interval '3840 s', now() - interval '3660 s', NULL, NULL, 'CN', NULL),
  (28, 6, 2, 1, '4457da9c-4997-4a15-864b-3ea05eb6e703', '0mio2s3k000006-00002', '2611270954011000017', '+8613800138027', 0, 2, 'sending', 19, 1, NULL, NULL, NULL, now() - interval '3840 s', now() - interval '3660 s', NULL, NULL, 'CN', NULL),
  (29, 6, 3, 2, '110f1256-86e6-483c-8cc0-1c7e9b21f02d', '0mio2s3k000006-00003', NULL, '+8613800138028', 0, 3, 'pending', NULL, 1, NULL, NULL, NULL, now() - interval '3840 s', now() - interval '3660 s', NULL, NULL, 'CN', NULL),
  (30, 6, 4, 2, '78aa6173-88b7-4bd9-8fe4-e49e3a5421e2', '0mio2s3k000006-00004', NULL, '+8613800138029', 0, 4, 'pending', NULL, 1, NULL, NULL, NULL, now() - interval '3840 s', now() - interval '3660 s', NULL, NULL, 'CN', NULL),
  (31, 7, 1, 1, 'fbcd40bb-b9c8-4939-8688-0323520a2578', '0mio2s3k000007-00001', NULL, '+8613800138030', 0, 1, 'failed', NULL, 1, 'template content illegal', NULL, NULL, now() - interval '3840 s', now() - interval '3660 s', 'answer', NULL, 'CN', now() - interval '3660 s'),
  (32, 7, 2, 1, '3137fa9e-b83c-4d4d-85cc-9a6873c5b2cf', '0mio2s3k000007-00002', NULL, '+8613800138031', 0, 2, 'failed', NULL, 1, 'template content illegal', NULL, NULL, now() - interval '3840 s', now() - interval '3660 s', 'answer', NULL, 'CN', now() - interval '3660 s'),
  (33, 8, 1, 1, '624a0082-c15e-4470-85bb-9f8449d0c926', '0mio2s3k000008-00001', NULL, '+8613800138032', 0, 1, 'cancelled', NULL, 1, NULL, NULL, NULL, now() - interval '3840 s', now() - interval '3660 s', NULL, NULL, 'CN', now() - interval '3660 s'),
  (34, 8, 2, 1, '09e02d86-6d04-4f67-8b4b-0fd71688ea43', '0mio2s3k000008-00002', NULL, '+8613800138033', 0, 2, 'cancelled', NULL, 1, NULL, NULL, NULL, now() - interval '3840 s', now() - interval '3660 s', NULL, NULL, 'CN', now() - interval '3660 s'),
  (35, 9, 1, 1, '5fe60235-2ff7-423c-8381-59fb765372c7', '0mio2s3k000009-00001', NULL, '+8613800138034', 0, 1, 'pending', NULL, 1, NULL, NULL, NULL, now() - interval '180 s', now() - interval '10 s', NULL, NULL, 'CN', NULL),
  (36, 9, 2, 1, '895fa253-3371-4f65-8108-5005de4d9275', '0mio2s3k000009-00002', NULL, '+8613800138035', 0, 2, 'pending', NULL, 1, NULL, NULL, NULL, now() - interval '180 s', now() - interval '10 s', NULL, NULL, 'CN', NULL),
  (37, 9, 3, 2, 'cbd1a8bb-dc86-47ab-87f8-39d839de81e6', '0mio2s3k000009-00003', NULL, '+8613800138036', 0, 3, 'pending', NULL, 1, NULL, NULL, NULL, now() - interval '180 s', now() - interval '10 s', NULL, NULL, 'CN', NULL),
  (38, 10, 1, 1, '961ffe0c-2726-4b60-8ccb-691e94c67948', '0mio2s3k000010-00001', NULL, '+8613800138037', 0, 2, 'pending', NULL, 1, NULL, NULL, NULL, now() - interval '840 s', now() - interval '660 s', NULL, NULL, 'CN', NULL),
  (39, 10, 2, 1, '7faae190-18c0-46a1-8d5f-6585be154687', '0mio2s3k000010-00002', NULL, '+8613800138038', 0, 3, 'pending', NULL, 1, NULL, NULL, NULL, now() - interval '840 s', now() - interval '660 s', NULL, NULL, 'CN', NULL),
  (40, 10, 3, 2, '3131ad71-ef17-4ee3-85fc-e52654a9f354', '0mio2s3k000010-00003', NULL, '+8613800138039', 1, 2, 'pending', NULL, 1, NULL, NULL, NULL, now() - interval '840 s', now() - interval '660 s', NULL, NULL, 'CN', NULL),
  (41, 10, 4, 2, '4ee1cc56-f207-49c7-83e0-2c3ead88a478', '0mio2s3k000010-00004', NULL, '+12025550123', 1, 3, 'pending', NULL, 1, NULL, NULL, NULL, now() - interval '840 s', now() - interval '660 s', NULL, NULL, 'US', NULL),
  (42, 13, 1, 1, '14666d90-e3ba-417a-8807-08bd4af9edd3', '0mio2s3k000013-00001', NULL, '+8613800138046', 0, 1, 'pending', NULL, 1, NULL, NULL, NULL, now() - interval '840 s', now() - interval '660 s', NULL, NULL, 'CN', NULL),
  (43, 13, 2, 1, '917a8e0a-6818-42e5-892f-5442d3e68cc8', '0mio2s3k000013-00002', NULL, '+8613800138047', 0, 2, 'pending', NULL, 1, NULL, NULL, NULL, now() - interval '840 s', now() - interval '660 s', NULL, NULL, 'CN', NULL),
  (44, 15, 1, 1, 'a937fcf6-53c3-4f49-824f-f3a597d289ae', '0mio2s3k000015-00001', '2611270954011000018', '+8613800138049', 0, 1, 'delivered', 29, 1, NULL, NULL, NULL, now() - interval '480 s', now() - interval '300 s', 'poll', NULL, 'CN', now() - interval '300 s');

INSERT INTO public.sms_batch_cost (batch_id, country, currency, cost_each, segments_each, messages) VALUES
  (2, 'CN', 'USD', 0.000000, 0, 1),
  (2, 'CN', 'USD', 0.032000, 1, 6);

INSERT INTO public.sms_batch_posting (batch_id, kind, id, slack_channel_id, slack_thread_ts, begun_at) VALUES
  (3, 'completion', 'f5db3171-5aaa-438f-87e7-6d355595065e', 'C0MARKETNG', NULL, now() - interval '600 s'),
  (6, 'attention', '1b4e80c3-9e25-4ae9-8768-cd884e260c06', 'C0MARKETNG', NULL, now() - interval '600 s'),
  (9, 'report', '16262422-3ecb-4bc4-84da-a54b844bfc2d', 'C0MARKETNG', NULL, now() - interval '600 s'),
  (10, 'review', 'b6e4f934-2818-41d3-81c5-0d04aee92cb8', 'D0FORMER01', NULL, now() - interval '600 s');

INSERT INTO public.sms_batch_source (batch_id, ordinal, slack_file_id, name, size_bytes, pasted_text, phone_column) VALUES
  (1, 0, NULL, NULL, 134, NULL, NULL),
  (2, 0, 'F0FORMER01', 'customers.csv', 206, NULL, NULL),
  (2, 1, NULL, NULL, 61, NULL, NULL),
  (3, 0, NULL, NULL, 44, NULL, NULL),
  (4, 0, NULL, NULL, 59, NULL, NULL),
  (5, 0, NULL, NULL, 44, NULL, NULL),
  (6, 0, NULL, NULL, 59, NULL, NULL),
  (7, 0, NULL, NULL, 29, NULL, NULL),
  (8, 0, NULL, NULL, 29, NULL, NULL),
  (9, 0, NULL, NULL, 44, NULL, NULL),
  (10, 0, 'F0FORMER02', 'more customers.csv', 71, NULL, NULL),
  (10, 1, NULL, NULL, 50, '+8613800138037
+8613800138039
+12025550123
call me', NULL),
  (11, 0, NULL, NULL, 42, '+8613800138040
+8613800138041
not a number', NULL),
  (12, 0, 'F0FORMER03', 'two columns.csv', 68, NULL, NULL),
  (13, 0, NULL, NULL, 29, '+8613800138046
+8613800138047', NULL),
  (14, 0, NULL, NULL, 14, '+8613800138048', NULL),
  (15, 0, NULL, NULL, 14, NULL, NULL);

INSERT INTO public.sms_inbound_message (id, tenant_id, channel, provider_message_id, from_number, to_sender_id, content, received_at) VALUES
  (1, 1, 'onbuka', '2611270954011070001', '+8613800138009', 'PLAYGROUND', 'Thank you', '2026-11-20 02:00:00+00');

INSERT INTO public.webhook_inbox (id, channel, kind, body, received_at, due_at, outcome) VALUES
  (1, 'onbuka', 'report', '{"appId":"test-app","msgid":"2611270954011000003","orderId":"0mio2s3k000002-00001","mobile":"8613800138009","status":0,"reason":"0","timestamp":1795773600000,"pricedetail":{"pay":"0.032","currency":"USD","chargeCnt":1,"price":"0.032"}}', now() - interval '86400 s', now() - interval '86400 s', 'applied'),
  (3, 'onbuka', 'report', '{"appId":"test-app","msgid":"2611270954011090001","orderId":"0mio2s3k000002-00003","mobile":"8613800138011","status":0,"reason":"0","timestamp":1795773600000,"pricedetail":{"pay":"0.032","currency":"USD","chargeCnt":1,"price":"0.032"}}', now() - interval '86400 s', now() - interval '86400 s', 'applied'),
  (6, 'onbuka', 'report', '{"appId":"test-app","msgid":"2611270954011000006","orderId":"0mio2s3k000002-00006","mobile":"8613800138014","status":1,"reason":"UNDELIV","timestamp":1795773600000,"pricedetail":{"pay":"0","currency":"USD","chargeCnt":0,"price":"0.032"}}', now() - interval '86400 s', now() - interval '86400 s', 'applied'),
  (8, 'onbuka', 'report', '{"appId":"test-app","msgid":"2611270954011000003","orderId":"0mio2s3k000002-00001","mobile":"8613800138999","status":0,"reason":"0","timestamp":1795773600000,"pricedetail":{"pay":"0.032","currency":"USD","chargeCnt":1,"price":"0.032"}}', now() - interval '86400 s', now() - interval '86400 s', 'disagrees'),
  (9, 'onbuka', 'report', '{"not":"a report"}', now() - interval '86400 s', now() - interval '86400 s', 'unreadable'),
  (10, 'onbuka', 'report', '{"appId":"test-app","msgid":"2611270954011000003","orderId":"0mio2s3k000002-00001","mobile":"8613800138009","status":0,"reason":"0","timestamp":1795773600000,"pricedetail":{"pay":"0.032","currency":"USD","chargeCnt":1,"price":"0.032"}}', now() - interval '86400 s', now() - interval '86400 s', 'applied'),
  (11, 'onbuka', 'inbound', '{"msgid":"2611270954011070001","mobile":"8613800138009","sendid":"PLAYGROUND","content":"Thank you","reply_time":"2026-11-20T10:00:00+08:00"}', now() - interval '86400 s', now() - interval '86400 s', 'applied'),
  (12, 'onbuka', 'report', '{"appId":"test-app","msgid":"2611270954011000012","orderId":"0mio2s3k000004-00003","mobile":"8613800138021","status":0,"reason":"0","timestamp":1795773600000,"pricedetail":{"pay":"0.032","currency":"USD","chargeCnt":1,"price":"0.032"}}', now() - interval '30 s', now() - interval '30 s', NULL),
  (13, 'onbuka', 'report', '{"appId":"test-app","msgid":"2611270954011090009","orderId":"0mio2s3k099999-00001","mobile":"8613800138998","status":0,"reason":"0","timestamp":1795773600000,"pricedetail":{"pay":"0.032","currency":"USD","chargeCnt":1,"price":"0.032"}}', now() - interval '30 s', now() + interval '3600 s', NULL),
  (14, 'onbuka', 'inbound', '{"msgid":"2611270954011070002","mobile":"8613800138010","sendid":"PLAYGROUND","content":"STOP","reply_time":"2026-11-20T10:06:00+08:00"}', now() - interval '30 s', now() - interval '30 s', NULL);

INSERT INTO public.sms_send_attempt (id, batch_id, recipient_number, attempt, order_id, provider_message_id, submission_id, status, failure_reason, ended_at, settled_by, segments_charged, cost, currency) VALUES
  (1, 2, '+8613800138014', 1, '0mio2s3k000002-00006', '2611270954011000006', 9, 'failed', 'UNDELIV', '2026-11-20 10:09:00+00', 'push', 0, 0.000000, 'USD'),
  (2, 2, '+8613800138015', 1, '0mio2s3k000002-00007', NULL, 10, 'unknown', NULL, '2026-11-20 10:09:00+00', NULL, NULL, NULL, NULL);

INSERT INTO public.sms_rejected_recipient (id, batch_id, source, line, raw, reason, reason_detail) VALUES
  (1, 2, 0, 7, '', 'no_number', '{"code": "no_number"}'),
  (2, 2, 0, 8, '+8613800138009', 'duplicate', '{"of": {"line": 2, "source": 0}, "code": "duplicate"}'),
  (3, 2, 0, 9, '+861012345678', 'landline', '{"code": "landline"}'),
  (4, 2, 0, 10, '138001', 'too_short', '{"code": "too_short", "country": "CN"}'),
  (5, 2, 1, 3, 'no number at all', 'not_a_phone_number', '{"code": "not_a_phone_number"}'),
  (6, 2, 1, 4, '+8613800138010', 'duplicate', '{"of": {"line": 3, "source": 0}, "code": "duplicate"}'),
  (7, 10, 0, 4, '', 'no_number', '{"code": "no_number"}'),
  (8, 10, 1, 1, '+8613800138037', 'duplicate', '{"of": {"line": 2, "source": 0}, "code": "duplicate"}'),
  (9, 10, 1, 4, 'call me', 'not_a_phone_number', '{"code": "not_a_phone_number"}');

INSERT INTO public.sms_submission (id, batch_id, chunk, attempt, size, outcome, not_before, started_at, finished_at, provider_status, reason, worker) VALUES
  (1, 1, 1, 1, 2, 'accepted', now() - interval '110 s', now() - interval '100 s', now() - interval '80 s', '0', NULL, 'process-0f0e0d0c0b0a090807'),
  (2, 1, 2, 1, 2, 'rejected', now() - interval '110 s', now() - interval '100 s', now() - interval '80 s', '-100', 'system busy', 'process-0f0e0d0c0b0a090807'),
  (3, 1, 3, 1, 2, 'waiting', now() - interval '110 s', NULL, NULL, NULL, NULL, NULL),
  (4, 1, 4, 1, 2, 'waiting', now() - interval '110 s', NULL, NULL, NULL, NULL, NULL),
  (5, 1, 5, 1, 1, 'waiting', now() - interval '110 s', NULL, NULL, NULL, NULL, NULL),
  (6, 1, 2, 2, 2, 'in_flight', now() - interval '110 s', now() - interval '20 s', NULL, NULL, NULL, 'process-0f0e0d0c0b0a090807'),
  (7, 2, 1, 1, 2, 'accepted', '2026-11-20 10:08:10+00', '2026-11-20 10:08:20+00', '2026-11-20 10:08:40+00', '0', NULL, 'process-0f0e0d0c0b0a090807'),
  (8, 2, 2, 1, 2, 'reconciled', '2026-11-20 10:08:10+00', '2026-11-20 10:08:20+00', '2026-11-20 10:08:40+00', 'timeout', 'no answer in time', 'process-0f0e0d0c0b0a090807'),
  (9, 2, 3, 1, 2, 'accepted', '2026-11-20 10:08:10+00', '2026-11-20 10:08:20+00', '2026-11-20 10:08:40+00', '0', NULL, 'process-0f0e0d0c0b0a090807'),
  (10, 2, 4, 1, 1, 'unknown', '2026-11-20 10:08:10+00', '2026-11-20 10:08:20+00', '2026-11-20 10:08:40+00', 'timeout', 'no answer in time', 'process-0f0e0d0c0b0a090807'),
  (11, 2, 5, 1, 1, 'accepted', '2026-11-20 10:08:10+00', '2026-11-20 10:08:20+00', '2026-11-20 10:08:40+00', '0', NULL, 'process-0f0e0d0c0b0a090807'),
  (12, 2, 6, 1, 1, 'unknown', '2026-11-20 10:08:10+00', '2026-11-20 10:08:20+00', '2026-11-20 10:08:40+00', 'timeout', 'no answer in time', 'process-0f0e0d0c0b0a090807'),
  (13, 3, 1, 1, 2, 'accepted', now() - interval '350 s', now() - interval '340 s', now() - interval '320 s', '0', NULL, 'process-0f0e0d0c0b0a090807'),
  (15, 4, 1, 1, 2, 'accepted', now() - interval '230 s', now() - interval '220 s', now() - interval '200 s', '0', NULL, 'process-0f0e0d0c0b0a090807'),
  (16, 4, 2, 1, 2, 'accepted', now() - interval '230 s', now() - interval '220 s', now() - interval '200 s', '0', NULL, 'process-0f0e0d0c0b0a090807'),
  (17, 5, 1, 1, 2, 'accepted', now() - interval '7310 s', now() - interval '7300 s', now() - interval '7280 s', '0', NULL, 'process-0f0e0d0c0b0a090807'),
  (18, 5, 2, 1, 1, 'unknown', now() - interval '7310 s', now() - interval '7300 s', now() - interval '7280 s', 'timeout', 'no answer in time', 'process-0f0e0d0c0b0a090807'),
  (19, 6, 1, 1, 2, 'accepted', now() - interval '3710 s', now() - interval '3700 s', now() - interval '3680 s', '0', NULL, 'process-0f0e0d0c0b0a090807'),
  (20, 6, 2, 1, 2, 'rejected', now() - interval '3710 s', now() - interval '3700 s', now() - interval '3680 s', '-4', 'balance is not enough', 'process-0f0e0d0c0b0a090807'),
  (21, 6, 2, 2, 2, 'waiting', now() - interval '3710 s', NULL, NULL, NULL, NULL, NULL),
  (22, 7, 1, 1, 2, 'rejected', now() - interval '3710 s', now() - interval '3700 s', now() - interval '3680 s', '-13', 'template content illegal', 'process-0f0e0d0c0b0a090807'),
  (24, 9, 1, 1, 2, 'waiting', now() - interval '50 s', NULL, NULL, NULL, NULL, NULL),
  (25, 9, 2, 1, 1, 'waiting', now() - interval '50 s', NULL, NULL, NULL, NULL, NULL),
  (26, 10, 1, 1, 2, 'waiting', now() - interval '710 s', NULL, NULL, NULL, NULL, NULL),
  (27, 10, 2, 1, 2, 'waiting', now() - interval '710 s', NULL, NULL, NULL, NULL, NULL),
  (28, 13, 1, 1, 2, 'waiting', now() - interval '710 s', NULL, NULL, NULL, NULL, NULL),
  (29, 15, 1, 1, 1, 'accepted', now() - interval '350 s', now() - interval '340 s', now() - interval '320 s', '0', NULL, 'process-0f0e0d0c0b0a090807');

INSERT INTO public.tenant (id, slack_team_id, name, locale, charts_supported, created_at) VALUES
  (1, 'T0PLAYGRND', 'Playground', 'en-US', true, '2026-11-20 09:00:00+00'),
  (2, 'T0OTHER001', 'Another workspace', 'zh-CN', true, '2026-11-20 09:00:00+00');

INSERT INTO public.tenant_channel_config (tenant_id, channel, base_url, api_key, api_secret_encrypted, app_id, sender_id, max_open_requests, max_requests_per_second, next_request_at, unclear_in_a_row, held_until) VALUES
  (1, 'onbuka', 'http://127.0.0.1:9/v3', 'test-key', 'v1.Nf-MmTqx628KVLUo.JykraPmio3rp1G6GAsVB0w.vaJiW7pFlqHu9IQ', 'test-app', 'PLAYGROUND', 16, 100, now() - interval '10 s', 1, NULL),
  (2, 'onbuka', 'http://127.0.0.1:9/v3', 'test-key', 'v1.ZJuVeMsbt_SPaZiN.iozJa3wtUp3RIxXfjwMpqA.iivTe6SRpld1zS0', 'other-app', NULL, 16, 100, NULL, 0, NULL);

INSERT INTO public.user_channel_config (user_id, channel, app_id) VALUES
  (2, 'onbuka', 'test-app-2');

SELECT setval('graphile_worker.job_queues_id_seq', 1, false);

SELECT setval('graphile_worker.jobs_id_seq1', 135, true);

SELECT setval('graphile_worker.tasks_id_seq', 139, true);

SELECT setval('public.app_user_id_seq', 3, true);

SELECT setval('public.audit_event_id_seq', 16, true);

SELECT setval('public.knex_migrations_id_seq', 12, true);

SELECT setval('public.knex_migrations_lock_index_seq', 1, true);

SELECT setval('public.sms_batch_buka_detail_id_seq', 44, true);

SELECT setval('public.sms_batch_id_seq', 15, true);

SELECT setval('public.sms_inbound_message_id_seq', 1, true);

SELECT setval('public.webhook_inbox_id_seq', 14, true);

SELECT setval('public.sms_send_attempt_id_seq', 2, true);

SELECT setval('public.sms_rejected_recipient_id_seq', 9, true);

SELECT setval('public.sms_submission_id_seq', 29, true);

SELECT setval('public.tenant_id_seq', 2, true);

ALTER TABLE ONLY graphile_worker._private_job_queues ADD CONSTRAINT job_queues_pkey1 PRIMARY KEY (id);
ALTER TABLE ONLY graphile_worker._private_job_queues ADD CONSTRAINT job_queues_queue_name_key UNIQUE (queue_name);
ALTER TABLE ONLY graphile_worker._private_jobs ADD CONSTRAINT jobs_key_key1 UNIQUE (key);
ALTER TABLE ONLY graphile_worker._private_jobs ADD CONSTRAINT jobs_pkey1 PRIMARY KEY (id);
ALTER TABLE ONLY graphile_worker._private_known_crontabs ADD CONSTRAINT known_crontabs_pkey PRIMARY KEY (identifier);
ALTER TABLE ONLY graphile_worker.migrations ADD CONSTRAINT migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY graphile_worker._private_tasks ADD CONSTRAINT tasks_identifier_key UNIQUE (identifier);
ALTER TABLE ONLY graphile_worker._private_tasks ADD CONSTRAINT tasks_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.app_user ADD CONSTRAINT app_user_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.app_user ADD CONSTRAINT app_user_tenant_id_slack_user_id_unique UNIQUE (tenant_id, slack_user_id);
ALTER TABLE ONLY public.audit_event ADD CONSTRAINT audit_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knex_migrations_lock ADD CONSTRAINT knex_migrations_lock_pkey PRIMARY KEY (index);
ALTER TABLE ONLY public.knex_migrations ADD CONSTRAINT knex_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.rate_limit ADD CONSTRAINT rate_limit_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.sms_answer_posting ADD CONSTRAINT sms_answer_posting_pkey PRIMARY KEY (answer);
ALTER TABLE ONLY public.sms_answer_sharing ADD CONSTRAINT sms_answer_sharing_pkey PRIMARY KEY (answer);
ALTER TABLE ONLY public.sms_batch_buka_detail ADD CONSTRAINT sms_batch_buka_detail_order_id_unique UNIQUE (order_id);
ALTER TABLE ONLY public.sms_batch_buka_detail ADD CONSTRAINT sms_batch_buka_detail_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sms_batch_buka_detail ADD CONSTRAINT sms_batch_buka_detail_recipient_number_batch_id_unique UNIQUE (recipient_number, batch_id);
ALTER TABLE ONLY public.sms_batch_cost ADD CONSTRAINT sms_batch_cost_pkey PRIMARY KEY (batch_id, country, currency, cost_each, segments_each);
ALTER TABLE ONLY public.sms_batch ADD CONSTRAINT sms_batch_order_prefix_unique UNIQUE (order_prefix);
ALTER TABLE ONLY public.sms_batch ADD CONSTRAINT sms_batch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sms_batch_posting ADD CONSTRAINT sms_batch_posting_pkey PRIMARY KEY (batch_id, kind);
ALTER TABLE ONLY public.sms_batch_source ADD CONSTRAINT sms_batch_source_pkey PRIMARY KEY (batch_id, ordinal);
ALTER TABLE ONLY public.sms_batch ADD CONSTRAINT sms_batch_tenant_id_submit_key_unique UNIQUE (tenant_id, submit_key);
ALTER TABLE ONLY public.sms_inbound_message ADD CONSTRAINT sms_inbound_message_channel_provider_message_id_unique UNIQUE (channel, provider_message_id);
ALTER TABLE ONLY public.sms_inbound_message ADD CONSTRAINT sms_inbound_message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.webhook_inbox ADD CONSTRAINT webhook_inbox_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sms_send_attempt ADD CONSTRAINT sms_send_attempt_batch_id_recipient_number_attempt_unique UNIQUE (batch_id, recipient_number, attempt);
ALTER TABLE ONLY public.sms_send_attempt ADD CONSTRAINT sms_send_attempt_order_id_unique UNIQUE (order_id);
ALTER TABLE ONLY public.sms_send_attempt ADD CONSTRAINT sms_send_attempt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sms_rejected_recipient ADD CONSTRAINT sms_rejected_recipient_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sms_submission ADD CONSTRAINT sms_submission_batch_id_chunk_attempt_unique UNIQUE (batch_id, chunk, attempt);
ALTER TABLE ONLY public.sms_submission ADD CONSTRAINT sms_submission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tenant_channel_config ADD CONSTRAINT tenant_channel_config_pkey PRIMARY KEY (tenant_id, channel);
ALTER TABLE ONLY public.tenant ADD CONSTRAINT tenant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tenant ADD CONSTRAINT tenant_slack_team_id_unique UNIQUE (slack_team_id);
ALTER TABLE ONLY public.user_channel_config ADD CONSTRAINT user_channel_config_pkey PRIMARY KEY (user_id, channel);

CREATE INDEX jobs_main_index ON graphile_worker._private_jobs USING btree (priority, run_at) INCLUDE (id, task_id, job_queue_id) WHERE (is_available = true);
CREATE INDEX jobs_no_queue_index ON graphile_worker._private_jobs USING btree (priority, run_at) INCLUDE (id, task_id) WHERE ((is_available = true) AND (job_queue_id IS NULL));
CREATE INDEX audit_event_batch_id_at_index ON public.audit_event USING btree (batch_id, at);
CREATE INDEX sms_batch_buka_detail_batch_id_status_chunk_idx ON public.sms_batch_buka_detail USING btree (batch_id, status, chunk);

CREATE UNIQUE INDEX sms_batch_buka_detail_provider_message_id_idx ON public.sms_batch_buka_detail USING btree (provider_message_id) WHERE (provider_message_id IS NOT NULL);

CREATE INDEX sms_batch_buka_detail_recipient_number_idx ON public.sms_batch_buka_detail USING btree (recipient_number) WHERE ((status = 'unknown'::text) AND (provider_message_id IS NULL));
CREATE INDEX sms_batch_open ON public.sms_batch USING btree (id) WHERE ((status <> ALL (ARRAY['completed'::text, 'cancelled'::text, 'failed'::text])) OR (shown_version < version) OR ((status = 'completed'::text) AND (notified_at IS NULL)) OR ((attention IS NOT NULL) AND (attention_told_at IS NULL)));
CREATE INDEX sms_batch_tenant_id_created_at_index ON public.sms_batch USING btree (tenant_id, created_at);
CREATE INDEX sms_inbound_message_tenant_id_received_at_index ON public.sms_inbound_message USING btree (tenant_id, received_at);
CREATE INDEX webhook_inbox_channel_kind_due_at_idx ON public.webhook_inbox USING btree (channel, kind, due_at) WHERE (outcome IS NULL);
CREATE INDEX webhook_inbox_received_at_index ON public.webhook_inbox USING btree (received_at);
CREATE INDEX sms_send_attempt_provider_message_id_idx ON public.sms_send_attempt USING btree (provider_message_id) WHERE (provider_message_id IS NOT NULL);
CREATE INDEX sms_send_attempt_recipient_number_idx ON public.sms_send_attempt USING btree (recipient_number) WHERE ((status = 'unknown'::text) AND (provider_message_id IS NULL));
CREATE INDEX sms_rejected_recipient_batch_id_reason_source_line_index ON public.sms_rejected_recipient USING btree (batch_id, reason, source, line);

CREATE UNIQUE INDEX sms_submission_one_live_attempt ON public.sms_submission USING btree (batch_id, chunk) WHERE (outcome = ANY (ARRAY['waiting'::text, 'in_flight'::text]));

CREATE INDEX sms_submission_open ON public.sms_submission USING btree (started_at) WHERE (outcome = ANY (ARRAY['in_flight'::text, 'unknown'::text]));
CREATE INDEX sms_submission_waiting ON public.sms_submission USING btree (batch_id, not_before, chunk) WHERE (outcome = 'waiting'::text);

ALTER TABLE ONLY public.app_user ADD CONSTRAINT app_user_tenant_id_foreign FOREIGN KEY (tenant_id) REFERENCES public.tenant(id);
ALTER TABLE ONLY public.audit_event ADD CONSTRAINT audit_event_batch_id_foreign FOREIGN KEY (batch_id) REFERENCES public.sms_batch(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.audit_event ADD CONSTRAINT audit_event_tenant_id_foreign FOREIGN KEY (tenant_id) REFERENCES public.tenant(id);
ALTER TABLE ONLY public.audit_event ADD CONSTRAINT audit_event_user_id_foreign FOREIGN KEY (user_id) REFERENCES public.app_user(id);
ALTER TABLE ONLY public.sms_batch_buka_detail ADD CONSTRAINT sms_batch_buka_detail_batch_id_foreign FOREIGN KEY (batch_id) REFERENCES public.sms_batch(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sms_batch_cost ADD CONSTRAINT sms_batch_cost_batch_id_foreign FOREIGN KEY (batch_id) REFERENCES public.sms_batch(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sms_batch_posting ADD CONSTRAINT sms_batch_posting_batch_id_foreign FOREIGN KEY (batch_id) REFERENCES public.sms_batch(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sms_batch_source ADD CONSTRAINT sms_batch_source_batch_id_foreign FOREIGN KEY (batch_id) REFERENCES public.sms_batch(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sms_batch ADD CONSTRAINT sms_batch_tenant_id_foreign FOREIGN KEY (tenant_id) REFERENCES public.tenant(id);
ALTER TABLE ONLY public.sms_batch ADD CONSTRAINT sms_batch_user_id_foreign FOREIGN KEY (user_id) REFERENCES public.app_user(id);
ALTER TABLE ONLY public.sms_inbound_message ADD CONSTRAINT sms_inbound_message_tenant_id_foreign FOREIGN KEY (tenant_id) REFERENCES public.tenant(id);
ALTER TABLE ONLY public.sms_send_attempt ADD CONSTRAINT sms_send_attempt_batch_id_foreign FOREIGN KEY (batch_id) REFERENCES public.sms_batch(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sms_rejected_recipient ADD CONSTRAINT sms_rejected_recipient_batch_id_foreign FOREIGN KEY (batch_id) REFERENCES public.sms_batch(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sms_submission ADD CONSTRAINT sms_submission_batch_id_foreign FOREIGN KEY (batch_id) REFERENCES public.sms_batch(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.tenant_channel_config ADD CONSTRAINT tenant_channel_config_tenant_id_foreign FOREIGN KEY (tenant_id) REFERENCES public.tenant(id);
ALTER TABLE ONLY public.user_channel_config ADD CONSTRAINT user_channel_config_user_id_foreign FOREIGN KEY (user_id) REFERENCES public.app_user(id);
ALTER TABLE graphile_worker._private_job_queues ENABLE ROW LEVEL SECURITY;
ALTER TABLE graphile_worker._private_jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE graphile_worker._private_known_crontabs ENABLE ROW LEVEL SECURITY;
ALTER TABLE graphile_worker._private_tasks ENABLE ROW LEVEL SECURITY;

commit;
