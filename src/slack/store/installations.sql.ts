import type { Knex } from 'knex';

/** A workspace that has installed the bot, as `slack_installation` holds it. The token is sealed. */
export interface Installation {
  tenantId: string;
  teamId: string;
  botTokenEncrypted: string;
  appId: string | null;
  botId: string;
  botUserId: string;
  botName: string;
  /** Ends with a slash. */
  workspaceUrl: string;
}

/** Stores a workspace's installation in place of a former one. */
export async function saveInstallation(db: Knex, installed: Omit<Installation, 'teamId'>): Promise<void> {
  await db('slack_installation')
    .insert({
      tenant_id: installed.tenantId,
      bot_token_encrypted: installed.botTokenEncrypted,
      app_id: installed.appId,
      bot_id: installed.botId,
      bot_user_id: installed.botUserId,
      bot_name: installed.botName,
      workspace_url: installed.workspaceUrl,
      installed_at: db.fn.now(),
    })
    .onConflict('tenant_id')
    .merge();
}

/** Every installation's token, as it is stored, with the id of its workspace here and at Slack. */
export async function listTokens(
  db: Knex,
): Promise<Pick<Installation, 'tenantId' | 'teamId' | 'botTokenEncrypted'>[]> {
  return db('slack_installation as installed')
    .join('tenant', 'tenant.id', 'installed.tenant_id')
    .orderBy('tenant.id')
    .select({
      tenantId: 'tenant.id',
      teamId: 'tenant.slack_team_id',
      botTokenEncrypted: 'installed.bot_token_encrypted',
    });
}

/** By the id of the workspace here, or by its id at Slack. Null where the bot is not installed there. */
export async function findInstallation(
  db: Knex,
  key: { tenantId: string } | { teamId: string },
): Promise<Installation | null> {
  const row = await selectInstallations(db)
    .where('tenantId' in key ? { 'tenant.id': key.tenantId } : { 'tenant.slack_team_id': key.teamId })
    .first();
  return row ?? null;
}

/** All workspaces where the bot is installed. */
export async function listInstallations(db: Knex): Promise<Installation[]> {
  return selectInstallations(db).orderBy('tenant.id');
}

/**
 * The workspaces where the bot is installed and has batches that are sent or followed now, most of them first. A paused
 * batch does not count: it may stay so for ever, and nothing of it is sent.
 */
export async function listUnfinishedWorkspaces(db: Knex): Promise<{ name: string; batches: number }[]> {
  return db('slack_installation as installed')
    .join('tenant', 'tenant.id', 'installed.tenant_id')
    .join('sms_batch as batch', 'batch.tenant_id', 'tenant.id')
    .whereIn('batch.status', ['pending', 'submitting', 'submitted'])
    .groupBy('tenant.id', 'tenant.name')
    .orderBy('batches', 'desc')
    .select('tenant.name', db.raw('count(*)::int as batches'));
}

function selectInstallations(db: Knex): Knex.QueryBuilder {
  return db('slack_installation as installed').join('tenant', 'tenant.id', 'installed.tenant_id').select({
    tenantId: 'tenant.id',
    teamId: 'tenant.slack_team_id',
    botTokenEncrypted: 'installed.bot_token_encrypted',
    appId: 'installed.app_id',
    botId: 'installed.bot_id',
    botUserId: 'installed.bot_user_id',
    botName: 'installed.bot_name',
    workspaceUrl: 'installed.workspace_url',
  });
}
