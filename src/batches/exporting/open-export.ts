import type { JobPayload } from '../../queue/jobs';
import type { AppContext } from '../app-context';
import { enqueueExport, exportKey } from '../enqueue-jobs';
import type { DownloadFile } from '../importing/read-sources';
import { writeAudit } from '../store/audit';
import { findBatch } from '../store/batches';
import { countRejected } from '../store/rejected-rows';
import { listSources } from '../store/sources';
import {
  type ExportedRecipient,
  type ExportedRejected,
  streamRecipients,
  streamRejected,
} from './export-rows.sql';
import { type OriginalRows, openOriginalRows } from './original-rows';

export type { ExportedRecipient, ExportedRejected };
export { exportKey };
export type Export = JobPayload<'export-batch'>;
export type ExportedPart = Export['part'];

/** A person asks for a file of a batch's recipients, or of the rows that were left out. Null: no such batch. */
export async function requestExport(app: AppContext, wanted: Export): Promise<{ rows: number } | null> {
  const { part, ...key } = wanted;
  const batch = await findBatch(app.db, key.batchId, key.tenantId);
  if (!batch) return null;
  const rows = part === 'recipients' ? batch.total_count : await countRejected(app.db, batch.id);
  if (rows === 0) return { rows };
  await app.db.transaction(async (trx) => {
    await writeAudit(trx, { ...key, action: 'batch.export', detail: { part, rows } });
    await enqueueExport(trx, wanted);
  });
  return { rows };
}

/** What an export is made of. To be read once, block after block, and then closed. */
export interface ExportSource {
  /** By `source` of a row; null for pasted numbers. */
  sourceNames: (string | null)[];
  originals: OriginalRows;
  recipients(timeZone: string): AsyncGenerator<ExportedRecipient[]>;
  rejected(): AsyncGenerator<ExportedRejected[]>;
}

/** `isWanted` chooses among the uploaded files' own columns. */
export async function openExport(
  app: AppContext,
  batchId: string,
  openFile: DownloadFile,
  isWanted: (column: string) => boolean = () => true,
): Promise<ExportSource | null> {
  const batch = await findBatch(app.db, batchId);
  if (!batch) return null;
  const sources = await listSources(app.db, batchId);
  const key = { provider: batch.channel, batchId, orderPrefix: batch.order_prefix };
  const sourceNames: (string | null)[] = [];
  for (const { ordinal, name } of sources) sourceNames[ordinal] = name;
  return {
    sourceNames,
    originals: await openOriginalRows(sources, batch.default_country, openFile, isWanted),
    recipients: (timeZone) => streamRecipients(app.db, key, timeZone),
    rejected: () => streamRejected(app.db, batchId),
  };
}
