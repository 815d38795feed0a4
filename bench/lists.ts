import type { Draft } from '../src/batches/draft-input';
import { createBatch } from '../src/batches/importing/create-batch';
import { importRecipients } from '../src/batches/importing/import-recipients';
import { getReview } from '../src/batches/views/get-review';
import { insertSlackBatch } from '../src/slack/store/slack-batches.sql';
import type { BenchSystem } from './bench-system';
import { ORIGIN } from './origin';

const FIRST = 13_000_000_000;
const BLOCK_ROWS = 5_000;

/** Made-up Chinese mobile numbers in shuffled order, so that no index gets them sorted. */
export function number(row: number, rows: number): number {
  // A stride with no factor in common with the row count visits every number once.
  return FIRST + ((row * 7_919) % rows) * 7;
}

/** A CSV of this many rows, generated while it is read. */
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

/** A batch whose list the product has read in this process. No bot may run: it would read the list too. */
export async function readBatch(system: BenchSystem, rows: number): Promise<ReadBatch> {
  drafts += 1;
  const { app, actor } = system;
  app.sources[ORIGIN] = () => csv(rows);
  const draft: Draft = {
    accountId: null,
    submitKey: `bench-${drafts}`,
    content: 'Hello from the bench',
    senderId: null,
    defaultCountry: 'CN',
    sources: [{ kind: 'file', origin: ORIGIN, ref: 'F0BENCH', name: 'bench.csv', sizeBytes: rows * 20 }],
  };
  const { batchId } = await createBatch(app, actor, draft, (trx, id) =>
    insertSlackBatch(trx, { batchId: id, channelId: 'C0BENCH', viewId: null }),
  );
  await importRecipients(app, batchId);
  const review = await getReview(app, actor, batchId);
  if (review?.status !== 'ready' || review.accepted !== rows) {
    throw new Error(`The list was not read completely: ${review?.status}, ${review?.accepted} of ${rows}`);
  }
  return { batchId, version: review.version };
}

const FILE_ROWS = 400_000;
const WAIT = { timeoutMs: 300_000 };

/** Anna uploads a list in the bot's form, waits for the review and presses Send. Returns the batch id. */
export async function sendList(system: BenchSystem, rows: number): Promise<string> {
  const { slack } = system;
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
  const [batch] = await system.database.knex('sms_batch').orderBy('id', 'desc').limit(1).select('id');
  return batch.id;
}

/** The list in files that Slack accepts: at most 10 MB each. */
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
