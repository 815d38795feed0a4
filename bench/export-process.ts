import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { AppContext } from '../src/batches/app-context';
import { deleteExport } from '../src/batches/exporting/export-files.sql';
import { exportKey } from '../src/batches/exporting/open-export';
import { findBatch } from '../src/batches/store/batches';
import { openDatabase } from '../src/db/connect';
import { makeExport } from '../src/exports/make-export';
import { createLog } from '../src/log';
import { ORIGIN } from './origin';
import { peakMb } from './peak-memory';

/**
 * Makes the export of one batch. In its own process, so that the memory is the export's alone: it must not load the
 * local Slack and Buka of the bench. Prints lines, seconds and peak.
 */
async function main(databaseUrl: string, batchId: string, listFile: string): Promise<void> {
  const database = await openDatabase({ databaseUrl, dataDir: '', log: createLog('warn') });
  const batch = await findBatch(database.knex, batchId);
  if (!batch) throw new Error(`There is no batch ${batchId}.`);
  const app = {
    db: database.knex,
    sources: { [ORIGIN]: () => createReadStream(listFile) },
  } as Partial<AppContext> as AppContext;
  const wanted = {
    ...{ id: randomUUID(), tenantId: batch.tenant_id, userId: batch.user_id, batchId },
    part: 'recipients' as const,
  };
  const started = performance.now();
  const files = await makeExport(app, wanted);
  const seconds = (performance.now() - started) / 1000;
  await deleteExport(database.knex, exportKey(wanted));
  await database.close();
  const lines = files.reduce((sum, file) => sum + file.lines, 0);
  process.stdout.write(`${JSON.stringify({ lines, seconds, peakMb: peakMb(process.pid) })}\n`);
}

const [databaseUrl = '', batchId = '', listFile = ''] = process.argv.slice(2);
main(databaseUrl, batchId, listFile).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
