import type { Knex } from 'knex';

/** Which of a provider's ids already belong to a recipient or to a former send attempt. */
export async function listKnownMessageIds(
  db: Knex,
  provider: string,
  messageIds: string[],
): Promise<string[]> {
  const { rows } = await db.raw(
    `select provider_message_id as id from sms_batch_recipient
     where channel = :provider and provider_message_id = any(:messageIds)
     union all
     select provider_message_id from sms_send_attempt as former
     join sms_submission as sent on sent.id = former.submission_id
     join provider_account as account on account.id = sent.account_id
     where account.channel = :provider and provider_message_id = any(:messageIds)`,
    { provider, messageIds },
  );
  return rows.map((row: { id: string }) => row.id);
}
