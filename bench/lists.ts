import type { Draft } from '../src/batches/batch';
import { createBatch } from '../src/batches/importing/create-batch';
import { importRecipients } from '../src/batches/importing/import-recipients';
import { getReview } from '../src/batches/views/get-review';
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

export interface ReadBatch {
  batchId: string;
  version: number;
}

/** A batch whose list was read by the product itself, in this process: no bot may run, which would read it too. */
export async function readBatch(stand: Stand, rows: number): Promise<ReadBatch> {
  drafts += 1;
  const draft: Draft = {
    tenantId: stand.tenantId,
    userId: stand.userId,
    provider: 'onbuka',
    submitKey: `bench-${drafts}`,
    content: 'Hello from the bench',
    senderId: null,
    defaultCountry: 'CN',
    slackChannelId: 'C0BENCH',
    slackViewId: null,
    sources: [{ kind: 'file', slackFileId: 'F0BENCH', name: 'bench.csv', sizeBytes: rows * 20 }],
  };
  const { batchId } = await createBatch(stand.app, draft);
  await importRecipients(stand.app, batchId, () => csv(rows));
  const review = await getReview(stand.app, { tenantId: stand.tenantId, batchId });
  if (review?.status !== 'ready' || review.accepted !== rows) {
    throw new Error(`The list was not read whole: ${review?.status}, ${review?.accepted} of ${rows}`);
  }
  return { batchId, version: review.version };
}

const FILE_ROWS = 400_000;
const WAIT = { timeoutMs: 300_000 };

/** Anna uploads a list in the modal of a bot, waits for the review and presses Send. Answers her batch. */
export async function sendList(stand: Stand, rows: number): Promise<string> {
  const { slack } = stand;
  const anna = slack.as('U0ANNA0001');
  await anna.command('/sms send', slack.channel('marketing').id);
  const compose = await slack.waitFor(() => anna.modal(), WAIT);
  const files = listFiles(rows);
  await anna.submit(compose.id, { Message: 'Hello from the bench', 'Recipients file': files });
  const review = await slack.waitFor(() => {
    const view = anna.modal();
    return view?.submit?.text.startsWith('Send ') ? view : null;
  }, WAIT);
  await anna.submit(review.id);
  const [batch] = await stand.database.knex('sms_batch').orderBy('id', 'desc').limit(1).select('id');
  return batch.id;
}

/** The list in files that Slack takes: 10 MB each at most. */
function listFiles(rows: number): { name: string; content: Buffer }[] {
  const files: { name: string; content: Buffer }[] = [];
  for (let first = 0; first < rows; first += FILE_ROWS) {
    const lines = Array.from({ length: Math.min(FILE_ROWS, rows - first) }, (_, i) =>
      number(first + i, rows),
    );
    files.push({
      name: `list-${files.length + 1}.csv`,
      content: Buffer.from(`phone\n${lines.join('\n')}\n`),
    });
  }
  return files;
}
