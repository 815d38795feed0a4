import type { BatchSummary } from '../../batches/batch';
import { type Export, type ExportSource, exportKey, openExport } from '../../batches/exporting/open-export';
import { beginUpload } from '../../batches/outbox/deferred-replies';
import { getBatchSummary } from '../../batches/views/get-batch-summary';
import { getUser, type Person } from '../../tenants/person';
import { getTenant } from '../../tenants/tenant';
import type { Words } from '../../words/en';
import { readerOf, wordsFor } from '../../words/words-for';
import { inline } from '../blocks/escape';
import { isDirect } from '../blocks/messages/status-message';
import { askChannelAccess } from '../client/channel-access';
import { downloadFile } from '../client/download-file';
import { openDirectMessage } from '../client/open-direct-message';
import type { SlackClients } from '../client/slack-clients';
import { isChannelLost, slackFaultOf } from '../client/slack-fault';
import type { Snooze } from '../client/snooze';
import { shareFiles, type UploadedFile, uploadFile, wasShared } from '../client/upload-files';
import { deliverReply } from './deliver-reply';
import { isNotOfLeftOut, leftOutTable, recipientTable } from './exports/export-lines';
import { FILE_LIMITS, type SpooledFile, spoolLines } from './exports/spool';

/**
 * Makes the CSV that a person asked for, in their language and on their clock, and brings it into the thread of
 * the batch's report; by direct message to them where the channel is lost or another organisation is in it. All its
 * files are shared at once or none, and not again by an attempt that follows one which was cut short. Where it cannot
 * be brought, the person is told. Throws what a later attempt may mend.
 */
export async function deliverExport(
  slack: SlackClients,
  wanted: Export,
  attempt: number,
  limits = FILE_LIMITS,
): Promise<Snooze> {
  const to = await addressOf(slack, wanted);
  if (!to) return {};
  const { slackChannelId: channel, slackMessageTs: ts } = to.summary;
  const asked = {
    answer: exportKey(wanted),
    person: to.person,
    askedAt: null,
    attempt,
    instead: { channel, ...(ts ? { thread_ts: ts } : {}) },
    sorry: (words: Words) => words.sorry.export[wanted.part](wanted.batchId),
  };
  return deliverReply(slack, asked, async () => {
    if (!(await wasShared(slack, asked.answer))) await makeAndBring(to, wanted, limits);
    return {};
  });
}

interface Address {
  slack: SlackClients;
  summary: BatchSummary;
  /** Who asked. */
  person: Person;
  /** The language of the channel. */
  words: Words;
}

async function addressOf(
  slack: SlackClients,
  { tenantId, batchId, userId }: Export,
): Promise<Address | null> {
  const { db } = slack.app;
  const summary = await getBatchSummary(slack.app, { tenantId, batchId });
  const person = await getUser(db, userId);
  const tenant = await getTenant(db, tenantId);
  return summary && person && tenant ? { slack, summary, person, words: wordsFor(tenant.locale) } : null;
}

async function makeAndBring(to: Address, wanted: Export, limits: typeof FILE_LIMITS): Promise<void> {
  const source = await openExport(
    to.slack.app,
    wanted.batchId,
    (id) => downloadFile(to.slack, id),
    wanted.part === 'left_out' ? isNotOfLeftOut : undefined,
  );
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
    uploaded.push(await uploadFile(to.slack, fileName(wanted, index), file));
  }
  await beginUpload(
    to.slack.app,
    exportKey(wanted),
    uploaded.map(({ id }) => id),
  );
  await share(to, uploaded, commentOn(to, wanted, files, source));
}

async function share({ slack, summary, person, words }: Address, files: UploadedFile[], comment: string) {
  const { slackChannelId: channelId, slackMessageTs: threadTs } = summary;
  const direct = async (text: string) => {
    const directId = await openDirectMessage(slack, person.slackUserId);
    await shareFiles(slack, files, { channelId: directId, threadTs: null }, text);
  };
  if (!isDirect(channelId) && (await askChannelAccess(slack.client, channelId)) === 'shared') {
    return direct(`${comment} ${words.exports.withStrangers(`<#${channelId}>`)}`);
  }
  try {
    await shareFiles(slack, files, { channelId, threadTs }, comment);
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault || !isChannelLost(fault) || isDirect(channelId)) throw error;
    await direct(comment);
  }
}

function commentOn(
  { words, summary, person }: Address,
  { part }: Export,
  spooled: SpooledFile[],
  { originals: { gone } }: ExportSource,
): string {
  const lines = spooled.reduce((sum, file) => sum + file.lines, 0);
  const comment = words.exports.comment[part](`<@${person.slackUserId}>`, summary.id, lines);
  if (gone.length === 0) return comment;
  const files = gone.map((name) => inline(name, 80)).join(', ');
  return `${comment} ${words.exports.columnsGone(files)}`;
}

function fileName({ batchId, part }: Export, index: number): string {
  const name = part === 'recipients' ? `batch-${batchId}` : `batch-${batchId}-left-out`;
  return index === 0 ? `${name}.csv` : `${name}-${index + 1}.csv`;
}
