import type { Knex } from 'knex';
import { listTenants, type Tenant } from '../tenants/tenant';
import { Refused } from './refused';

/** The workspaces that a command is about: the named one, or all. Throws Refused where none is named so. */
export async function chooseWorkspaces(db: Knex, slackTeamId: string | undefined): Promise<Tenant[]> {
  const tenants = await listTenants(db);
  if (slackTeamId === undefined) return tenants;
  const named = tenants.filter((one) => one.slackTeamId === slackTeamId);
  if (named.length === 0)
    throw new Refused(`The bot knows no workspace ${JSON.stringify(slackTeamId)}. Its id begins with T.`);
  return named;
}
