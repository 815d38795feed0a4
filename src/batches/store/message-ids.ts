import type { Knex } from 'knex';
import { detailTable } from './detail-table';

/** A provider's id names one text of one account: another account may give the same id. */
export const idInAccount = (accountId: string, messageId: string): string => `${accountId} ${messageId}`;

/**
 * Which of a provider's ids already belong to a recipient or to a former send attempt, each with its account, as
 * `idInAccount` writes them.
 */
export async function listKnownMessageIds(
  db: Knex,
  provider: string,
  messageIds: string[],
): Promise<Set<string>> {
  const { rows } = await db.raw(
    `with known as (
       select provider_message_id, submission_id from sms_batch_recipient
       where channel = :provider and provider_message_id = any(:messageIds)
       union all
       select provider_message_id, submission_id from sms_send_attempt
       where provider_message_id = any(:messageIds)
     )
     select account.id as account_id, provider_message_id from known
     join sms_submission as sent on sent.id = known.submission_id
     join provider_account as account on account.id = sent.account_id and account.channel = :provider`,
    { provider, messageIds },
  );
  return new Set(
    rows.map((row: { account_id: string; provider_message_id: string }) =>
      idInAccount(row.account_id, row.provider_message_id),
    ),
  );
}

/** A text that a provider says it has accepted. */
interface Accepted {
  orderId: string;
  messageId: string;
}

/**
 * Those of the texts of a submission whose message id is that of another text of the same account, an earlier one among
 * them included. The earlier one keeps it: it was believed before, and nothing tells which of the two it names.
 */
export async function findRepeated<Text extends Accepted>(
  trx: Knex.Transaction,
  provider: string,
  submissionId: string,
  accepted: Text[],
): Promise<Set<Text>> {
  if (accepted.length === 0) return new Set();
  const { rows } = await trx.raw(
    `with answer as (
       select * from unnest(:orderIds::text[], :messageIds::text[]) as answer (order_id, message_id)
     ), known as (
       select answer.order_id, known.submission_id from answer
       join :table: as known on known.provider_message_id = answer.message_id and known.order_id <> answer.order_id
       union all
       select answer.order_id, known.submission_id from answer
       join sms_send_attempt as known
         on known.provider_message_id = answer.message_id and known.order_id <> answer.order_id
     )
     select known.order_id from known join sms_submission as sent on sent.id = known.submission_id
     where sent.account_id = (select account_id from sms_submission where id = :submissionId)`,
    {
      table: detailTable(provider),
      submissionId,
      orderIds: accepted.map((one) => one.orderId),
      messageIds: accepted.map((one) => one.messageId),
    },
  );
  const repeated = new Set<string>(rows.map((row: { order_id: string }) => row.order_id));
  const ids = new Set<string>();
  return new Set(
    accepted.filter(({ orderId, messageId }) => {
      const isSecond = ids.has(messageId);
      ids.add(messageId);
      return isSecond || repeated.has(orderId);
    }),
  );
}
