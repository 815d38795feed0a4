import type { Draft } from '../src/batches/batch';
import { createBatch } from '../src/batches/create-batch';
import { getReview } from '../src/batches/get-review';
import { importRecipients } from '../src/batches/import-recipients';
import type { Stand } from './stand';

const FIRST = 13_000_000_000;
const BLOCK_ROWS = 5_000;

/** Made-up Chinese mobiles in the order of a shuffled list: an index does not get them sorted. */
export function number(row: number, rows: number): number {
  // A stride that has no factor in common with the row count visits every number once.
  return FIRST + ((row * 7_919) % rows) * 7;
}

/** A CSV of so many rows, made while it is read. */
export async function* csv(rows: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from('name,phone\n');
  for (let row = 0; row < rows; row += BLOCK_ROWS) {
    const lines: string[] = [];
    for (let i = row; i < Math.min(rows, row + BLOCK_ROWS); i += 1) lines.push(`c${i},${number(i, rows)}\n`);
    yield Buffer.from(lines.join(''));
  }
}

let drafts = 0;

/** A batch whose list was read by the product itself. */
export async function readBatch(stand: Stand, rows: number): Promise<{ batchId: string; version: number }> {
  drafts += 1;
  const draft: Draft = {
    tenantId: stand.tenantId,
    userId: stand.userId,
    channel: 'onbuka',
    submitKey: `bench-${drafts}`,
    content: 'Hello from the bench',
    senderId: null,
    defaultCountry: 'CN',
    slackChannelId: 'C0BENCH',
    slackViewId: null,
    sources: [{ kind: 'file', slackFileId: 'F0BENCH', name: 'bench.csv', sizeBytes: rows * 20 }],
  };
  const { batchId } = await createBatch(stand.heart, draft);
  await importRecipients(stand.heart, batchId, () => csv(rows));
  const review = await getReview(stand.heart, { tenantId: stand.tenantId, batchId });
  if (review?.status !== 'ready' || review.accepted !== rows) {
    throw new Error(`The list was not read whole: ${review?.status}, ${review?.accepted} of ${rows}`);
  }
  return { batchId, version: review.version };
}
