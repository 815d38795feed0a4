import type { BatchSummary } from '../../batches/batch';
import { type Export, type ExportSource, exportKey, openExport } from '../../batches/exporting/open-export';
import { beginUpload } from '../../batches/outbox/deferred-replies';
import { getBatchSummary } from '../../batches/views/get-batch-summary';
import { getUser, type Person } from '../../tenants/person';
import { getTenant } from '../../tenants/tenant';
import type { Words } from '../../words/en';
import { readerOf, wordsFor } from '../../words/words-for';
import { inline } from '../blocks/escape';
import { isDirectMessage } from '../blocks/parts/is-direct-message';
import { checkChannelAccess } from '../client/channel-access';
import { downloadFile } from '../client/download-file';
import { openDirectMessage } from '../client/open-direct-message';
import type { SlackClients } from '../client/slack-clients';
import { isChannelLost, slackFaultOf } from '../client/slack-fault';
import type { Snooze } from '../client/snooze';
import { shareFiles, type UploadedFile, uploadFile, wasShared } from '../client/upload-files';
import { deliverReply } from './deliver-reply';
import { isNotOfLeftOut, leftOutTable, recipientTable } from './exports/export-lines';
import { FILE_LIMITS, type SpooledFile, spoolLines } from './exports/spool-files';

/**
 * Makes the CSV that a person asked for, in their language and time zone, and shares it in the thread of the
 * batch's status message. If the bot cannot write in the channel, or the channel is shared with another
 * organisation, it goes to the person as a direct message. All files are shared at once or none, and a later
 * try does not share them again. If it cannot be delivered, the person gets an apology. Throws what a later
 * try may fix.
 */
export async function deliverExport(
  slack: SlackClients,
  requested: Export,
  tryNumber: number,
  limits = FILE_LIMITS,
): Promise<Snooze> {
  const context = await findExportContext(slack, requested);
  if (!context) return {};
  const { slackChannelId: channel, slackMessageTs: ts } = context.summary;
  const reply = {
    key: exportKey(requested),
    person: context.person,
    askedAt: null,
    tryNumber,
    fallback: { channel, ...(ts ? { thread_ts: ts } : {}) },
    apology: (words: Words) => words.apologies.export[requested.part](requested.batchId),
  };
  return deliverReply(slack, reply, async () => {
    if (!(await wasShared(slack, reply.key))) await makeAndShare(context, requested, limits);
    return {};
  });
}

interface ExportContext {
  slack: SlackClients;
  summary: BatchSummary;
  /** Who asked for the export. */
  person: Person;
  /** In the language of the channel. */
  words: Words;
}

async function findExportContext(
  slack: SlackClients,
  { tenantId, batchId, userId }: Export,
): Promise<ExportContext | null> {
  const { db } = slack.app;
  const summary = await getBatchSummary(slack.app, { tenantId, batchId });
  const person = await getUser(db, userId);
  const tenant = await getTenant(db, tenantId);
  return summary && person && tenant ? { slack, summary, person, words: wordsFor(tenant.locale) } : null;
}

async function makeAndShare(
  context: ExportContext,
  requested: Export,
  limits: typeof FILE_LIMITS,
): Promise<void> {
  const source = await openExport(
    context.slack.app,
    requested.batchId,
    (id) => downloadFile(context.slack, id),
    requested.part === 'left_out' ? isNotOfLeftOut : undefined,
  );
  if (!source) return;
  const { headLine, blocks } = tableOf(context, requested, source);
  try {
    await spoolLines(headLine, blocks, (files) => uploadAndShare(context, requested, files, source), limits);
  } finally {
    await source.originals.close();
  }
}

function tableOf({ person }: ExportContext, { part }: Export, source: ExportSource) {
  return (part === 'recipients' ? recipientTable : leftOutTable)(readerOf(person), source);
}

async function uploadAndShare(
  context: ExportContext,
  requested: Export,
  files: SpooledFile[],
  source: ExportSource,
): Promise<void> {
  const uploaded: UploadedFile[] = [];
  for (const [index, file] of files.entries()) {
    uploaded.push(await uploadFile(context.slack, fileName(requested, index), file));
  }
  await beginUpload(
    context.slack.app,
    exportKey(requested),
    uploaded.map(({ id }) => id),
  );
  await share(context, uploaded, commentOn(context, requested, files, source));
}

async function share(
  { slack, summary, person, words }: ExportContext,
  files: UploadedFile[],
  comment: string,
) {
  const { slackChannelId: channelId, slackMessageTs: threadTs } = summary;
  const shareDirectly = async (text: string) => {
    const directId = await openDirectMessage(slack, person.slackUserId);
    await shareFiles(slack, files, { channelId: directId, threadTs: null }, text);
  };
  if (!isDirectMessage(channelId) && (await checkChannelAccess(slack.client, channelId)) === 'shared') {
    return shareDirectly(`${comment} ${words.exports.directBecauseShared(`<#${channelId}>`)}`);
  }
  try {
    await shareFiles(slack, files, { channelId, threadTs }, comment);
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault || !isChannelLost(fault) || isDirectMessage(channelId)) throw error;
    await shareDirectly(comment);
  }
}

function commentOn(
  { words, summary, person }: ExportContext,
  { part }: Export,
  spooled: SpooledFile[],
  { originals: { missingFiles } }: ExportSource,
): string {
  const lines = spooled.reduce((sum, file) => sum + file.lines, 0);
  const comment = words.exports.comment[part](`<@${person.slackUserId}>`, summary.id, lines);
  if (missingFiles.length === 0) return comment;
  const files = missingFiles.map((name) => inline(name, 80)).join(', ');
  return `${comment} ${words.exports.columnsGone(files)}`;
}

function fileName({ batchId, part }: Export, index: number): string {
  const name = part === 'recipients' ? `batch-${batchId}` : `batch-${batchId}-left-out`;
  return index === 0 ? `${name}.csv` : `${name}-${index + 1}.csv`;
}
