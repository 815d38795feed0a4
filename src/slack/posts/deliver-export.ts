import type { ExportFile } from '../../batches/exporting/export-files.sql';
import { type Export, exportKey } from '../../batches/exporting/open-export';
import { type LongRun, UNWATCHED } from '../../batches/long-requests/run-long-request';
import { makeExport } from '../../exports/make-export';
import { FILE_LIMITS, type FileLimits } from '../../exports/write-files';
import { DONE, type JobResult } from '../../queue/job-result';
import { getUser, type Person } from '../../tenants/person';
import { getTenant } from '../../tenants/tenant';
import type { Words } from '../../words/en';
import { wordsFor } from '../../words/words-for';
import { inlineCode } from '../blocks/escape';
import { isDirectMessage } from '../blocks/parts/is-direct-message';
import { checkChannelAccess } from '../client/channel-access';
import { openDirectMessage } from '../client/open-direct-message';
import type { SlackClients } from '../client/slack-clients';
import { isChannelLost, isThreadRefused, slackFaultOf } from '../client/slack-fault';
import { shareFiles, type UploadedFile, uploadFiles, wasShared } from '../client/upload-files';
import { findSlackBatch, type SlackBatch } from '../store/slack-batches.sql';
import { deliverReply } from './deliver-reply';

/**
 * Shares the CSV that a person asked for, which it makes unless an earlier try has, in the thread of the
 * batch's status message, or beside it. If the bot cannot write in the channel, the channel is shared with another
 * organisation, or Slack does not say whether it is, it goes to the person as a direct message, which says why. All files
 * are shared at once or none, and a later try does not share them again. If it cannot be delivered, the person gets an
 * apology. Throws what a later try may fix.
 */
export async function deliverExport(
  slack: SlackClients,
  requested: Export,
  tryNumber: number,
  { run = UNWATCHED, limits = FILE_LIMITS }: { run?: LongRun; limits?: FileLimits } = {},
): Promise<JobResult> {
  const context = await findExportContext(slack, requested);
  if (!context) return DONE;
  const { channelId: channel, messageTs: ts } = context.slackBatch;
  const reply = {
    key: exportKey(requested),
    person: context.person,
    ...run,
    tryNumber,
    fallback: { channel, ...(ts ? { thread_ts: ts } : {}) },
    apology: (words: Words) => words.apologies.export[requested.part](requested.batchId),
  };
  return deliverReply(slack, reply, async () => {
    if (await wasShared(slack, reply.key)) return DONE;
    run.stop.throwIfAborted();
    await makeAndShare(context, requested, limits, run.stop);
    return DONE;
  });
}

interface ExportContext {
  slack: SlackClients;
  slackBatch: SlackBatch;
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
  const slackBatch = await findSlackBatch(db, batchId);
  const person = await getUser(db, userId);
  const tenant = await getTenant(db, tenantId);
  return slackBatch && person && tenant
    ? { slack, slackBatch, person, words: wordsFor(tenant.locale) }
    : null;
}

async function makeAndShare(
  context: ExportContext,
  requested: Export,
  limits: FileLimits,
  stop: AbortSignal,
): Promise<void> {
  const { slack } = context;
  const files = await makeExport(slack.app, requested, { limits, stop });
  if (files.length === 0) return;
  const { batchId, part } = requested;
  const name = part === 'recipients' ? `batch-${batchId}` : `batch-${batchId}-left-out`;
  const uploaded = await uploadFiles(slack, { key: exportKey(requested), name }, files, { stop });
  await share(context, uploaded, commentOn(context, requested, files));
}

async function share(
  { slack, slackBatch, person, words }: ExportContext,
  files: UploadedFile[],
  comment: string,
) {
  const { channelId, messageTs: threadTs } = slackBatch;
  const shareDirectly = async (why: keyof Words['exports']['direct']) => {
    const directId = await openDirectMessage(slack, person.slackUserId);
    const text = `${comment} ${words.exports.direct[why](`<#${channelId}>`)}`;
    await shareFiles(slack, files, { channelId: directId, threadTs: null }, text);
  };
  const access = isDirectMessage(channelId) ? 'ok' : await checkChannelAccess(slack.client, channelId);
  // Also where Slack does not say who reads the channel: nobody but the person may get the list then.
  if (access !== 'ok') return shareDirectly(access);
  try {
    await shareInChannel(slack, files, { channelId, threadTs }, comment);
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault || !isChannelLost(fault) || isDirectMessage(channelId)) throw error;
    await shareDirectly('not_found');
  }
}

/** In the thread; beside it where the message takes no replies. */
async function shareInChannel(
  slack: SlackClients,
  files: UploadedFile[],
  thread: { channelId: string; threadTs: string | null },
  comment: string,
): Promise<void> {
  try {
    await shareFiles(slack, files, thread, comment);
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault || !isThreadRefused(fault) || !thread.threadTs) throw error;
    await shareFiles(slack, files, { ...thread, threadTs: null }, comment);
  }
}

function commentOn({ words, person }: ExportContext, { batchId, part }: Export, files: ExportFile[]): string {
  const lines = files.reduce((sum, file) => sum + file.lines, 0);
  // The same of each file.
  const missingFiles = files[0]?.missingFiles ?? [];
  const comment = words.exports.comment[part](`<@${person.slackUserId}>`, batchId, lines);
  if (missingFiles.length === 0) return comment;
  const names = missingFiles.map((name) => inlineCode(name, 80)).join(', ');
  return `${comment} ${words.exports.columnsGone(names)}`;
}
