import type { Knex } from 'knex';
import type { InboundSms } from '../../providers/sms-provider';

/**
 * Stores recipients' replies, each message id once. A reply names the sender ID that it was written to and no
 * account: it belongs to the only workspace that sends with that ID, or to the only workspace at the
 * provider. Otherwise it belongs to none.
 */
export async function insertInbound(
  trx: Knex.Transaction,
  provider: string,
  messages: InboundSms[],
): Promise<void> {
  if (messages.length === 0) return;
  await trx.raw(
    `insert into sms_inbound_message
       (tenant_id, channel, provider_message_id, from_number, to_sender_id, content, received_at)
     select owner.tenant_id, :provider, message.id, from_number, to_sender_id, content,
       least(now(), coalesce(to_timestamp(at_ms / 1000), now()))
     from unnest(:ids::text[], :fromNumbers::text[], :toSenderIds::text[], :contents::text[], :atMs::float8[])
       as message (id, from_number, to_sender_id, content, at_ms)
     cross join lateral (
       select case
         when count(*) filter (where sender_id = to_sender_id) = 1
           then min(tenant_id) filter (where sender_id = to_sender_id)
         when count(*) = 1 then min(tenant_id) end as tenant_id
       from tenant_channel_config where channel = :provider) as owner
     on conflict (channel, provider_message_id) do nothing`,
    {
      provider,
      ids: messages.map((one) => one.messageId),
      fromNumbers: messages.map((one) => one.fromNumber),
      toSenderIds: messages.map((one) => one.toSenderId),
      contents: messages.map((one) => one.content),
      atMs: messages.map((one) => (one.receivedAt ? Date.parse(one.receivedAt) : null)),
    },
  );
}
