import { createReadStream } from 'node:fs';
import type { AppContext } from '../src/batches/app-context';
import { openExport } from '../src/batches/exporting/open-export';
import { openDatabase } from '../src/db/connect';
import { createLog } from '../src/log';
import { recipientTable } from '../src/slack/posts/exports/export-lines';
import { spoolLines } from '../src/slack/posts/exports/spool-files';
import { wordsFor } from '../src/words/words-for';
import { peakMb } from './peak-memory';

/**
 * Exports one batch to a file. In its own process, so that the memory is the export's alone: it must not load the local
 * Slack and Buka of the bench. Prints lines, seconds and peak.
 */
async function main(databaseUrl: string, batchId: string, listFile: string): Promise<void> {
  const log = createLog('warn');
  const database = await openDatabase({ databaseUrl, dataDir: '', log });
  const started = performance.now();
  const source = await openExport({ db: database.knex } as AppContext, batchId, () =>
    createReadStream(listFile),
  );
  if (!source) throw new Error(`There is no batch ${batchId}.`);
  const { headLine, blocks } = recipientTable({ words: wordsFor('en-US'), timeZone: 'UTC' }, source);
  const lines = await spoolLines(headLine, blocks, async (files) =>
    files.reduce((sum, file) => sum + file.lines, 0),
  );
  await source.originals.close();
  const seconds = (performance.now() - started) / 1000;
  await database.close();
  process.stdout.write(`${JSON.stringify({ lines, seconds, peakMb: peakMb(process.pid) })}\n`);
}

const [databaseUrl = '', batchId = '', listFile = ''] = process.argv.slice(2);
main(databaseUrl, batchId, listFile).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
