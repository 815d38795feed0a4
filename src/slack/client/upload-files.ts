import { Readable } from 'node:stream';
import { type ExportFile, readPieces } from '../../batches/exporting/export-files.sql';
import { findPendingFiles, putPendingFiles } from '../store/outbox.sql';
import type { SlackClients } from './slack-clients';
import { isRefusedForGood, slackFaultOf } from './slack-fault';
import { noteMoves, startTransferDeadline, type TransferLimits } from './transfer-deadline';

/** Enough for 50 MB over a slow connection, which still moves a piece of 1 MiB within half a minute. */
const UPLOAD_TIMEOUT_MS = 300_000;
const UPLOAD_IDLE_MS = 30_000;
const UPLOAD_LIMITS: TransferLimits = { wholeMs: UPLOAD_TIMEOUT_MS, idleMs: UPLOAD_IDLE_MS };

interface UploadOptions {
  limits?: TransferLimits;
  /** Ends an upload when it fires, with its reason. */
  stop?: AbortSignal;
}

export interface UploadedFile {
  id: string;
  title: string;
}

/**
 * Uploads the files of a reply to Slack, as `name.csv`, `name-2.csv` and so on, and notes that they are about to be
 * shared. Nobody sees them before `shareFiles`. Throws if Slack does not take one, or not in time: TransferTimeout.
 */
export async function uploadFiles(
  slack: SlackClients,
  { key, name }: { key: string; name: string },
  files: ExportFile[],
  { limits = UPLOAD_LIMITS, stop }: UploadOptions = {},
): Promise<UploadedFile[]> {
  const uploaded: UploadedFile[] = [];
  for (const file of files) {
    const number = file.index === 0 ? '' : `-${file.index + 1}`;
    uploaded.push(await uploadFile(slack, `${name}${number}.csv`, file, { limits, stop }));
  }
  const ids = uploaded.map(({ id }) => id);
  await putPendingFiles(slack.app.db, key, ids);
  return uploaded;
}

/** Streamed from the store. */
async function uploadFile(
  slack: SlackClients,
  name: string,
  file: ExportFile,
  { limits, stop }: { limits: TransferLimits; stop: AbortSignal | undefined },
): Promise<UploadedFile> {
  const announced = await slack.client.files.getUploadURLExternal({ filename: name, length: file.bytes });
  const deadline = startTransferDeadline(limits);
  const signal = stop ? AbortSignal.any([stop, deadline.signal]) : deadline.signal;
  const pieces = noteMoves(readPieces(slack.app.db, file), deadline.moved);
  try {
    const response = await fetch(
      announced.upload_url as string,
      {
        method: 'POST',
        // With a length it is one body instead of chunks. The URL is the permission: it gets no token.
        headers: { 'content-type': 'application/octet-stream', 'content-length': String(file.bytes) },
        body: Readable.toWeb(Readable.from(pieces)) as ReadableStream,
        duplex: 'half',
        redirect: 'error',
        signal,
      } as RequestInit,
    );
    await response.body?.cancel();
    if (!response.ok) throw new Error(`Slack answered ${response.status} to an upload.`);
  } finally {
    deadline.end();
  }
  return { id: announced.file_id as string, title: name };
}

/**
 * Whether a former try has shared the files of this reply already: it may have been killed after it shared
 * them and before it recorded that. `replyKey`: see store/outbox.sql.ts.
 */
export async function wasShared(slack: SlackClients, replyKey: string): Promise<boolean> {
  const [first] = (await findPendingFiles(slack.app.db, replyKey)) ?? [];
  return first !== undefined && isShared(slack, first);
}

/**
 * Whether people can see a file. A file that was uploaded and not shared is in no channel. Where Slack has no such file,
 * or never lets the bot look, it is shared again: a file too many is better than none.
 */
async function isShared(slack: SlackClients, fileId: string): Promise<boolean> {
  try {
    const { file } = await slack.client.files.info({ file: fileId });
    return [file?.channels, file?.groups, file?.ims].some((channels) => channels && channels.length > 0);
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault || !isRefusedForGood(fault)) throw error;
    return false;
  }
}

/** Shares uploaded files in a channel or in one of its threads, as one message. Throws Slack's faults. */
export async function shareFiles(
  slack: SlackClients,
  files: UploadedFile[],
  destination: { channelId: string; threadTs: string | null },
  comment: string,
): Promise<void> {
  await slack.poster.files.completeUploadExternal({
    files: files as [UploadedFile, ...UploadedFile[]],
    channel_id: destination.channelId,
    initial_comment: comment,
    ...(destination.threadTs ? { thread_ts: destination.threadTs } : {}),
  } as Parameters<typeof slack.poster.files.completeUploadExternal>[0]);
}
