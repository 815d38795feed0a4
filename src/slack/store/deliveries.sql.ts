import type { Knex } from 'knex';

/** A request of Slack: a hash of what tells it apart, and whether Slack has its answer before it is handled. */
export interface Delivery {
  id: string;
  isAnswered: boolean;
}

/**
 * A signature counts for five minutes, and its time may lie five minutes ahead of our clock: after this nobody can deliver
 * the same request again.
 */
const KEEP_MS = 600_000;
/** A form that nobody has answered for so long died with its process: Slack gave up after 3 s. */
const DEAD_AFTER_MS = 30_000;
const DELETE_AT_ONCE = 5_000;

/**
 * Notes that a request is being handled, for all processes. Null where it is the first time. Else what was answered the
 * first time; null where that is not known.
 */
export async function beginDelivery(
  db: Knex,
  { id, isAnswered }: Delivery,
): Promise<{ answer: unknown } | null> {
  const { rows } = await db.raw(
    `insert into slack_delivery as known (id, answered_at) values (:id, case when :isAnswered then now() end)
     on conflict (id) do update set begun_at = now()
       where known.answered_at is null and known.begun_at < now() - :deadAfter * interval '1 ms'
     returning id`,
    { id, isAnswered, deadAfter: DEAD_AFTER_MS },
  );
  if (rows.length > 0) return null;
  const former = await db('slack_delivery').where({ id }).first('answer');
  return { answer: former?.answer ?? null };
}

/** Keeps what a form was answered, as JSON; null keeps only that it was. */
export async function answerDelivery(db: Knex, id: string, answer: string | null): Promise<void> {
  await db('slack_delivery').where({ id }).update({ answered_at: db.fn.now(), answer });
}

/** Forgets what cannot be delivered again; a part of it, where there is much. */
export async function deleteOldDeliveries(db: Knex): Promise<void> {
  await db.raw(
    `delete from slack_delivery where id in (select id from slack_delivery
       where begun_at < now() - :keep * interval '1 ms' order by begun_at limit :most)`,
    { keep: KEEP_MS, most: DELETE_AT_ONCE },
  );
}
