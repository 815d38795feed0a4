import { bareCopy } from './baseline';
import { readBatch } from './lists';
import { inSeconds, type Result } from './result';
import { peakMb, type Stand } from './stand';

/** Reading, validating, de-duplicating and storing a list, against a bare COPY of its rows. */
export async function measureReading(stand: Stand, rows: number): Promise<Result> {
  const bare = await bareCopy(stand, rows);
  const started = performance.now();
  await readBatch(stand, rows);
  const took = (performance.now() - started) / 1000;
  return {
    measured: `CSV of ${rows} rows read, validated, de-duplicated, stored`,
    figure: `${inSeconds(took)}, peak ${peakMb(process.pid)} MB`,
    against: `bare COPY ${inSeconds(bare.seconds)}`,
    ratio: took / bare.seconds,
    target: '≤ 1.7',
  };
}
