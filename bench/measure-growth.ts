import type { BenchSystem, Bots } from './bench-system';
import { sendList } from './lists';
import { inSeconds, type Result } from './result';
import { untilStatus } from './until-status';

/** Time and memory of one bot that reads and submits a hundredth, a tenth and all of the rows, as a person uses it. */
export async function measureGrowth(system: BenchSystem, rows: number): Promise<Result[]> {
  await system.startBuka(0);
  const runs: Run[] = [];
  for (const size of [rows / 100, rows / 10, rows]) {
    const bots: Bots = await system.startBots(1, { ROLE: 'all' });
    system.slack.setRequestUrl(`http://127.0.0.1:${bots.port}/slack/events`);
    const started = performance.now();
    const batchId = await sendList(system, size);
    await untilStatus(system, batchId, 'submitted');
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
