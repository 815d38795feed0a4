import { releaseSlot, takeSlot } from '../../db/rate-limit';
import { type JobResult, snooze } from '../../queue/job-result';
import type { SlackClients } from './slack-clients';

/** Longer than a post may take. If a process dies with the lock, others wait no longer than this. */
const LOCK_MS = 15_000;
/** Most locks are released long before they expire. */
const TRY_AGAIN_MS = 1_000;

/**
 * Runs `post` while no other process posts for the same `key`: two jobs at once would both find that the
 * message is not posted yet. `post` must read what was recorded itself, since it runs after the lock is
 * taken. Returns a snooze if another process has the lock.
 */
export async function withPostLock(
  slack: SlackClients,
  key: string,
  post: () => Promise<JobResult>,
): Promise<JobResult> {
  const slot = `slack-post:${key}`;
  const { taken, waitMs } = await takeSlot(slack.app.db, slot, LOCK_MS);
  if (!taken) return snooze(Math.min(Math.max(1, waitMs), TRY_AGAIN_MS));
  try {
    return await post();
  } finally {
    await releaseSlot(slack.app.db, slot);
  }
}
