import type { Knex } from 'knex';
import { type AppContext, providerOf } from '../app-context';
import { addToInbox, type InboxEntry, type InboxKey, putAside, settleInbox } from '../store/webhook-inbox';
import type { Refusal } from './apply-by-halves';

/**
 * What becomes of webhooks that the database refuses: a list is taken apart, so that the next run finds the item at fault;
 * one item is put aside, and tried again later. Returns whether the next run has something to do at once.
 */
export async function putWebhooksAside(
  app: AppContext,
  trx: Knex.Transaction,
  key: InboxKey,
  refused: Refusal<InboxEntry>[],
): Promise<boolean> {
  if (refused.length === 0) return false;
  const { splitBody } = providerOf(app, key.provider).webhooks;
  const parts = refused.map((one) => ({ ...one, items: splitBody(one.item.body) }));
  const lists = parts.filter(({ items }) => items.length > 1);
  for (const { item, items } of lists) {
    await addToInbox(
      trx,
      key,
      items.map((body) => ({ body, accountIds: item.account_ids })),
    );
  }
  await settleInbox(
    trx,
    lists.map(({ item }) => ({ id: item.id, outcome: 'split' })),
  );
  const single = parts.filter(({ items }) => items.length <= 1);
  await putAside(
    trx,
    single.map(({ item, fault }) => ({ id: item.id, fault })),
  );
  if (single.length > 0) {
    const faults = [...new Set(single.map(({ fault }) => fault))];
    app.log.error({ ...key, webhooks: single.length, faults }, 'the database refused webhooks: put aside');
  }
  return lists.length > 0;
}
