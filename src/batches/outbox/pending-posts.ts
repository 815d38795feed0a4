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
 * What keeps a message in Slack from being posted twice. Committed before the post; the record of what people
 * were shown (record-shown.ts) ends it. One that is still there belongs to a post of unknown outcome.
 */

/** The post whose outcome nobody knows; null: none was begun. */
export function getPendingPost(app: AppContext, of: PendingPostKey): Promise<PendingPost | null> {
  return findPendingPost(app.db, of);
}

/** About to post. The id must travel with the message. */
export function beginPost(app: AppContext, of: PendingPostKey, place: PostDestination): Promise<string> {
  return putPendingPost(app.db, of, place);
}

/** Surely not posted. */
export function dropPendingPost(app: AppContext, of: PendingPostKey): Promise<void> {
  return deletePendingPost(app.db, of);
}
