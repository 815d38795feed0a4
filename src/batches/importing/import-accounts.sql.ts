import type { Knex } from 'knex';

/** An account of a workspace, with the countries whose recipients go to it by a rule. */
interface AccountWithCountries {
  id: string;
  provider: string;
  maxRequestsPerSecond: number;
  isDefault: boolean;
  countries: string[];
}

export async function listImportAccounts(db: Knex, tenantId: string): Promise<AccountWithCountries[]> {
  return db('provider_account as account')
    .where('account.tenant_id', tenantId)
    .orderBy('account.id')
    .select(
      'account.id',
      'account.channel as provider',
      'account.max_requests_per_second as maxRequestsPerSecond',
      'account.is_default as isDefault',
      db.raw(
        `array(select country::text from account_route as route
           where route.tenant_id = account.tenant_id and route.account_id = account.id
           order by country) as countries`,
      ),
    );
}
