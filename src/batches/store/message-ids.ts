import type { Knex } from 'knex';
import { detailTable } from './detail-table';

/** Which of these ids already belong to a recipient or to a former send attempt. */
export async function listKnownMessageIds(
  db: Knex,
  provider: string,
  messageIds: string[],
): Promise<string[]> {
  const { rows } = await db.raw(
    `select provider_message_id as id from :table: where provider_message_id = any(:messageIds)
     union all
     select provider_message_id from sms_send_attempt where provider_message_id = any(:messageIds)`,
    { table: detailTable(provider), messageIds },
  );
  return rows.map((row: { id: string }) => row.id);
}
