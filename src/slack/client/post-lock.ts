import { releaseSlot, takeSlot } from '../../db/rate-limit';
import type { SlackClients } from './slack-clients';
import type { Snooze } from './snooze';

/** Longer than posting may take; a process that died in the middle holds others up no longer than this. */
const TURN_MS = 15_000;
/** Mostly the other one is done long before its turn would end. */
const ASK_AGAIN_MS = 1_000;

/**
 * Posting a new message is for one job at a time: two that run at once would both find it not posted yet. `act`
 * reads what was recorded after its turn has come; whoever does not get the turn comes again.
 */
export async function oneAtATime(
  slack: SlackClients,
  what: string,
  act: () => Promise<Snooze>,
): Promise<Snooze> {
  const key = `slack-post:${what}`;
  const { taken, waitMs } = await takeSlot(slack.app.db, key, TURN_MS);
  if (!taken) return { snoozeMs: Math.min(Math.max(1, waitMs), ASK_AGAIN_MS) };
  try {
    return await act();
  } finally {
    await releaseSlot(slack.app.db, key);
  }
}
