import type { BatchSummary } from '../batches/batch';
import {
  beginSharing,
  type Export,
  type ExportSource,
  endSharing,
  getOpenSharing,
  openExport,
} from '../batches/export-batch';
import { getBatchSummary } from '../batches/get-batch-summary';
import { getUser, type Person } from '../tenants/person';
import { getTenant } from '../tenants/tenant';
import type { Again } from './again';
import { askChannelAccess } from './channel-access';
import { inline } from './escape';
import { leftOutTable, recipientTable } from './exports/export-lines';
import { FILE_LIMITS, type SpooledFile, spoolLines } from './exports/spool';
import { isShared, shareFiles, type UploadedFile, uploadFile } from './exports/upload-files';
import { openSlackFile, SlackFileError } from './files';
import { isDirect } from './messages/batch-message';
import { isChannelLost, slackFaultOf } from './slack-fault';
import type { SlackPost } from './slack-post';
import type { Words } from './words/en';
import { readerOf, wordsFor } from './words/words-for';

const AWAY_AGAIN_MS = 60_000;

/**
 * Makes the CSV that a person asked for, in their language and on their clock, and brings it into the thread of
 * the batch's report; by direct message to them where the channel is lost or another organisation is in it. All its files are shared at once or none,
 * and not again by an attempt that follows one which was cut short. Throws what a later attempt may mend.
 */
export async function exportBatch(post: SlackPost, wanted: Export, limits = FILE_LIMITS): Promise<Again> {
  const to = await addressOf(post, wanted);
  if (!to) return {};
  try {
    if (!(await wasShared(post, wanted))) await makeAndBring(to, wanted, limits);
  } catch (error) {
    const fault = slackFaultOf(error);
    if (fault?.kind === 'limited') return { againInMs: fault.retryAfterMs };
    if (isAway(error)) return { againInMs: AWAY_AGAIN_MS };
    if (fault?.kind !== 'refused') throw error;
    post.log.error({ err: error, batchId: wanted.batchId }, 'Slack does not take the file of an export');
    await tellPerson(to, wordsFor(to.person.locale).exports.refused(fault.error));
  }
  await endSharing(post.heart, wanted);
  return {};
}

/** Slack did not answer: there is nothing to tell, and nobody to tell it to. */
function isAway(error: unknown): boolean {
  const fault = slackFaultOf(error);
  if (fault) return fault.kind === 'unclear' || fault.kind === 'unreachable';
  return error instanceof SlackFileError && error.code === 'file_unreachable';
}

interface Address {
  post: SlackPost;
  summary: BatchSummary;
  /** Who asked. */
  person: Person;
  /** The language of the channel. */
  words: Words;
}

async function addressOf(post: SlackPost, { tenantId, batchId, userId }: Export): Promise<Address | null> {
  const { db } = post.heart;
  const summary = await getBatchSummary(post.heart, { tenantId, batchId });
  const person = await getUser(db, userId);
  const tenant = await getTenant(db, tenantId);
  return summary && person && tenant ? { post, summary, person, words: wordsFor(tenant.locale) } : null;
}

/** A former attempt may have been killed between the sharing and the note of it: then there is nothing left to do. */
async function wasShared(post: SlackPost, wanted: Export): Promise<boolean> {
  const [first] = (await getOpenSharing(post.heart, wanted)) ?? [];
  return first !== undefined && isShared(post, first);
}

async function makeAndBring(to: Address, wanted: Export, limits: typeof FILE_LIMITS): Promise<void> {
  const source = await openExport(to.post.heart, wanted.batchId, (id) => openSlackFile(to.post, id));
  if (!source) return;
  const { headLine, blocks } = tableOf(to, wanted, source);
  try {
    await spoolLines(headLine, blocks, (files) => bring(to, wanted, files, source), limits);
  } finally {
    await source.originals.close();
  }
}

function tableOf({ person }: Address, { part }: Export, source: ExportSource) {
  return (part === 'recipients' ? recipientTable : leftOutTable)(readerOf(person), source);
}

async function bring(to: Address, wanted: Export, files: SpooledFile[], source: ExportSource): Promise<void> {
  const uploaded: UploadedFile[] = [];
  for (const [index, file] of files.entries()) {
    uploaded.push(await uploadFile(to.post, fileName(wanted, index), file));
  }
  await beginSharing(
    to.post.heart,
    wanted,
    uploaded.map(({ id }) => id),
  );
  await share(to, uploaded, commentOn(to, wanted, files, source));
}

async function share({ post, summary, person, words }: Address, files: UploadedFile[], comment: string) {
  const { slackChannelId: channelId, slackMessageTs: threadTs } = summary;
  const direct = async (text: string) => {
    const { channel } = await post.client.conversations.open({ users: person.slackUserId });
    await shareFiles(post, files, { channelId: channel?.id as string, threadTs: null }, text);
  };
  if (!isDirect(channelId) && (await askChannelAccess(post.client, channelId)) === 'shared') {
    return direct(`${comment} ${words.exports.withStrangers(`<#${channelId}>`)}`);
  }
  try {
    await shareFiles(post, files, { channelId, threadTs }, comment);
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault || !isChannelLost(fault) || isDirect(channelId)) throw error;
    await direct(comment);
  }
}

async function tellPerson({ post, person }: Address, text: string): Promise<void> {
  const { channel } = await post.client.conversations.open({ users: person.slackUserId });
  await post.poster.chat.postMessage({ channel: channel?.id as string, text });
}

function commentOn(
  { words, summary, person }: Address,
  { part }: Export,
  spooled: SpooledFile[],
  { originals: { gone } }: ExportSource,
): string {
  const lines = spooled.reduce((sum, file) => sum + file.lines, 0);
  const comment = words.exports.comment[part](`<@${person.slackUserId}>`, summary.id, lines);
  if (part !== 'recipients' || gone.length === 0) return comment;
  const files = gone.map((name) => inline(name, 80)).join(', ');
  return `${comment} ${words.exports.columnsGone(files)}`;
}

function fileName({ batchId, part }: Export, index: number): string {
  const name = part === 'recipients' ? `batch-${batchId}` : `batch-${batchId}-left-out`;
  return index === 0 ? `${name}.csv` : `${name}-${index + 1}.csv`;
}
