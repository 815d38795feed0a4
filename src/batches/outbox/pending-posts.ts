import type { Heart } from '../app-context';
import {
  deletePosting,
  findPosting,
  type Posting,
  type PostingOf,
  type PostingPlace,
  putPosting,
} from './pending-posts.sql';

export type { Posting, PostingOf } from './pending-posts.sql';

/**
 * What keeps a message in Slack from being posted twice. Committed before the post; the record of what people
 * were shown (record-shown.ts) ends it. One that is still there belongs to a post of unknown outcome.
 */

/** The post whose outcome nobody knows; null: none was begun. */
export function getOpenPosting(heart: Heart, of: PostingOf): Promise<Posting | null> {
  return findPosting(heart.db, of);
}

/** About to post. The id must travel with the message. */
export function beginPosting(heart: Heart, of: PostingOf, place: PostingPlace): Promise<string> {
  return putPosting(heart.db, of, place);
}

/** Surely not posted. */
export function endPosting(heart: Heart, of: PostingOf): Promise<void> {
  return deletePosting(heart.db, of);
}
