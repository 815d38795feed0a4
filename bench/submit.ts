import { startBatch } from '../src/batches/control/start-batch';
import type { ReadBatch } from './lists';
import type { Stand } from './stand';
import { untilStatus } from './until-status';

/** From Send to submitted, in seconds. */
export async function submit(stand: Stand, batch: ReadBatch): Promise<number> {
  const started = performance.now();
  await startBatch(stand.app, { ...stand, ...batch });
  await untilStatus(stand, batch.batchId, 'submitted');
  return (performance.now() - started) / 1000;
}
