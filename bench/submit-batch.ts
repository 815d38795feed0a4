import { startBatch } from '../src/batches/control/start-batch';
import type { BenchSystem } from './bench-system';
import type { ReadBatch } from './lists';
import { untilStatus } from './until-status';

/** Presses Send and returns the seconds until the batch is submitted. */
export async function submit(system: BenchSystem, batch: ReadBatch): Promise<number> {
  const started = performance.now();
  await startBatch(system.app, system.actor, batch);
  await untilStatus(system, batch.batchId, 'submitted');
  return (performance.now() - started) / 1000;
}
