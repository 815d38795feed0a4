import type { AppContext } from '../app-context';
import {
  deletePendingPost,
  findPendingPost,
  type PendingPost,
  type PendingPostKey,
  type PostDestination,
  putPendingPost,
} from './pending-posts.sql';

export type { PendingPost, PendingPostKey } from './pending-posts.sql';

/**
 * A pending post keeps Slack from showing the same post twice. It is committed before Slack is called, and deleted
 * with the record of what people see (record-shown.ts). One that is still there was posted with unknown outcome.
 */

/** The post whose outcome is unknown. Null where none was begun. */
export function getPendingPost(app: AppContext, key: PendingPostKey): Promise<PendingPost | null> {
  return findPendingPost(app.db, key);
}

/** Call it before posting. Returns the id that the post must carry in its metadata. */
export function beginPost(
  app: AppContext,
  key: PendingPostKey,
  destination: PostDestination,
): Promise<string> {
  return putPendingPost(app.db, key, destination);
}

/** Call it when the post certainly did not reach Slack. */
export function dropPendingPost(app: AppContext, key: PendingPostKey): Promise<void> {
  return deletePendingPost(app.db, key);
}
