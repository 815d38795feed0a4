import { sendList } from './lists';
import { inSeconds, type Result } from './result';
import type { Bots, Stand } from './stand';
import { untilStatus } from './until-status';

/** Filling and submitting a tenth, a hundredth and all, by one bot as a person uses it: in time and in memory. */
export async function measureGrowth(stand: Stand, rows: number): Promise<Result[]> {
  await stand.startBuka(0);
  const runs: Run[] = [];
  for (const size of [rows / 100, rows / 10, rows]) {
    const bots: Bots = await stand.startBots(1, { ROLE: 'all' });
    stand.slack.setRequestUrl(`http://127.0.0.1:${bots.port}/slack/events`);
    const started = performance.now();
    const batchId = await sendList(stand, size);
    await untilStatus(stand, batchId, 'submitted');
    runs.push({ took: (performance.now() - started) / 1000, memory: bots.peakMb() });
    await bots.stop();
  }
  const [least, small, large] = runs as [Run, Run, Run];
  return [
    {
      measured: `fill and submit ${rows}`,
      figure: inSeconds(large.took),
      against: `${rows / 10}: ${inSeconds(small.took)}`,
      ratio: large.took / small.took,
      target: '≤ 11',
    },
    {
      measured: `peak memory of a bot that reads and submits ${rows}`,
      figure: `${large.memory} MB`,
      against: `at ${rows / 100}: ${least.memory} MB`,
      ratio: large.memory / least.memory,
      target: '≤ 1.5, under 400 MB',
    },
  ];
}

interface Run {
  took: number;
  memory: number;
}
