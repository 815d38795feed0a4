import type { AppContext } from '../app-context';
import { deletePendingPost } from './pending-posts.sql';
import { deletePendingUpload, findPendingUpload, putPendingUpload } from './pending-uploads.sql';

/**
 * A reply that takes a while (an export, a comparison) must not come twice. Each has a key; what is stored under it
 * is committed before Slack is called, and deleted when the reply has been delivered.
 */

/** Files that an earlier try uploaded and was about to share when it was cut short. Null where there are none. */
export function getPendingUpload(app: AppContext, replyKey: string): Promise<string[] | null> {
  return findPendingUpload(app.db, replyKey);
}

/** Call it when the files are uploaded to Slack, before they are shared. */
export function beginUpload(app: AppContext, replyKey: string, slackFileIds: string[]): Promise<void> {
  return putPendingUpload(app.db, replyKey, slackFileIds);
}

/** The key of the post which tells the person that this reply will not come. */
export const apologyKey = (replyKey: string) => `${replyKey}:sorry`;

/** The reply was delivered, or it never will be and the person knows. */
export async function endDeferredReply(app: AppContext, replyKey: string): Promise<void> {
  await app.db.transaction(async (trx) => {
    await deletePendingUpload(trx, replyKey);
    await deletePendingPost(trx, { replyKey });
    await deletePendingPost(trx, { replyKey: apologyKey(replyKey) });
  });
}
