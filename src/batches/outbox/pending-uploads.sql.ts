import type { Knex } from 'knex';

/** All SQL on `sms_answer_sharing`: files of an answer that are about to be shared. */

export async function findPendingUpload(db: Knex, answer: string): Promise<string[] | null> {
  const row = await db('sms_answer_sharing').where({ answer }).first('slack_file_ids');
  return row?.slack_file_ids ?? null;
}

/** Takes the place of one that came to nothing. */
export async function putPendingUpload(db: Knex, answer: string, slackFileIds: string[]): Promise<void> {
  await db('sms_answer_sharing')
    .insert({ answer, slack_file_ids: slackFileIds })
    .onConflict('answer')
    .merge();
}

export async function deletePendingUpload(trx: Knex, answer: string): Promise<void> {
  await trx('sms_answer_sharing').where({ answer }).delete();
}
