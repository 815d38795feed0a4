import type { Knex } from 'knex';
import type { Accounts } from '../../src/tenants/accounts';
import { TINY_ACCOUNT } from './tiny-server';

/** What a migration of the tiny provider would do: the table of its recipients, guarded like Buka's. */
export async function addTinyTable(db: Knex): Promise<void> {
  await db.raw(`
    select sms_add_detail_table('tiny', 'sms_batch_tiny_detail');
    create trigger guard_states before update of status on sms_batch_tiny_detail for each row
      when (old.status is distinct from new.status) execute function guard_sms_batch_buka_detail()`);
}

interface TinyAccountOptions {
  tenantId: string;
  /** Where the tiny server is. */
  url: string;
  /** Where it finds the bot. */
  publicUrl: string;
  /** Countries whose recipients go to it. Else it is the account of everybody. */
  countries?: string[] | undefined;
  requestsPerSecond?: number | undefined;
}

/** An account at the tiny provider. Returns its id. */
export async function saveTinyAccount(
  db: Knex,
  accounts: Accounts,
  { tenantId, url, publicUrl, countries, requestsPerSecond = 100 }: TinyAccountOptions,
): Promise<string> {
  const { user, password, subAccount } = TINY_ACCOUNT;
  const credentials = { url, user, password, callback: `${publicUrl}/webhooks/tiny/report` };
  const id = await accounts.save({ tenantId, provider: 'tiny' }, { credentials, subAccount });
  await db('provider_account').where({ id }).update({ max_requests_per_second: requestsPerSecond });
  if (countries) {
    await db('account_route').insert(
      countries.map((country) => ({ tenant_id: tenantId, country, account_id: id })),
    );
  } else {
    await db('provider_account')
      .where({ tenant_id: tenantId, is_default: true })
      .update({ is_default: false });
    await db('provider_account').where({ id }).update({ is_default: true });
  }
  return id;
}
