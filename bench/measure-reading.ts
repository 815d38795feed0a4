import { bareCopy } from './baseline';
import type { BenchSystem } from './bench-system';
import { readBatch } from './lists';
import { peakMb } from './peak-memory';
import { inSeconds, type Result } from './result';

/** Reads, validates, de-duplicates and stores a list, against a bare COPY of its rows. */
export async function measureReading(system: BenchSystem, rows: number): Promise<Result> {
  const bare = await bareCopy(system, rows);
  const started = performance.now();
  await readBatch(system, rows);
  const took = (performance.now() - started) / 1000;
  return {
    measured: `CSV of ${rows} rows read, validated, de-duplicated, stored`,
    figure: `${inSeconds(took)}, peak ${peakMb(process.pid)} MB`,
    against: `bare COPY ${inSeconds(bare.seconds)}`,
    ratio: took / bare.seconds,
    target: '≤ 1.7',
  };
}
