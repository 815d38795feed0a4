import { bareCopy, barePostsAndUpdates } from './baseline';
import type { BenchSystem } from './bench-system';
import { readBatch } from './lists';
import { inSeconds, type Result } from './result';
import { submit } from './submit-batch';

const CONCURRENCY = 4;

/** One worker process submits and records, against the same POSTs with bare updates. */
export async function measureSubmitting(system: BenchSystem, rows: number): Promise<Result[]> {
  await system.startBuka(0);
  const bare = await bareCopy(system, rows);
  await system.database.knex.raw('analyze sms_batch_buka_detail');
  const bareSeconds = await barePostsAndUpdates(system, bare.batchId, rows, CONCURRENCY);
  const batch = await readBatch(system, rows);
  const bots = await system.startBots(1, { SUBMIT_CONCURRENCY: String(CONCURRENCY) });
  const took = await submit(system, batch);
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

/** Three workers against one, with a provider that answers after 200 ms. */
export async function measureWorkers(system: BenchSystem, rows: number): Promise<Result> {
  await system.startBuka(200);
  const took: number[] = [];
  for (const workers of [1, 3]) {
    const batch = await readBatch(system, rows);
    const bots = await system.startBots(workers, { SUBMIT_CONCURRENCY: '2' });
    took.push(await submit(system, batch));
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
