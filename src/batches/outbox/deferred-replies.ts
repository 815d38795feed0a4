import type { AppContext } from '../app-context';
import { deletePendingPost } from './pending-posts.sql';
import { deletePendingUpload, findPendingUpload, putPendingUpload } from './pending-uploads.sql';

/**
 * What keeps an answer that takes a while (an export, a comparison) from coming twice. Each has a name; what is
 * noted under it is committed before Slack is called, and ends when the answer has come.
 */

/** Its files that a former attempt, cut short, was about to share; null: there were none. */
export function getPendingUpload(app: AppContext, answer: string): Promise<string[] | null> {
  return findPendingUpload(app.db, answer);
}

/** The files are at Slack and about to be shared. */
export function beginUpload(app: AppContext, answer: string, slackFileIds: string[]): Promise<void> {
  return putPendingUpload(app.db, answer, slackFileIds);
}

/** The name of the word that an answer will not come. */
export const apologyOf = (answer: string) => `${answer}:sorry`;

/** It has come, or it never will and the person knows. */
export async function endDeferredReply(app: AppContext, answer: string): Promise<void> {
  await app.db.transaction(async (trx) => {
    await deletePendingUpload(trx, answer);
    await deletePendingPost(trx, { answer });
    await deletePendingPost(trx, { answer: apologyOf(answer) });
  });
}
