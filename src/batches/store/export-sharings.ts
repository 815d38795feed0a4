import type { Knex } from 'knex';
import type { JobPayload } from '../../queue/jobs';

/** All SQL on `sms_export_sharing`: exports whose files are about to be shared. */
type Of = Pick<JobPayload<'export-batch'>, 'batchId' | 'userId' | 'part'>;

const keyOf = ({ batchId, userId, part }: Of) => ({ batch_id: batchId, user_id: userId, part });

export async function findSharing(db: Knex, of: Of): Promise<string[] | null> {
  const row = await db('sms_export_sharing').where(keyOf(of)).first('slack_file_ids');
  return row?.slack_file_ids ?? null;
}

/** Takes the place of one that came to nothing. */
export async function putSharing(db: Knex, of: Of, slackFileIds: string[]): Promise<void> {
  await db('sms_export_sharing')
    .insert({ ...keyOf(of), slack_file_ids: slackFileIds })
    .onConflict(['batch_id', 'user_id', 'part'])
    .merge();
}

export async function deleteSharing(db: Knex, of: Of): Promise<void> {
  await db('sms_export_sharing').where(keyOf(of)).delete();
}
