import { clockSetBackMs } from '../../db/clock';
import { bringJobsForward } from '../../queue/repair-jobs';
import type { AppContext } from '../app-context';
import { moveTimersForward } from './timers.sql';

/**
 * A database clock that is set back by an hour would delay all timers by an hour: chunks, limits, jobs. This
 * moves them forward. A clock that is set forward needs nothing: everything due runs at once, and late
 * results still count.
 */
export async function handleClockSetBack(app: AppContext): Promise<void> {
  const ms = await app.db.transaction(async (trx) => {
    const setBackMs = await clockSetBackMs(trx);
    if (setBackMs === 0) return 0;
    await moveTimersForward(trx, setBackMs);
    await bringJobsForward(trx, setBackMs);
    return setBackMs;
  });
  if (ms > 0) app.log.warn({ ms }, "the database's clock was set back; timers were moved forward");
}
