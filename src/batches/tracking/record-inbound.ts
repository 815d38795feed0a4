import type { Knex } from 'knex';
import { DONE, type JobResult, snooze } from '../../queue/job-result';
import { type AppContext, providerOf } from '../app-context';
import { type InboxEntry, settleInbox, takeFromInbox } from '../store/webhook-inbox';
import { applyByHalves } from './apply-by-halves';
import { insertInbound } from './inbound-messages.sql';
import { putWebhooksAside } from './put-webhooks-aside';
import { withoutNul } from './without-nul';

/** Longer than any provider's id. The index on ids cannot hold ids of any length. */
const MAX_ID_CHARACTERS = 64;

/** Stores a set of recipients' replies from the webhook inbox, each message once, in one transaction. */
export async function recordInbound(app: AppContext, provider: string): Promise<JobResult> {
  const key = { provider, kind: 'inbound' as const };
  const isFull = await app.db.transaction(async (trx) => {
    const { entries, isFull } = await takeFromInbox(trx, key);
    const { refused, left } = await applyByHalves(trx, entries, (step, some) =>
      applyEntries(app, step, provider, some),
    );
    const isSplit = await putWebhooksAside(app, trx, key, refused);
    return isFull || isSplit || left.length > 0;
  });
  return isFull ? snooze(0) : DONE;
}

async function applyEntries(
  app: AppContext,
  trx: Knex.Transaction,
  provider: string,
  entries: InboxEntry[],
): Promise<void> {
  const { parseInbound } = providerOf(app, provider).webhooks;
  const read = entries.map(({ id, body, account_ids: accountIds }) => ({
    id,
    messages: parseInbound(body).messages.map((one) => ({ ...withoutNul(one), accountIds })),
  }));
  const messages = read.flatMap((one) => one.messages);
  await insertInbound(
    trx,
    provider,
    messages.map((one) => ({ ...one, messageId: one.messageId?.slice(0, MAX_ID_CHARACTERS) ?? null })),
  );
  await settleInbox(
    trx,
    read.map(({ id, messages }) => ({ id, outcome: messages.length > 0 ? 'applied' : 'unreadable' })),
  );
}
