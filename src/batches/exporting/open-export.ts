import type { JobPayload } from '../../queue/jobs';
import type { RejectedRow } from '../../recipients/recipient';
import type { AppContext } from '../app-context';
import { enqueueExport, exportKey } from '../enqueue-jobs';
import type { DownloadFile } from '../importing/read-sources';
import { writeAudit } from '../store/audit';
import { findBatch } from '../store/batches';
import { countRejected } from '../store/rejected-rows';
import { listSources } from '../store/sources';
import { type ExportedRecipient, streamRecipients, streamRejected } from './export-rows.sql';
import { type OriginalRows, openOriginalRows } from './original-rows';

export type { ExportedRecipient };
export { exportKey };
export type Export = JobPayload<'export-batch'>;
export type ExportedPart = Export['part'];

/**
 * A person asks for a file of a batch's recipients or rejected rows. Returns how many rows it will have; no file is
 * made for 0 rows. Null where the workspace has no such batch.
 */
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

/** The data of an export. Read it once, block after block, then close `originals`. */
export interface ExportSource {
  /** Index is the `source` of a row; null for pasted numbers. */
  sourceNames: (string | null)[];
  originals: OriginalRows;
  recipients(timeZone: string): AsyncGenerator<ExportedRecipient[]>;
  rejected(): AsyncGenerator<RejectedRow[]>;
}

/** `isWanted` chooses among the columns of the uploaded files. Null where there is no such batch. */
export async function openExport(
  app: AppContext,
  batchId: string,
  downloadFile: DownloadFile,
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
    originals: await openOriginalRows(sources, batch.default_country, downloadFile, isWanted),
    recipients: (timeZone) => streamRecipients(app.db, key, timeZone),
    rejected: () => streamRejected(app.db, batchId),
  };
}
