import type { AppContext } from '../batches/app-context';
import { deleteExport, type ExportFile, findExportFiles } from '../batches/exporting/export-files.sql';
import { type Export, exportKey, openExport } from '../batches/exporting/open-export';
import { getUser } from '../tenants/person';
import { readerOf } from '../words/words-for';
import type { CsvTable } from './csv';
import { isNotOfLeftOut, leftOutTable, recipientTable } from './export-lines';
import { FILE_LIMITS, type FileLimits, writeFiles } from './write-files';

interface MakeOptions {
  limits?: FileLimits;
  /** Ends it when it fires, with its reason. */
  stop?: AbortSignal;
}

/**
 * The files that somebody asked for, in their language and time zone, in the store that every process reaches. They are
 * made once: a later try of the same request finds them, another request gets its own. Empty where there is no such
 * batch or person. Throws what a later try may fix. Whoever has delivered them deletes them.
 */
export async function makeExport(
  app: AppContext,
  wanted: Export,
  { limits = FILE_LIMITS, stop }: MakeOptions = {},
): Promise<ExportFile[]> {
  const key = exportKey(wanted);
  const made = await findExportFiles(app.db, key);
  if (made.length > 0) return made;
  const person = await getUser(app.db, wanted.userId);
  if (!person) return [];
  const isWanted = wanted.part === 'left_out' ? isNotOfLeftOut : undefined;
  const source = await openExport(app, wanted.batchId, isWanted);
  if (!source) return [];
  try {
    const tableOf = wanted.part === 'recipients' ? recipientTable : leftOutTable;
    const { missingFiles } = source.originals;
    const { tenantId } = wanted;
    return await writeFiles(
      app.db,
      { tenantId, key, missingFiles },
      until(stop, tableOf(readerOf(person), source)),
      limits,
    );
  } finally {
    await source.originals.close();
  }
}

/** The lines until somebody stops it. */
function until(stop: AbortSignal | undefined, { headLine, blocks }: CsvTable): CsvTable {
  async function* stoppable() {
    for await (const block of blocks) {
      stop?.throwIfAborted();
      yield block;
    }
  }
  return { headLine, blocks: stoppable() };
}

/** Makes the files for a door that fetches them. Where somebody stops it, nothing of it is left. */
export async function makeToFetch(app: AppContext, wanted: Export, stop: AbortSignal): Promise<void> {
  try {
    stop.throwIfAborted();
    await makeExport(app, wanted, { stop });
  } catch (error) {
    if (!stop.aborted) throw error;
    await deleteExport(app.db, exportKey(wanted));
  }
}
