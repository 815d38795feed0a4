import type { Heart } from '../app-context';
import { deletePosting } from './pending-posts.sql';
import { deleteSharing, findSharing, putSharing } from './pending-uploads.sql';

/**
 * What keeps an answer that takes a while (an export, a comparison) from coming twice. Each has a name; what is
 * noted under it is committed before Slack is called, and ends when the answer has come.
 */

/** Its files that a former attempt, cut short, was about to share; null: there were none. */
export function getOpenSharing(heart: Heart, answer: string): Promise<string[] | null> {
  return findSharing(heart.db, answer);
}

/** The files are at Slack and about to be shared. */
export function beginSharing(heart: Heart, answer: string, slackFileIds: string[]): Promise<void> {
  return putSharing(heart.db, answer, slackFileIds);
}

/** The name of the word that an answer will not come. */
export const sorryOf = (answer: string) => `${answer}:sorry`;

/** It has come, or it never will and the person knows. */
export async function endAnswer(heart: Heart, answer: string): Promise<void> {
  await heart.db.transaction(async (trx) => {
    await deleteSharing(trx, answer);
    await deletePosting(trx, { answer });
    await deletePosting(trx, { answer: sorryOf(answer) });
  });
}
