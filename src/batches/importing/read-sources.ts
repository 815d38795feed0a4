import type { Knex } from 'knex';
import { NumberSet } from '../../recipients/numbers/number-set';
import { readPasted } from '../../recipients/read-pasted';
import { type ReadOptions, readRecipients } from '../../recipients/read-recipients';
import type { CountryCode, Layout, ReadEvent } from '../../recipients/recipient';
import type { AppContext } from '../app-context';
import type { ColumnQuestion } from '../batch';
import { enqueueReview } from '../enqueue-jobs';
import type { BatchRow } from '../store/batches';
import { listSources, type Source } from '../store/sources';
import { copyAccepted, copyRejected } from './copy-recipients.sql';
import { saveReadProgress } from './import-progress.sql';
import { openSource } from './open-source';
import { type StoredCounts, saveReading } from './source-readings.sql';

/** Most recipients of a batch, and most rejected rows: a file of something else is not stored. */
export const MAX_RECIPIENTS = 1_000_000;

const SAVE_EVERY_MS = 1_000;
/** Shortest time between two updates of the progress that the person sees. */
const SHOW_EVERY_MS = 2_000;

export type ReadResult =
  | { kind: 'read'; accepted: number; rejected: number; countries: Map<string | null, number> }
  | { kind: 'column_in_doubt'; questions: ColumnQuestion[] }
  /** The rows proved the layouts of these sources wrong: the list must be read again with these. */
  | { kind: 'refuted'; layouts: Map<number, Layout> }
  | {
      kind: 'unreadable';
      code:
        | 'unreadable_file'
        | 'file_unavailable'
        | 'too_many_recipients'
        | 'reading_too_long'
        | 'text_too_long'
        | 'account';
      detail: string;
    };

export interface ReadBounds {
  maxRecipients: number;
  /** By `performance.now`: then no further block is read. */
  endAt: number;
}

/** What an earlier reading of the same list has found. */
export interface Known {
  /** By source. */
  layouts: ReadonlyMap<number, Layout>;
  /** The numbers of rows that say no to messages. */
  noConsent: NumberSet;
}

/**
 * Reads one source after the other and copies each block at once, so that memory does not grow with the files. Once one
 * is in doubt, nothing more is copied: the others are only read, so that all questions are asked together.
 */
export async function readSources(
  app: AppContext,
  trx: Knex.Transaction,
  batch: BatchRow,
  place: Parameters<typeof copyAccepted>[4],
  known: Known,
  { maxRecipients, endAt }: ReadBounds,
): Promise<ReadResult> {
  const seen = new NumberSet();
  const countries = new Map<string | null, number>();
  const questions: ColumnQuestion[] = [];
  const layouts = new Map<number, Layout>();
  const saveProgress = progressSaver(app, batch.id);
  const target = { batchId: batch.id, orderPrefix: batch.order_prefix };
  const copies = oneBehind();
  let accepted = 0;
  let rejected = 0;

  try {
    for (const source of await listSources(trx, batch.id)) {
      const stored: StoredCounts = { accepted: 0, rejected: 0 };
      for await (const event of eventsOf(app, batch, source, optionsFor(batch, source, seen, known))) {
        if (performance.now() >= endAt) return unreadable('reading_too_long', 'time is over', source);
        if (event.kind === 'unavailable') return unreadable('file_unavailable', event.code, source);
        if (event.kind === 'unreadable') return unreadable('unreadable_file', reasonWithBound(event), source);
        if (event.kind === 'column_in_doubt') questions.push(question(source, event));
        if (event.kind === 'refuted') layouts.set(source.ordinal, event.layout);
        if (questions.length > 0 || layouts.size > 0) continue;
        if (event.kind === 'end') {
          const { layout, findings } = event;
          await copies.end();
          await saveReading(trx, batch.id, source.ordinal, { layout, findings }, stored);
        }
        if (event.kind !== 'rows') continue;
        const firstPosition = accepted + 1;
        await copies.add(async (onSent) => {
          stored.accepted += await copyAccepted(trx, target, firstPosition, event.accepted, place, onSent);
          stored.rejected += await copyRejected(trx, batch.id, event.rejected);
        });
        accepted += event.accepted.length;
        rejected += event.rejected.length;
        if (Math.max(accepted, rejected) > maxRecipients)
          return unreadable('too_many_recipients', String(maxRecipients), source);
        for (const { country } of event.accepted) countries.set(country, (countries.get(country) ?? 0) + 1);
        await saveProgress(source.ordinal, event);
      }
    }
  } finally {
    await copies.end();
  }
  if (layouts.size > 0) return { kind: 'refuted', layouts };
  if (questions.length > 0) return { kind: 'column_in_doubt', questions };
  return { kind: 'read', accepted, rejected, countries };
}

/** Copies one block while the next one is read: the database and this process work at the same time. */
function oneBehind() {
  let lastCopy = Promise.resolve();
  return {
    /**
     * Starts when the copy before it has ended, and rejects with that one's error. Resolves when its own rows are
     * sent: reading keeps the only thread busy, and rows that are not sent by then would wait until it ends.
     */
    add: async (copy: (onSent: () => void) => Promise<void>) => {
      await lastCopy;
      await new Promise<void>((resolve) => {
        lastCopy = copy(resolve);
        // The next `add` or `end` gets the error. Until then it must not end the process as unhandled.
        lastCopy.catch(() => resolve());
      });
    },
    end: () => lastCopy,
  };
}

function eventsOf(app: AppContext, batch: BatchRow, source: Source, options: ReadOptions) {
  const file = openSource(app, batch.tenant_id, source);
  return unavailableAsEvent(
    file ? readRecipients(file, options) : readPasted(source.pasted_text ?? '', options),
  );
}

function optionsFor(batch: BatchRow, source: Source, seen: NumberSet, known: Known): ReadOptions {
  return {
    source: source.ordinal,
    seen,
    noConsent: known.noConsent,
    choice: source.choice,
    decided: known.layouts.get(source.ordinal),
    ...(batch.default_country ? { defaultCountry: batch.default_country as CountryCode } : {}),
  };
}

/** A file that its origin does not give is an expected outcome: its error has a `code` that starts with `file_`. */
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

/** `too_many_columns 1 60000`: the line, and how much is there. */
function reasonWithBound({ reason, beyond }: Extract<ReadEvent, { kind: 'unreadable' }>): string {
  return beyond ? `${reason} ${beyond.line} ${beyond.count}` : reason;
}

function question(
  { ordinal, name }: Source,
  { columns, mayBeAll }: Extract<ReadEvent, { kind: 'column_in_doubt' }>,
): ColumnQuestion {
  return { source: ordinal, sourceName: name, columns, mayBeAll };
}

/** Saves progress outside the import's transaction, so that people see it before the end. */
function progressSaver(app: AppContext, batchId: string) {
  const bytesBySource = new Map<number, number>();
  let rows = 0;
  let savedAt = Number.NEGATIVE_INFINITY;
  return async (source: number, block: { bytesRead: number; accepted: unknown[]; rejected: unknown[] }) => {
    bytesBySource.set(source, block.bytesRead);
    rows += block.accepted.length + block.rejected.length;
    if (performance.now() - savedAt < SAVE_EVERY_MS) return;
    savedAt = performance.now();
    const bytes = [...bytesBySource.values()].reduce((sum, each) => sum + each, 0);
    await saveReadProgress(app.db, batchId, { bytes, rows });
    await enqueueReview(app.db, batchId, SHOW_EVERY_MS);
  };
}
