import { clockSetBackMs } from '../../db/clock';
import { bringJobsForward } from '../../queue/repair-jobs';
import type { AppContext } from '../app-context';
import { bringForward } from './timers.sql';

/**
 * A clock that is put back by an hour would hold up for an hour whatever waits for a time: chunks, limits, jobs.
 * A clock that is put forward needs nothing: all that is due comes at once, and late answers still count.
 */
export async function handleClockSetBack(app: AppContext): Promise<void> {
  const ms = await app.db.transaction(async (trx) => {
    const putBackMs = await clockSetBackMs(trx);
    if (putBackMs === 0) return 0;
    await bringForward(trx, putBackMs);
    await bringJobsForward(trx, putBackMs);
    return putBackMs;
  });
  if (ms > 0)
    app.log.warn({ ms }, "the database's clock was put back; what waited for a time was brought forward");
}
