import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Knex } from 'knex';

const compress = promisify(gzip);
const expand = promisify(gunzip);
/** The quickest: what costs is writing to Postgres, and a CSV shrinks to a sixth even so. */
const LEVEL = 1;

/**
 * Files that were made for people or programs, in pieces, so that every process can deliver them. Each file that is
 * begun has an id of its own: two processes that make the same export at once do not touch each other's pieces.
 */

export interface ExportFile {
  id: string;
  /** 0, 1, …: a long list is cut into several files. */
  index: number;
  bytes: number;
  lines: number;
  /** Uploaded files that could not be read again: their columns are missing in it. */
  missingFiles: string[];
}

/** How long a file is kept after it was made. */
const KEEP_FILES_HOURS = 24;
/** Longer than an export takes. After that time, pieces of no file are of one that was deleted, or was never whole. */
const KEEP_LOOSE_PIECES_HOURS = 1;

/** In their order. Empty where the export was not made, or not to its end. */
export async function findExportFiles(db: Knex, key: string): Promise<ExportFile[]> {
  const rows = await db('export_file as file')
    .where({ key })
    .orderBy('index')
    .select('id', 'file_index as index', 'lines', 'pieces', 'missing_files as missingFiles')
    .select(db.raw('bytes::float8 as bytes'))
    .select(db.raw('(select count(*)::int from export_piece where file_id = file.id) as found'));
  // Pieces are not logged: after a crash of the database they are gone.
  const isWhole = rows.every(({ pieces, found }) => pieces === found);
  return isWhole ? rows.map(({ pieces, found, ...file }) => file) : [];
}

/** Writes the next piece of a file, at most 1 MiB before it is compressed. */
export async function writePiece(
  db: Knex,
  { fileId, ordinal, data }: { fileId: string; ordinal: number; data: Buffer },
): Promise<void> {
  await db('export_piece').insert({ file_id: fileId, ordinal, data: await compress(data, { level: LEVEL }) });
}

/**
 * The export is whole: from now on it can be found. Where another process was quicker, its files stay the export.
 * Returns the files of the export.
 */
export async function saveExportFiles(
  db: Knex,
  { tenantId, key }: { tenantId: string; key: string },
  files: (ExportFile & { pieces: number })[],
): Promise<ExportFile[]> {
  return db.transaction(async (trx) => {
    await trx.raw(`select pg_advisory_xact_lock(hashtext('bulk_sms export'), hashtext(?))`, [key]);
    const earlier = await findExportFiles(trx, key);
    if (earlier.length > 0) return earlier;
    // Files whose pieces a crash of the database has taken.
    await deleteExport(trx, key);
    await trx('export_file').insert(
      files.map(({ index, missingFiles, ...file }) => ({
        ...{ tenant_id: tenantId, key, file_index: index, missing_files: missingFiles },
        ...file,
      })),
    );
    return findExportFiles(trx, key);
  });
}

/** One piece after the other. Throws where one is missing. */
export async function* readPieces(db: Knex, { id, bytes }: ExportFile): AsyncGenerator<Buffer> {
  let read = 0;
  for (let ordinal = 0; read < bytes; ordinal += 1) {
    const piece = await db('export_piece').where({ file_id: id, ordinal }).first('data');
    if (!piece) throw new Error('A piece of an export is missing.');
    const data = await expand(piece.data);
    read += data.length;
    yield data;
  }
}

/** The files were delivered, or are to be made anew. */
export async function deleteExport(db: Knex, key: string): Promise<void> {
  const ids = await db('export_file').where({ key }).delete().returning('id');
  await db('export_piece')
    .whereIn(
      'file_id',
      ids.map(({ id }) => id),
    )
    .delete();
}

/** Deletes what nobody will deliver any more: files after a day, and pieces of no file after an hour. */
export async function deleteOldExports(db: Knex): Promise<void> {
  const isOlder = `< now() - ? * interval '1 hour'`;
  await db('export_file').whereRaw(`made_at ${isOlder}`, [KEEP_FILES_HOURS]).delete();
  await db('export_piece as piece')
    .whereRaw(`written_at ${isOlder}`, [KEEP_LOOSE_PIECES_HOURS])
    .whereNotExists(db('export_file').whereRaw('id = piece.file_id'))
    .delete();
}
