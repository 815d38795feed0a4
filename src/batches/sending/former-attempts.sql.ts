import type { Knex } from 'knex';

/** An answer came after a person had put these attempts aside: the history learns which messages they were. */
export async function nameAttempts(
  trx: Knex.Transaction,
  submissionId: string,
  accepted: { orderId: string; messageId: string }[],
): Promise<void> {
  await trx.raw(
    `update sms_send_attempt as attempt set provider_message_id = answer.message_id
     from unnest(?::text[], ?::text[]) as answer (order_id, message_id)
     where attempt.order_id = answer.order_id and attempt.submission_id = ?
       and attempt.provider_message_id is null`,
    [accepted.map((one) => one.orderId), accepted.map((one) => one.messageId), submissionId],
  );
}
