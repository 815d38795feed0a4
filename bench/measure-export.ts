import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { BenchSystem } from './bench-system';
import { csv, readBatch } from './lists';
import type { Result } from './result';

const ROUNDS = 3;

/**
 * An export up to the upload: every recipient with outcome, times, cost and the columns of the uploaded list, written
 * into the store of exports. The baseline is a bare COPY of the same rows to a file. They alternate, since machines are noisy.
 */
export async function measureExport(system: BenchSystem, rows: number): Promise<Result[]> {
  const small = await exportToFile(system, await deliveredBatch(system, rows / 10), rows / 10);
  const batchId = await deliveredBatch(system, rows);
  const bare: number[] = [];
  const exported: Exported[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await bareCopyOut(system, batchId));
    exported.push(await exportToFile(system, batchId, rows));
  }
  const took = median(exported.map((one) => one.seconds));
  const largeMb = Math.max(...exported.map((one) => one.peakMb));
  return [
    {
      measured: `export of ${rows} lines with the list’s own columns`,
      figure: `${took.toFixed(1)} s`,
      against: `bare COPY TO a file ${median(bare).toFixed(1)} s`,
      ratio: took / median(bare),
      target: '≤ 3',
    },
    {
      measured: `peak memory of a process that exports ${rows} lines`,
      figure: `${largeMb} MB`,
      against: `${rows / 10} lines: ${small.peakMb} MB`,
      ratio: largeMb / small.peakMb,
      target: '≤ 1.5',
    },
  ];
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The product reads the list; one statement writes the outcomes. */
async function deliveredBatch(system: BenchSystem, rows: number): Promise<string> {
  const { batchId } = await readBatch(system, rows);
  const { knex } = system.database;
  const [submission] = await knex('sms_submission')
    .where({ batch_id: batchId })
    .update({ outcome: 'accepted', started_at: knex.fn.now(), finished_at: knex.fn.now() })
    .returning('id');
  await knex.raw(
    `update sms_batch_buka_detail
     set status = case when position % 20 = 0 then 'failed' else 'delivered' end,
       failure_reason = case when position % 20 = 0 then 'UNDELIV' end, submission_id = ?, settled_at = now(),
       settled_by = 'push', cost = 0.0325, currency = 'USD', segments_charged = 1,
       provider_message_id = (1000000000000000000 + batch_id * 10000000 + position)::text
     where batch_id = ?`,
    [submission.id, batchId],
  );
  await knex.raw('vacuum analyze sms_batch_buka_detail');
  return batchId;
}

async function bareCopyOut(system: BenchSystem, batchId: string): Promise<number> {
  const client: Client = await system.database.knex.client.acquireRawConnection();
  return inDirectory(async (directory) => {
    const started = performance.now();
    const rows = `select * from sms_batch_buka_detail where batch_id = ${batchId}`;
    await pipeline(
      client.query(copyTo(`copy (${rows}) to stdout csv`)),
      createWriteStream(join(directory, 'bare.csv')),
    );
    return (performance.now() - started) / 1000;
  }).finally(() => client.end());
}

async function inDirectory<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'sms-bench-export-'));
  try {
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

interface Exported {
  lines: number;
  seconds: number;
  peakMb: number;
}

/** In its own process, so that only the product's memory counts. The list is in a file, as it is at Slack. */
async function exportToFile(system: BenchSystem, batchId: string, rows: number): Promise<Exported> {
  return inDirectory(async (directory) => {
    const list = join(directory, 'list.csv');
    await pipeline(csv(rows), createWriteStream(list));
    const program = join(__dirname, 'export-process.ts');
    const argv = [...process.execArgv, program, system.database.connectionString, batchId, list];
    const { stdout } = await promisify(execFile)(process.execPath, argv);
    const exported = JSON.parse(stdout) as Exported;
    if (exported.lines !== rows) throw new Error(`The export has ${exported.lines} lines of ${rows}.`);
    return exported;
  });
}
