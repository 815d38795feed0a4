import type { Knex } from 'knex';

/** All SQL on `sms_answer_sharing`: files that were uploaded for a deferred reply and are about to be shared. */

/** The ids of its files in Slack. Null where there are none. */
export async function findPendingUpload(db: Knex, replyKey: string): Promise<string[] | null> {
  const row = await db('sms_answer_sharing').where({ answer: replyKey }).first('slack_file_ids');
  return row?.slack_file_ids ?? null;
}

/** Replaces the files of an earlier try that were never shared. */
export async function putPendingUpload(db: Knex, replyKey: string, slackFileIds: string[]): Promise<void> {
  await db('sms_answer_sharing')
    .insert({ answer: replyKey, slack_file_ids: slackFileIds })
    .onConflict('answer')
    .merge();
}

export async function deletePendingUpload(trx: Knex, replyKey: string): Promise<void> {
  await trx('sms_answer_sharing').where({ answer: replyKey }).delete();
}
