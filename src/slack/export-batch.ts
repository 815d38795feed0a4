import type { BatchSummary } from '../batches/batch';
import { type Export, type ExportedPart, openExport } from '../batches/export-batch';
import { getBatchSummary } from '../batches/get-batch-summary';
import { getUser } from '../tenants/person';
import { getTenant } from '../tenants/tenant';
import type { Again } from './again';
import { leftOutTable, recipientTable, type Table } from './exports/export-lines';
import { type SpooledFile, spoolLines } from './exports/spool';
import { shareFiles, type UploadedFile, uploadFile } from './exports/upload-files';
import { openSlackFile } from './files';
import { isDirect } from './messages/batch-message';
import { isChannelLost, slackFaultOf } from './slack-fault';
import type { SlackPost } from './slack-post';
import type { Words } from './words/en';
import { readerOf, wordsFor } from './words/words-for';

/**
 * Makes the CSV that a person asked for, in their language and on their clock, and brings it into the thread of
 * the batch's report; by direct message to them where the channel is lost. Throws what a later attempt may mend.
 */
export async function exportBatch(post: SlackPost, wanted: Export): Promise<Again> {
  const { tenantId, batchId, userId, part } = wanted;
  const { db } = post.heart;
  const summary = await getBatchSummary(post.heart, { tenantId, batchId });
  const source = await openExport(post.heart, batchId, (id) => openSlackFile(post, id));
  const person = await getUser(db, userId);
  const tenant = await getTenant(db, tenantId);
  if (!summary || !source || !person || !tenant) return {};
  const words = wordsFor(tenant.locale);
  const table = (part === 'recipients' ? recipientTable : leftOutTable)(readerOf(person), source);
  const to: Address = { post, summary, slackUserId: person.slackUserId };
  const lacksColumns = part === 'recipients' && source.originals === null;
  try {
    await bring(to, table, nameOf(batchId, part), (lines) => commentOn(words, to, part, lines, lacksColumns));
    return {};
  } catch (error) {
    const fault = slackFaultOf(error);
    if (fault?.kind === 'limited') return { againInMs: fault.retryAfterMs };
    if (fault?.kind !== 'refused') throw error;
    post.log.error({ err: error, batchId }, 'Slack does not take the file of an export');
    await tellPerson(to, wordsFor(person.locale).exports.refused(fault.error));
    return {};
  } finally {
    await source.originals?.close();
  }
}

interface Address {
  post: SlackPost;
  summary: BatchSummary;
  /** Who asked. */
  slackUserId: string;
}

function bring(
  to: Address,
  { headLine, blocks }: Table,
  name: string,
  comment: (lines: number) => string,
): Promise<void> {
  return spoolLines(headLine, blocks, async (files) => {
    const uploaded: UploadedFile[] = [];
    for (const [index, file] of files.entries()) {
      uploaded.push(await uploadFile(to.post, fileName(name, index), file));
    }
    await share(to, uploaded, comment(countLines(files)));
  });
}

async function share({ post, summary, slackUserId }: Address, files: UploadedFile[], comment: string) {
  const { slackChannelId: channelId, slackMessageTs: threadTs } = summary;
  try {
    await shareFiles(post, files, { channelId, threadTs }, comment);
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault || !isChannelLost(fault) || isDirect(channelId)) throw error;
    const { channel } = await post.client.conversations.open({ users: slackUserId });
    await shareFiles(post, files, { channelId: channel?.id as string, threadTs: null }, comment);
  }
}

async function tellPerson({ post, slackUserId }: Address, text: string): Promise<void> {
  const { channel } = await post.client.conversations.open({ users: slackUserId });
  await post.poster.chat.postMessage({ channel: channel?.id as string, text });
}

function commentOn(
  words: Words,
  { summary, slackUserId }: Address,
  part: ExportedPart,
  lines: number,
  lacksColumns: boolean,
): string {
  const comment = words.exports.comment[part](`<@${slackUserId}>`, summary.id, lines);
  return lacksColumns ? `${comment} ${words.exports.columnsGone}` : comment;
}

const nameOf = (batchId: string, part: ExportedPart) =>
  part === 'recipients' ? `batch-${batchId}` : `batch-${batchId}-left-out`;

const fileName = (name: string, index: number) => (index === 0 ? `${name}.csv` : `${name}-${index + 1}.csv`);

const countLines = (files: SpooledFile[]) => files.reduce((sum, file) => sum + file.lines, 0);
