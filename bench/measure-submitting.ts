import { bareCopy, barePostsAndUpdates } from './baseline';
import { readBatch } from './lists';
import { inSeconds, type Result } from './result';
import type { Stand } from './stand';
import { submit } from './submit';

const CONCURRENCY = 4;

/** Submitting and recording by one worker process, against the same POSTs with bare updates. */
export async function measureSubmitting(stand: Stand, rows: number): Promise<Result[]> {
  await stand.startBuka(0);
  const bare = await bareCopy(stand, rows);
  await stand.database.knex.raw('analyze sms_batch_buka_detail');
  const bareSeconds = await barePostsAndUpdates(stand, bare.batchId, rows, CONCURRENCY);
  const batch = await readBatch(stand, rows);
  const bots = await stand.startBots(1, { SUBMIT_CONCURRENCY: String(CONCURRENCY) });
  const took = await submit(stand, batch);
  const memory = bots.peakMb();
  await bots.stop();
  const perSecond = rows / took;
  return [
    {
      measured: `${rows} recipients submitted and recorded, 1 worker`,
      figure: `${inSeconds(took)}, peak ${memory} MB`,
      against: `the same POSTs and bare updates ${inSeconds(bareSeconds)}`,
      ratio: took / bareSeconds,
      target: '≤ 1.3',
    },
    {
      measured: 'recipients a second through one worker',
      figure: `${Math.round(perSecond)}`,
      against: '200 a second (Postman.gov.sg, documented)',
      ratio: perSecond / 200,
      target: '≥ 50',
    },
  ];
}

/** Three workers against one, on a provider that answers after 200 ms. */
export async function measureWorkers(stand: Stand, rows: number): Promise<Result> {
  await stand.startBuka(200);
  const took: number[] = [];
  for (const workers of [1, 3]) {
    const batch = await readBatch(stand, rows);
    const bots = await stand.startBots(workers, { SUBMIT_CONCURRENCY: '2' });
    took.push(await submit(stand, batch));
    await bots.stop();
  }
  const [one, three] = took as [number, number];
  return {
    measured: `${rows} recipients at 200 ms latency, 3 workers`,
    figure: inSeconds(three),
    against: `1 worker ${inSeconds(one)}`,
    ratio: one / three,
    target: '≥ 2.5',
  };
}
