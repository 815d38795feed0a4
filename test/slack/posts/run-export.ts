import { parse } from 'papaparse';
import type { ExportedPart } from '../../../src/batches/exporting/open-export';
import { deliverExport } from '../../../src/slack/posts/deliver-export';
import { FILE_LIMITS } from '../../../src/slack/posts/exports/spool-files';
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

/** Runs an export as the job does, and reads all its files. */
export async function exportAs(
  harness: Harness,
  { batchId, part = 'recipients', userId = ANNA }: { batchId: string; part?: ExportedPart; userId?: string },
  limits = FILE_LIMITS,
) {
  const user = await harness.app.db('app_user').where({ slack_user_id: userId }).first('id');
  const requested = { tenantId: harness.tenantId, batchId, userId: user.id, part };
  const rest = await deliverExport(harness.clients, requested, 1, limits);
  const message = exportsSeen(harness).at(-1);
  const contents = await Promise.all(
    (message?.files ?? []).map((file) => download(file.url_private_download)),
  );
  const tables = contents.map((content) => parse<string[]>(content.slice(1), { skipEmptyLines: true }).data);
  return { rest, message, contents, tables, content: contents[0] ?? '', rows: tables[0] ?? [] };
}

async function download(url: string): Promise<string> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${SECRETS.botToken}` } });
  return Buffer.from(await response.arrayBuffer()).toString();
}
