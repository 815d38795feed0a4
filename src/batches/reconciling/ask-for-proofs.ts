import { groupBy } from '../../group-by';
import type { AccountSettings } from '../../tenants/accounts';
import type { AppContext } from '../app-context';
import { listRecords } from '../provider/list-records';
import { asItSent, createProviderClient, senderKey, type Turn } from '../provider/provider-client';
import { type FoundProofs, findProofs } from './find-proofs';
import type { UncertainRecipient } from './uncertain-recipients.sql';

/**
 * Asks the provider for its records of the time of these uncertain recipients of one account, and finds whom they prove. What
 * they were sent with has a list of its own there, whatever the account sends with today.
 */
export async function askForProofs(
  app: AppContext,
  account: AccountSettings,
  uncertain: UncertainRecipient[],
  turn: Turn,
  endAt?: number,
): Promise<FoundProofs<UncertainRecipient>> {
  const found: FoundProofs<UncertainRecipient> = { proofs: [], possible: [], notAnswered: null };
  for (const sent of groupBy(uncertain, senderKey).values()) {
    const [first] = sent;
    if (!first) continue;
    const client = createProviderClient(app, asItSent(account, first));
    const { proofs, possible, notAnswered } = await findProofs(app.db, account.provider, sent, (start, end) =>
      listRecords(app, client, turn, start, end, endAt),
    );
    found.proofs = found.proofs.concat(proofs);
    found.possible = found.possible.concat(possible);
    found.notAnswered ??= notAnswered;
  }
  return found;
}
