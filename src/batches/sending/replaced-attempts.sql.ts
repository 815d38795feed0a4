import type { Knex } from 'knex';

/**
 * A late result belongs to send attempts that a person has replaced: stores their message ids in the history.
 */
export async function addMessageIdsToReplaced(
  trx: Knex.Transaction,
  submissionId: string,
  accepted: { orderId: string; messageId: string }[],
): Promise<void> {
  await trx.raw(
    `update sms_send_attempt as attempt set provider_message_id = accepted.message_id
     from unnest(?::text[], ?::text[]) as accepted (order_id, message_id)
     where attempt.order_id = accepted.order_id and attempt.submission_id = ?
       and attempt.provider_message_id is null`,
    [accepted.map((one) => one.orderId), accepted.map((one) => one.messageId), submissionId],
  );
}
