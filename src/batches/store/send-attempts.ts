/** SQL that copies ended send attempts to the history; `ended` is a from clause with the columns of a detail table. */
export const keepSendAttempts = (ended: string): string =>
  `insert into sms_send_attempt (batch_id, recipient_number, attempt, order_id, provider_message_id,
     submission_id, status, failure_reason, ended_at, settled_by, cost, currency, segments_charged)
   select batch_id, recipient_number, attempt, order_id, provider_message_id,
     submission_id, status, failure_reason, coalesce(settled_at, updated_at), settled_by, cost, currency,
     segments_charged
   from ${ended}`;
