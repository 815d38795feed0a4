import type { ProviderAccount } from '../../providers/provider-account';
import { type AppContext, providerOf } from '../app-context';
import { countOnTheirWay } from '../store/batch-accounts';

/** An account would get another address while texts are on their way at the former one. `message` says what to do. */
export class AccountMoved extends Error {
  constructor(was: string, is: string, texts: number) {
    super(
      `${texts} ${texts === 1 ? 'text is' : 'texts are'} on the way through ${was}, and the settings name ${is} now: what becomes of them could be asked at neither. Nothing was changed. Start with the former address until every batch is accounted for, then change it.`,
    );
    this.name = 'AccountMoved';
  }
}

/**
 * Call before an account is stored anew. Throws AccountMoved where it would get another address while texts that it sent are on
 * their way; any other change is followed, since each submission keeps what it was sent with.
 */
export async function refuseMovedAccount(
  app: AppContext,
  { tenantId, provider }: { tenantId: string; provider: string },
  account: ProviderAccount,
): Promise<void> {
  const stored = await app.accounts.findByName({ tenantId, provider });
  if (!stored) return;
  const { addressOf } = providerOf(app, provider);
  const [was, is] = [addressOf(stored), addressOf(account)];
  if (was === is) return;
  const texts = await countOnTheirWay(app.db, stored.id);
  if (texts > 0) throw new AccountMoved(was, is, texts);
}
