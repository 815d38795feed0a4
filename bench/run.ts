import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { measureAttacks } from './attacks/measure-attacks';
import { type BenchSystem, startBenchSystem } from './bench-system';
import { measureAck } from './measure-ack';
import { measureExport } from './measure-export';
import { measureGrowth } from './measure-growth';
import { measureReading } from './measure-reading';
import { measureRefresh } from './measure-refresh';
import { measureSubmitting, measureWorkers } from './measure-submitting';
import { measureTracking } from './measure-tracking';
import { measureWebhooks } from './measure-webhooks';
import type { Result } from './result';

/**
 * `npm run bench -- [rows] [only] [attack]`. Each figure is a ratio to a bare baseline of the same run, since machines are
 * noisy. The default is 100,000 rows; the full size is 1000000. `only` is the name of one measure; `attack` is in the names
 * of the attacks that are measured.
 */
const rows = Number(process.argv[2] ?? 100_000);
const only = process.argv[3] ?? '';
const attack = process.argv[4] ?? '';

const MEASURES: [string, (system: BenchSystem) => Promise<Result | Result[]>][] = [
  ['reading', (system) => measureReading(system, rows)],
  ['submitting', (system) => measureSubmitting(system, rows)],
  ['workers', (system) => measureWorkers(system, rows)],
  ['refresh', (system) => measureRefresh(system, Math.min(rows, 100_000))],
  ['ack', (system) => measureAck(system, rows)],
  ['growth', (system) => measureGrowth(system, rows)],
  ['webhooks', (system) => measureWebhooks(system, Math.min(rows, 50_000))],
  ['tracking', (system) => measureTracking(system, Math.min(rows, 100_000))],
  ['export', (system) => measureExport(system, rows)],
  ['attacks', (system) => measureAttacks(system, rows, attack)],
];

async function main(): Promise<void> {
  const results: Result[] = [];
  for (const [name, measure] of MEASURES.filter(([name]) => !only || name === only)) {
    process.stderr.write(`measuring ${name} …\n`);
    const system = await startBenchSystem();
    try {
      results.push(...[await measure(system)].flat());
    } finally {
      await system.close();
    }
  }
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
  process.stdout.write(`${table(results)}\n\n${machine}\n`);
  writeFileSync('bench-results.json', `${JSON.stringify({ machine, rows, results }, null, 2)}\n`);
}

function table(results: Result[]): string {
  const head = '| measured | figure | against | ratio | target |\n|---|---|---|---|---|';
  const lines = results.map(
    (one) => `| ${one.measured} | ${one.figure} | ${one.against} | ${one.ratio.toFixed(2)} | ${one.target} |`,
  );
  return [head, ...lines].join('\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
