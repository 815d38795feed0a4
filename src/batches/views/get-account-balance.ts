import type { Balance } from '../../providers/sms-provider';
import type { Actor } from '../../tenants/actor';
import { type AppContext, readsOf } from '../app-context';
import { openClient } from '../provider/open-client';
import { type Answer, PERSON_TURN } from '../provider/provider-client';
import { shareAnswer } from '../provider/share-answer';
import { authoriseReading } from '../store/find-for-act';

/** Nobody decides by what a balance was a few seconds earlier, and sixty people who look ask the provider once. */
const BALANCE_FRESH_FOR_MS = 10_000;

/** What an account can spend, and at which provider it is. */
export interface AccountBalance extends Balance {
  provider: string;
}

/**
 * The balance of an account, at most ten seconds old; `accountId` null: of the workspace's default account. `userId`: whose sub-account, where
 * they have one.
 */
export async function getAccountBalance(
  app: AppContext,
  actor: Actor,
  of: { userId: string; accountId: string | null },
): Promise<Answer<AccountBalance>> {
  await authoriseReading(readsOf(app, actor), actor, 'balance');
  const client = await openClient(app, { tenantId: actor.tenantId, ...of });
  if (client.kind === 'not_answered') return client;
  const { provider, account, ask } = client.result;
  const key = JSON.stringify(['balance', account.id, account.subAccount, provider.addressOf(account)]);
  const answer = await shareAnswer(app, key, BALANCE_FRESH_FOR_MS, () =>
    ask(PERSON_TURN, () => provider.getBalance(account, { signal: app.stopping })),
  );
  if (answer.kind === 'not_answered') return answer;
  return { kind: 'answered', result: { ...answer.result, provider: account.provider } };
}
