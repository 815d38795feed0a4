import type { Knex } from 'knex';
import { readTimeZone } from './read-profile';

/** What Slack says of a person. */
export type SlackRole = 'admin' | 'member' | 'guest';
/** Decides what a person may do: see actor.ts. `blocked`: by an admin, whatever Slack says. */
export type Role = SlackRole | 'blocked';

export interface Person {
  id: string;
  slackUserId: string;
  locale: string;
  timeZone: string;
  role: Role;
}

const COLUMNS = ['id', 'external_id', 'locale', 'time_zone', 'role', 'blocked_at'];

/** Stores what Slack says of a person, with the time. Returns the person; who is blocked stays so. */
export async function ensureUser(
  db: Knex,
  seen: { tenantId: string; slackUserId: string; locale: string; timeZone: string; role: SlackRole },
): Promise<Person> {
  const [row] = await db('app_user')
    .insert({
      tenant_id: seen.tenantId,
      external_id: seen.slackUserId,
      locale: seen.locale,
      time_zone: seen.timeZone,
      role: seen.role,
      seen_at: db.fn.now(),
    })
    .onConflict(['tenant_id', 'external_id'])
    .merge(['locale', 'time_zone', 'role', 'seen_at'])
    .returning(COLUMNS);
  return toPerson(row);
}

/** The person as last stored by `ensureUser`; null if there is none, or if that is longer ago than `maxAgeMs`. */
export async function findUser(
  db: Knex,
  key: { tenantId: string; slackUserId: string },
  maxAgeMs?: number,
): Promise<Person | null> {
  const query = db('app_user').where({ tenant_id: key.tenantId, external_id: key.slackUserId });
  if (maxAgeMs !== undefined) query.whereRaw(`seen_at > now() - ? * interval '1 ms'`, [maxAgeMs]);
  const row = await query.first(COLUMNS);
  return row ? toPerson(row) : null;
}

/** The person as last stored, however long ago; null if there is none. */
export async function getUser(db: Knex, userId: string): Promise<Person | null> {
  const row = await db('app_user').where({ id: userId }).first(COLUMNS);
  return row ? toPerson(row) : null;
}

/**
 * The role that somebody has at this moment, as last stored, and no more than the one that they were identified with; a
 * guest where the person is gone. `held`: nobody blocks them before the transaction ends.
 */
export async function getPresentRole(
  db: Knex,
  { userId, role }: { userId: string; role: Role },
  held: 'held' | 'seen' = 'seen',
): Promise<Role> {
  const query = db('app_user').where({ id: userId });
  // Acts of one person go on beside each other; a block waits for those that have begun.
  if (held === 'held') query.forShare();
  const row = await query.first(COLUMNS);
  const stored = row ? toPerson(row).role : 'guest';
  return RANKED.indexOf(stored) < RANKED.indexOf(role) ? stored : role;
}

/** Each may do what the one before may. */
const RANKED: readonly Role[] = ['blocked', 'guest', 'member', 'admin'];

function toPerson(row: Record<string, string | null>): Person {
  return {
    id: row.id as string,
    slackUserId: row.external_id as string,
    locale: row.locale as string,
    timeZone: readTimeZone(row.time_zone),
    role: row.blocked_at ? 'blocked' : (row.role as SlackRole),
  };
}
