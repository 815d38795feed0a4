import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { getPendingUpload } from '../../batches/outbox/deferred-replies';
import type { SlackClients } from './slack-clients';
import { slackFaultOf } from './slack-fault';

/** For 50 MB over a slow line. */
const UPLOAD_TIMEOUT_MS = 300_000;

export interface UploadedFile {
  id: string;
  title: string;
}

/** Brings a file to Slack, streamed. Nobody sees it before it is shared. */
export async function uploadFile(
  slack: SlackClients,
  name: string,
  file: { path: string; bytes: number },
): Promise<UploadedFile> {
  const announced = await slack.client.files.getUploadURLExternal({ filename: name, length: file.bytes });
  const response = await fetch(
    announced.upload_url as string,
    {
      method: 'POST',
      // The length makes it one body instead of chunks, and the address is its own permission: no token goes with it.
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(file.bytes) },
      body: Readable.toWeb(createReadStream(file.path)) as ReadableStream,
      duplex: 'half',
      redirect: 'error',
      signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
    } as RequestInit,
  );
  await response.body?.cancel();
  if (!response.ok) throw new Error(`Slack answered ${response.status} to an upload.`);
  return { id: announced.file_id as string, title: name };
}

/** A former attempt may have been killed between the sharing and the note of it: then there is nothing left to do. */
export async function wasShared(slack: SlackClients, answer: string): Promise<boolean> {
  const [first] = (await getPendingUpload(slack.app, answer)) ?? [];
  return first !== undefined && isShared(slack, first);
}

/** Whether people can see a file already. A file that was only uploaded belongs to no conversation. */
async function isShared(slack: SlackClients, fileId: string): Promise<boolean> {
  try {
    const { file } = await slack.client.files.info({ file: fileId });
    return [file?.channels, file?.groups, file?.ims].some((places) => places && places.length > 0);
  } catch (error) {
    if (slackFaultOf(error)?.kind !== 'refused') throw error;
    return false;
  }
}

/** Shows uploaded files in a conversation, or in a thread of it, as one message. */
export async function shareFiles(
  slack: SlackClients,
  files: UploadedFile[],
  place: { channelId: string; threadTs: string | null },
  comment: string,
): Promise<void> {
  await slack.poster.files.completeUploadExternal({
    files: files as [UploadedFile, ...UploadedFile[]],
    channel_id: place.channelId,
    initial_comment: comment,
    ...(place.threadTs ? { thread_ts: place.threadTs } : {}),
  } as Parameters<typeof slack.poster.files.completeUploadExternal>[0]);
}
