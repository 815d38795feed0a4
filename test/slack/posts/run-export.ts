import { randomUUID } from 'node:crypto';
import { parse } from 'papaparse';
import type { ExportedPart } from '../../../src/batches/exporting/open-export';
import { FILE_LIMITS } from '../../../src/exports/write-files';
import { deliverExport } from '../../../src/slack/posts/deliver-export';
import { updateStatusMessage } from '../../../src/slack/posts/update-status-message';
import { ANNA, type Harness, SECRETS } from '../harness';

/** A batch of these files and pasted numbers, submitted, with its message in #marketing. */
export async function startedFromFiles(
  harness: Harness,
  files: { name: string; content: string | Buffer }[],
  pasted = '',
): Promise<string> {
  const anna = harness.slack.as(ANNA);
  const viewId = await harness.compose();
  const recipients = pasted ? { 'Or paste numbers': pasted } : {};
  await anna.submit(viewId, { Message: 'Hello', 'Recipients file': files, ...recipients });
  const batchId = await harness.read();
  await anna.submit(viewId);
  await updateStatusMessage(harness.clients, batchId);
  await harness.submitAll(batchId);
  return batchId;
}

/** The messages with files that Anna sees: the exports. */
export function exportsSeen(harness: Harness) {
  const anna = harness.slack.as(ANNA);
  const seen = [...harness.slack.messages(harness.marketing), ...anna.sees(anna.direct())];
  return seen.filter((one) => one.files?.length);
}

/**
 * Runs an export as the job does, and reads all its files. With the same `id` it is another try of the same request.
 */
export async function exportAs(
  harness: Harness,
  {
    id = randomUUID(),
    batchId,
    part = 'recipients',
    userId = ANNA,
  }: { id?: string; batchId: string; part?: ExportedPart; userId?: string },
  limits = FILE_LIMITS,
) {
  const user = await harness.app.db('app_user').where({ external_id: userId }).first('id');
  const requested = { id, tenantId: harness.tenantId, batchId, userId: user.id, part };
  const rest = await deliverExport(harness.clients, requested, 1, { limits });
  const message = exportsSeen(harness).at(-1);
  const contents = await contentsOf(message?.files ?? []);
  const tables = contents.map(toTable);
  return { rest, message, contents, tables, content: contents[0] ?? '', rows: tables[0] ?? [] };
}

/** The rows in each file of a message. */
export async function tablesOf(files: { url_private_download: string }[]): Promise<string[][][]> {
  return (await contentsOf(files)).map(toTable);
}

function toTable(content: string): string[][] {
  return parse<string[]>(content.slice(1), { skipEmptyLines: true }).data;
}

function contentsOf(files: { url_private_download: string }[]): Promise<string[]> {
  return Promise.all(files.map((file) => download(file.url_private_download)));
}

async function download(url: string): Promise<string> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${SECRETS.botToken}` } });
  return Buffer.from(await response.arrayBuffer()).toString();
}
