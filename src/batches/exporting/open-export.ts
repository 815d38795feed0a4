import type { JobPayload } from '../../queue/jobs';
import type { RejectedRow } from '../../recipients/recipient';
import type { ApiKeyActor, PersonActor } from '../../tenants/actor';
import type { AppContext } from '../app-context';
import { requireSight } from '../authority/sight';
import { enqueueExport } from '../enqueue-jobs';
import { openSource } from '../importing/open-source';
import { type OpenedRequest, openLongRequest } from '../long-requests/open-long-request';
import { writeAudit } from '../store/audit';
import { findBatch } from '../store/batches';
import { findForAct, findForActNow } from '../store/find-for-act';
import { countRejected } from '../store/rejected-rows';
import { listSources } from '../store/sources';
import { type ExportedRecipient, streamRecipients, streamRejected } from './export-rows.sql';
import { type OriginalRows, openOriginalRows } from './original-rows';

export type { ExportedRecipient };
export type Export = JobPayload<'export-batch'>;
export type ExportedPart = Export['part'];

/** The files of a request are stored under it. */
export const exportKey = ({ id }: Pick<Export, 'id'>) => `export:${id}`;

/** What becomes of the question for a file. */
export type RequestedExport =
  | { kind: 'not_found' }
  /** There is no row to write. */
  | { kind: 'nothing' }
  /** `rows`: how many the file will have. */
  | (OpenedRequest & { rows: number });

/**
 * A person asks for a file of a batch's recipients or rejected rows. The files are found by the id of the request, once they
 * are made. The same file, asked for while it is being made, is that file.
 */
export async function requestExport(
  app: AppContext,
  actor: PersonActor | ApiKeyActor,
  { batchId, part }: Pick<Export, 'batchId' | 'part'>,
): Promise<RequestedExport> {
  const batch = await findForAct(app.db, actor, 'export', batchId);
  if (!batch) return { kind: 'not_found' };
  await requireSight(app, batch, actor, 'export');
  const rows = part === 'recipients' ? batch.total_count : await countRejected(app.db, batch.id);
  if (rows === 0) return { kind: 'nothing' };
  return app.db.transaction(async (trx) => {
    const { tenantId, userId } = actor;
    await findForActNow(trx, actor, 'export', batchId);
    const asked = { kind: 'export', tenantId, userId, batchId, subject: `${batchId}:${part}` } as const;
    const opened = await openLongRequest(trx, { ...asked, most: app.settings.maxExportsPerPerson });
    if (opened.kind !== 'opened') return { ...opened, rows };
    await writeAudit(trx, actor, { batchId, action: 'batch.export', detail: { part, rows } });
    await enqueueExport(trx, { id: opened.id, tenantId, userId, batchId, part });
    return { ...opened, rows };
  });
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
  isWanted: (column: string) => boolean = () => true,
): Promise<ExportSource | null> {
  const batch = await findBatch(app.db, batchId);
  if (!batch) return null;
  const sources = await listSources(app.db, batchId);
  const key = { batchId, orderPrefix: batch.order_prefix };
  const sourceNames: (string | null)[] = [];
  for (const { ordinal, name } of sources) sourceNames[ordinal] = name;
  return {
    sourceNames,
    originals: await openOriginalRows(
      sources,
      batch.default_country,
      (source) => openSource(app, batch.tenant_id, source),
      isWanted,
    ),
    recipients: (timeZone) => streamRecipients(app.db, key, timeZone),
    rejected: () => streamRejected(app.db, batchId),
  };
}
