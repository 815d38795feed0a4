import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { measureAck } from './measure-ack';
import { measureExport } from './measure-export';
import { measureGrowth } from './measure-growth';
import { measurePushes } from './measure-pushes';
import { measureReading } from './measure-reading';
import { measureRefresh } from './measure-refresh';
import { measureSubmitting, measureWorkers } from './measure-submitting';
import { measureTracking } from './measure-tracking';
import type { Result } from './result';
import { type Stand, setUp } from './stand';

/**
 * `npm run bench -- [rows] [only]`: each figure is a ratio to a bare baseline of the same run, since machines
 * are noisy. 100,000 rows by default; 1000000 is the full size. `only` names one of the measures.
 */
const rows = Number(process.argv[2] ?? 100_000);
const only = process.argv[3] ?? '';

const MEASURES: [string, (stand: Stand) => Promise<Result | Result[]>][] = [
  ['reading', (stand) => measureReading(stand, rows)],
  ['submitting', (stand) => measureSubmitting(stand, rows)],
  ['workers', (stand) => measureWorkers(stand, rows)],
  ['refresh', (stand) => measureRefresh(stand, Math.min(rows, 100_000))],
  ['ack', (stand) => measureAck(stand, rows)],
  ['growth', (stand) => measureGrowth(stand, rows)],
  ['pushes', (stand) => measurePushes(stand, Math.min(rows, 50_000))],
  ['tracking', (stand) => measureTracking(stand, Math.min(rows, 100_000))],
  ['export', (stand) => measureExport(stand, rows)],
];

async function main(): Promise<void> {
  const results: Result[] = [];
  for (const [name, measure] of MEASURES.filter(([name]) => !only || name === only)) {
    process.stderr.write(`measuring ${name} …\n`);
    const stand = await setUp();
    try {
      results.push(...[await measure(stand)].flat());
    } finally {
      await stand.close();
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
