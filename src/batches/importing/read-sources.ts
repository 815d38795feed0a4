import type { Knex } from 'knex';
import { NumberSet } from '../../recipients/number-set';
import { readPasted } from '../../recipients/read-pasted';
import { readRecipients } from '../../recipients/read-recipients';
import type { Column, CountryCode } from '../../recipients/recipient';
import type { AppContext } from '../app-context';
import type { Review } from '../batch';
import { enqueueReview } from '../enqueue-jobs';
import type { BatchRow } from '../store/batches';
import { listSources, type Source } from '../store/sources';
import { copyAccepted, copyRejected } from './copy-recipients.sql';
import { saveReadProgress } from './import-progress.sql';

/** At most so many recipients in a batch, and as many rows that are left out: a file of anything else is not stored. */
export const MAX_RECIPIENTS = 1_000_000;

const NOTE_EVERY_MS = 1_000;
/** The person sees how far reading has come no more often than this. */
const SHOW_EVERY_MS = 2_000;

/** Gives the bytes of an uploaded file; throws an error whose `code` starts with `file_` where it cannot be had. */
export type DownloadFile = (slackFileId: string) => AsyncIterable<Uint8Array>;

export type ReadResult =
  | { kind: 'read'; accepted: number; countries: Map<string | null, number> }
  | { kind: 'column_in_doubt'; questions: Review['columnQuestions'] }
  | {
      kind: 'unreadable';
      code: 'unreadable_file' | 'file_unavailable' | 'too_many_recipients';
      detail: string;
    };

/** Reads one source after the other and copies what it finds, so that memory does not grow with the files. */
export async function readSources(
  app: AppContext,
  trx: Knex.Transaction,
  batch: BatchRow,
  chunkSize: number,
  openFile: DownloadFile,
  maxRecipients: number,
): Promise<ReadResult> {
  const seen = new NumberSet();
  const countries = new Map<string | null, number>();
  const questions: Review['columnQuestions'] = [];
  const note = progressNotes(app, batch.id);
  const fill = { provider: batch.channel, batchId: batch.id, orderPrefix: batch.order_prefix, chunkSize };
  const copies = oneBehind();
  let accepted = 0;
  let rejected = 0;

  try {
    for (const source of await listSources(trx, batch.id)) {
      for await (const event of eventsOf(source, optionsFor(batch, source, seen), openFile)) {
        if (event.kind === 'unavailable') return unreadable('file_unavailable', event.code, source);
        if (event.kind === 'unreadable') return unreadable('unreadable_file', event.reason, source);
        if (event.kind === 'column_in_doubt') questions.push(question(source, event.columns));
        if (event.kind !== 'rows' || questions.length > 0) continue;
        const firstPosition = accepted + 1;
        await copies.add(async (onSent) => {
          await copyAccepted(trx, fill, firstPosition, event.accepted, onSent);
          await copyRejected(trx, batch.id, event.rejected);
        });
        accepted += event.accepted.length;
        rejected += event.rejected.length;
        if (Math.max(accepted, rejected) > maxRecipients)
          return unreadable('too_many_recipients', String(maxRecipients), source);
        for (const { country } of event.accepted) countries.set(country, (countries.get(country) ?? 0) + 1);
        await note(source.ordinal, event);
      }
    }
  } finally {
    await copies.end();
  }
  return questions.length > 0
    ? { kind: 'column_in_doubt', questions }
    : { kind: 'read', accepted, countries };
}

/** Copies one block while the next is being read: the database and we work side by side, a block apart. */
function oneBehind() {
  let underWay = Promise.resolve();
  return {
    /**
     * Begins when the former copy has ended, and rejects with its fault. Resolves once this one's rows are sent:
     * reading holds our only thread, and a database that still had to ask for them would wait for its end.
     */
    add: async (copy: (onSent: () => void) => Promise<void>) => {
      await underWay;
      await new Promise<void>((resolve) => {
        underWay = copy(resolve);
        // Whoever adds next, or ends, is told; a fault that nobody waits for yet must not end the process.
        underWay.catch(() => resolve());
      });
    },
    end: () => underWay,
  };
}

function eventsOf(source: Source, options: ReturnType<typeof optionsFor>, openFile: DownloadFile) {
  return unavailableAsEvent(
    source.slack_file_id === null
      ? readPasted(source.pasted_text ?? '', options)
      : readRecipients(openFile(source.slack_file_id), options),
  );
}

function optionsFor(batch: BatchRow, source: Source, seen: NumberSet) {
  return {
    source: source.ordinal,
    seen,
    ...(batch.default_country ? { defaultCountry: batch.default_country as CountryCode } : {}),
    ...(source.phone_column === null ? {} : { phoneColumn: source.phone_column }),
  };
}

/** A file that cannot be had is an expected outcome; such an error carries a `code` that starts with `file_`. */
async function* unavailableAsEvent<E>(
  events: AsyncIterable<E>,
): AsyncGenerator<E | { kind: 'unavailable'; code: string }> {
  try {
    yield* events;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!code.startsWith('file_')) throw error;
    yield { kind: 'unavailable', code };
  }
}

function unreadable(
  code: Extract<ReadResult, { kind: 'unreadable' }>['code'],
  why: string,
  source: Source,
): ReadResult {
  return { kind: 'unreadable', code, detail: `${why}: ${source.name ?? ''}` };
}

function question(source: Source, columns: Column[]): Review['columnQuestions'][number] {
  return { source: source.ordinal, sourceName: source.name, columns };
}

/** Progress is written outside the reading's transaction, so that it is seen before the end. */
function progressNotes(app: AppContext, batchId: string) {
  const bytesBySource = new Map<number, number>();
  let rows = 0;
  let noted = Number.NEGATIVE_INFINITY;
  return async (source: number, block: { bytesRead: number; accepted: unknown[]; rejected: unknown[] }) => {
    bytesBySource.set(source, block.bytesRead);
    rows += block.accepted.length + block.rejected.length;
    if (performance.now() - noted < NOTE_EVERY_MS) return;
    noted = performance.now();
    const bytes = [...bytesBySource.values()].reduce((sum, each) => sum + each, 0);
    await saveReadProgress(app.db, batchId, { bytes, rows });
    await enqueueReview(app.db, batchId, SHOW_EVERY_MS);
  };
}
