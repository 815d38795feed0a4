import type { Knex } from 'knex';
import type { InboundSms } from '../../providers/provider-webhooks';

/** A reply, and the accounts that can have got it; null where nothing tells. */
export interface PushedReply extends InboundSms {
  accountIds: string[] | null;
}

/**
 * Stores recipients' replies, each message id once. A reply belongs to the only workspace that sends as the sub-account it
 * names; where it names none, to the only one that sends with the sender ID it was written to, or to the only one at the
 * provider. Otherwise it belongs to none. Accounts that cannot have got it do not count.
 */
export async function insertInbound(
  trx: Knex.Transaction,
  provider: string,
  messages: PushedReply[],
): Promise<void> {
  if (messages.length === 0) return;
  await trx.raw(
    `insert into sms_inbound_message
       (tenant_id, channel, provider_message_id, from_number, to_sender_id, content, received_at)
     select owner.tenant_id, :provider, message.id, from_number, to_sender_id, content,
       least(now(), coalesce(to_timestamp(at_ms / 1000), now()))
     from unnest(:ids::text[], :subAccounts::text[], :fromNumbers::text[], :toSenderIds::text[], :contents::text[],
         :atMs::float8[], :accountIds::text[])
       as message (id, named_sub_account, from_number, to_sender_id, content, at_ms, account_ids)
     cross join lateral (
       select case
         when named_sub_account is not null then
           case when count(distinct tenant_id) filter (where sub_account = named_sub_account) = 1
             then min(tenant_id) filter (where sub_account = named_sub_account) end
         when count(distinct tenant_id) filter (where sender_id = to_sender_id) = 1
           then min(tenant_id) filter (where sender_id = to_sender_id)
         when count(distinct tenant_id) = 1 then min(tenant_id) end as tenant_id
       from provider_account as account
       where channel = :provider and (account_ids is null or account.id = any(account_ids::bigint[]))) as owner
     on conflict (channel, provider_message_id) do nothing`,
    {
      provider,
      ids: messages.map((one) => one.messageId),
      subAccounts: messages.map((one) => one.subAccount),
      fromNumbers: messages.map((one) => one.fromNumber),
      toSenderIds: messages.map((one) => one.toSenderId),
      contents: messages.map((one) => one.content),
      atMs: messages.map((one) => (one.receivedAt ? Date.parse(one.receivedAt) : null)),
      // An array for each row, as a text: unnest would make one of them all.
      accountIds: messages.map(({ accountIds }) => accountIds && `{${accountIds.join(',')}}`),
    },
  );
}
