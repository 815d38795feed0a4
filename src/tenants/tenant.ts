import type { Knex } from 'knex';

/** A Slack workspace. */
export interface Tenant {
  id: string;
  slackTeamId: string;
  name: string;
  /** The language of messages in channels. */
  locale: string;
  /** False after Slack has refused a chart block in this workspace. */
  chartsSupported: boolean;
}

const COLUMNS = ['id', 'slack_team_id', 'name', 'locale', 'charts_supported'];

/** Stores the workspace, or its new name and locale, and returns it. */
export async function ensureTenant(
  db: Knex,
  seen: { slackTeamId: string; name: string; locale?: string },
): Promise<Tenant> {
  const [row] = await db('tenant')
    .insert({ slack_team_id: seen.slackTeamId, name: seen.name, locale: seen.locale ?? 'en-US' })
    .onConflict('slack_team_id')
    .merge(['name', 'locale'])
    .returning(COLUMNS);
  return toTenant(row);
}

/** Null if there is no such workspace. */
export async function getTenant(db: Knex, tenantId: string): Promise<Tenant | null> {
  const row = await db('tenant').where({ id: tenantId }).first(COLUMNS);
  return row ? toTenant(row) : null;
}

/** Every workspace, in the order of their first start. */
export async function listTenants(db: Knex): Promise<Tenant[]> {
  return (await db('tenant').orderBy('id').select(COLUMNS)).map(toTenant);
}

/** Slack has refused a chart block: messages in this workspace have none from now on. */
export async function recordChartsRefused(db: Knex, tenantId: string): Promise<void> {
  await db('tenant').where({ id: tenantId }).update({ charts_supported: false });
}

function toTenant(row: {
  id: string;
  slack_team_id: string;
  name: string;
  locale: string;
  charts_supported: boolean;
}): Tenant {
  return {
    id: row.id,
    slackTeamId: row.slack_team_id,
    name: row.name,
    locale: row.locale,
    chartsSupported: row.charts_supported,
  };
}
