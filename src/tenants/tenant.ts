import type { Knex } from 'knex';

/** A Slack workspace. */
export interface Tenant {
  id: string;
  slackTeamId: string;
  name: string;
  /** The language of channel messages. */
  locale: string;
}

/** The workspace's row, made at the first sight of it. */
export async function ensureTenant(db: Knex, seen: { slackTeamId: string; name: string }): Promise<Tenant> {
  const [row] = await db('tenant')
    .insert({ slack_team_id: seen.slackTeamId, name: seen.name })
    .onConflict('slack_team_id')
    .merge(['name'])
    .returning(['id', 'slack_team_id', 'name', 'locale']);
  return toTenant(row);
}

export async function getTenant(db: Knex, tenantId: string): Promise<Tenant | null> {
  const row = await db('tenant').where({ id: tenantId }).first('id', 'slack_team_id', 'name', 'locale');
  return row ? toTenant(row) : null;
}

export async function setTenantLocale(db: Knex, tenantId: string, locale: string): Promise<void> {
  await db('tenant').where({ id: tenantId }).update({ locale });
}

function toTenant(row: { id: string; slack_team_id: string; name: string; locale: string }): Tenant {
  return { id: row.id, slackTeamId: row.slack_team_id, name: row.name, locale: row.locale };
}
