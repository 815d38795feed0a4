import type { AppContext } from '../batches/app-context';
import { sweep } from '../batches/sweeping/sweep';
import type { JobResult } from '../queue/job-result';
import { sweepPosts } from '../slack/posts/sweep-posts';
import { repairAfterDeaths } from './repair-after-deaths';

/**
 * All that a sweep does. Each part mends what no other does, so one that fails keeps no other from its work: it has a line in
 * the log, and the next sweep tries it again.
 */
export async function sweepAll(app: AppContext): Promise<JobResult> {
  const tryPart = (part: (app: AppContext) => Promise<void>) =>
    part(app).catch((error: unknown) => app.log.error({ err: error }, 'a part of the sweep failed'));
  await tryPart(repairAfterDeaths);
  try {
    return await sweep(app);
  } finally {
    await tryPart(sweepPosts);
  }
}
