import { setTimeout as delay } from 'node:timers/promises';
import type { BenchSystem, Bots } from '../bench-system';
import type { Result } from '../result';
import { type Attack, CALLBACK_SECRET } from './attack';
import { hostileBodies } from './hostile-bodies';
import { hostileLists } from './hostile-lists';
import { hostileRequests } from './hostile-requests';
import { draftAndDiscard } from './other-peoples-work';
import { startProbe } from './start-probe';

/** docs/OPERATIONS.md: what a process may take. */
const MOST_MB = 768;
const MOST_HEALTH_MS = 200;
/** Ben's draft is timed so often before an attack. */
const QUIET_ROUNDS = 15;
/** The first ones find nothing loaded. */
const WARM_UP_ROUNDS = 5;
/** An attack that is over sooner is made again, a moment later: what it has asked for goes on when it is over. */
const LEAST_DRAFTS = 15;
const MOMENT_MS = 1_000;

/**
 * Each attack whose name has this part, on a bot of its own, which does everything in one process. Meanwhile `/healthz` is asked fifty times a
 * second, and another member drafts a batch of one number, again and again. The baselines are a bare server that is asked in
 * turn with the bot, and the same drafts before the attack.
 */
export async function measureAttacks(system: BenchSystem, rows: number, part: string): Promise<Result[]> {
  await system.startBuka(0);
  const results: Result[] = [];
  const attacks = [...hostileLists(rows), ...hostileBodies(), ...hostileRequests(rows)];
  for (const attack of attacks.filter(({ name }) => name.includes(part))) {
    process.stderr.write(`  ${attack.name} …\n`);
    const bots = await system.startBots(1, { ROLE: 'all', BUKA_CALLBACK_SECRET: CALLBACK_SECRET });
    system.slack.setRequestUrl(`http://127.0.0.1:${bots.port}/slack/events`);
    try {
      const measured = await measureOne(system, bots, attack);
      for (const one of measured) process.stderr.write(`    ${one.figure}, against ${one.against}\n`);
      results.push(...measured);
    } finally {
      await bots.stop();
    }
  }
  return results;
}

async function measureOne(system: BenchSystem, bots: Bots, attack: Attack): Promise<Result[]> {
  const quiet: number[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) await draftAndDiscard(system);
  for (let round = 0; round < QUIET_ROUNDS; round += 1) quiet.push(await draftAndDiscard(system));
  const probe = await startProbe(`http://127.0.0.1:${bots.port}/healthz`);
  const meanwhile: number[] = [];
  let isOver = false;
  const repeat = async () => {
    for (;;) {
      await attack.run(system, bots);
      if (meanwhile.length >= LEAST_DRAFTS) return;
      await delay(MOMENT_MS);
    }
  };
  const attacked = repeat().finally(() => {
    isOver = true;
  });
  while (!isOver) meanwhile.push(await draftAndDiscard(system));
  await attacked;
  const { bot, bare, silent } = await probe.stop();
  const [before, during] = [median(quiet), median(meanwhile)];
  const peak = bots.peakMb();
  return [
    {
      measured: `/healthz during ${attack.name}`,
      figure: `p99 ${bot.toFixed(0)} ms, ${silent} without an answer`,
      against: `${MOST_HEALTH_MS} ms above a bare server, p99 ${bare.toFixed(0)} ms`,
      ratio: Math.max(0, bot - bare) / MOST_HEALTH_MS,
      target: '≤ 1',
    },
    {
      measured: `another’s draft during ${attack.name} (${meanwhile.length} drafts)`,
      figure: `${during.toFixed(0)} ms`,
      against: `quiet ${before.toFixed(0)} ms`,
      ratio: during / before,
      target: '≤ 2',
    },
    {
      measured: `peak memory during ${attack.name}`,
      figure: `${peak} MB`,
      against: `${MOST_MB} MB`,
      ratio: peak / MOST_MB,
      target: '≤ 1',
    },
  ];
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
