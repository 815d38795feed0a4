import type { ProviderAccount } from '../../providers/provider-account';
import { DEFAULT_NAME } from '../../tenants/accounts';
import { type AppContext, providerOf } from '../app-context';
import { listOnTheirWayElsewhere } from '../store/batch-accounts';

/** An account would get another address while texts are on their way at a former one. `message` says what to do. */
export class AccountMoved extends Error {
  constructor(was: string, is: string, texts: number) {
    super(
      `${texts} ${texts === 1 ? 'text is' : 'texts are'} on the way through ${was}, and the settings name ${is} now, where nobody knows them. Nothing was changed. Start with the former address until every batch is accounted for, then change it.`,
    );
    this.name = 'AccountMoved';
  }
}

/**
 * Call before an account is stored anew. Throws AccountMoved where texts that it has sent through another address are on their
 * way: the new credentials need not be good there. Any other change is followed, since each submission keeps what it was sent
 * with.
 */
export async function refuseMovedAccount(
  app: AppContext,
  { tenantId, provider, name = DEFAULT_NAME }: { tenantId: string; provider: string; name?: string },
  account: ProviderAccount,
): Promise<void> {
  const { addressOf } = providerOf(app, provider);
  const address = addressOf(account);
  for (const sent of await listOnTheirWayElsewhere(app.db, { tenantId, provider, name, address })) {
    const stored = sent.address === null ? await app.accounts.find(sent.accountId, null) : null;
    const was = sent.address ?? (stored && addressOf(stored));
    if (was !== null && was !== address) throw new AccountMoved(was, address, sent.texts);
  }
}
