import { PassThrough, pipeline, Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs } from '../../backoff';
import { MAX_FILE_BYTES } from '../blocks/modals/compose';
import type { SlackClients } from './slack-clients';
import { isRefusedForGood, slackFaultOf } from './slack-fault';
import {
  noteMoves,
  startTransferDeadline,
  type TransferDeadline,
  type TransferLimits,
} from './transfer-deadline';
import type { Workspaces } from './workspaces';

/** Slack did not give us a file. `message` is safe to log. */
export class SlackFileError extends Error {
  constructor(
    readonly code:
      | 'file_too_large'
      | 'file_not_ready'
      | 'file_not_found'
      | 'file_forbidden'
      | 'file_unreachable',
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'SlackFileError';
  }
}

/** The origin of files that people upload to Slack, as batches store it. */
export const SLACK_FILES = 'slack';

const MAX_TRIES = 5;
const BACKOFF = { firstMs: 500, mostMs: 4_000 };
/** For all tries together. Slack gives 10 MB in seconds. */
const DOWNLOAD_TIMEOUT_MS = 60_000;
const DOWNLOAD_IDLE_MS = 20_000;
export const DOWNLOAD_LIMITS: TransferLimits = { wholeMs: DOWNLOAD_TIMEOUT_MS, idleMs: DOWNLOAD_IDLE_MS };

/**
 * Yields the bytes of an uploaded file, at most 10 MB, within a minute. Throws SlackFileError. The bot's
 * token goes to Slack only: to the origin of the configured API and to https://*.slack.com.
 */
export async function* downloadFile(
  slack: SlackClients,
  slackFileId: string,
  limits = DOWNLOAD_LIMITS,
): AsyncGenerator<Uint8Array> {
  const deadline = startTransferDeadline(limits);
  try {
    const response = await openDownload(slack, slackFileId, deadline);
    yield* readBody(response.body as ReadableStream, deadline);
  } finally {
    deadline.end();
  }
}

async function* readBody(body: ReadableStream, deadline: TransferDeadline): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const part of bufferDownload(body, deadline)) {
      bytes += part.byteLength;
      if (bytes > MAX_FILE_BYTES)
        throw new SlackFileError('file_too_large', 'The file is larger than 10 MB.');
      yield part;
    }
  } catch (error) {
    if (error instanceof SlackFileError) throw error;
    throw new SlackFileError('file_unreachable', 'The download broke off.', { cause: error });
  }
}

/** The same, by the workspace. Throws NotInstalled too. */
export async function* downloadFileOf(
  { clientsFor }: Pick<Workspaces, 'clientsFor'>,
  tenantId: string,
  slackFileId: string,
): AsyncGenerator<Uint8Array> {
  yield* downloadFile(await clientsFor(tenantId), slackFileId);
}

/**
 * Downloads faster than the reader reads, which pauses for each block that it stores. Slack closes a
 * connection that is idle for seconds, so a slow database would look like a download that broke off. Holds at
 * most one file in memory.
 */
function bufferDownload(body: ReadableStream, deadline: TransferDeadline): AsyncIterable<Uint8Array> {
  const ahead = new PassThrough({ highWaterMark: MAX_FILE_BYTES });
  const parts = noteMoves(Readable.fromWeb(body), deadline.moved);
  // An error of the download is thrown to the reader. How long that one takes is not the download's.
  pipeline(Readable.from(parts), ahead, deadline.end);
  return ahead;
}

/** A file that was just uploaded may have no URL yet, or a URL that gives 404: tries a few times. */
async function openDownload(
  slack: SlackClients,
  slackFileId: string,
  deadline: TransferDeadline,
): Promise<Response> {
  for (let tryNumber = 1; ; tryNumber += 1) {
    const url = await fetchDownloadUrl(slack, slackFileId);
    const response = url && (await download(slack, url, deadline.signal));
    if (response) return response;
    if (tryNumber === MAX_TRIES)
      throw new SlackFileError('file_not_ready', 'Slack has not got the file ready.');
    await delay(backoffMs({ tryNumber, ...BACKOFF }));
    deadline.moved();
  }
}

async function fetchDownloadUrl(slack: SlackClients, slackFileId: string): Promise<string | null> {
  try {
    const { file } = await slack.client.files.info({ file: slackFileId });
    if (file?.size !== undefined && file.size > MAX_FILE_BYTES) {
      throw new SlackFileError('file_too_large', 'The file is larger than 10 MB.');
    }
    return file?.url_private_download ?? null;
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault) throw error;
    if (fault.kind !== 'refused' || !isRefusedForGood(fault)) {
      throw new SlackFileError('file_unreachable', 'Slack did not answer.', { cause: error });
    }
    if (/^file_not_(ready|yet_available)$|^file_upload_in_progress$/.test(fault.error)) return null;
    const code = /^file_(not_found|deleted)$/.test(fault.error) ? 'file_not_found' : 'file_forbidden';
    throw new SlackFileError(code, `Slack refused: ${fault.error}`, { cause: error });
  }
}

/** Null: the URL gives 404 for now. */
async function download(slack: SlackClients, url: string, signal: AbortSignal): Promise<Response | null> {
  if (!isSlackUrl(url, slack.settings.apiUrl)) {
    throw new SlackFileError('file_forbidden', 'The file is not at Slack.');
  }
  let response: Response;
  try {
    response = await fetch(url, {
      headers: { authorization: `Bearer ${slack.botToken}` },
      redirect: 'manual',
      signal,
    });
  } catch (error) {
    throw new SlackFileError('file_unreachable', 'Slack did not answer.', { cause: error });
  }
  if (response.ok && response.body && !isHtml(response)) return response;
  await response.body?.cancel();
  if (response.status === 404) return null;
  throw refusalOf(response);
}

function isSlackUrl(address: string, apiUrl: string): boolean {
  if (!URL.canParse(address)) return false;
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.origin === new URL(apiUrl).origin) return true;
  return url.protocol === 'https:' && /(^|\.)slack\.com$/.test(url.hostname);
}

const isHtml = (response: Response) => /^text\/html\b/i.test(response.headers.get('content-type') ?? '');

/**
 * With a token that lacks the scope, Slack answers with its login page: a redirect, or HTML with status 200.
 */
function refusalOf(response: Response): SlackFileError {
  const isForbidden = response.status < 400 || response.status === 401 || response.status === 403;
  const code = isForbidden ? 'file_forbidden' : 'file_unreachable';
  return new SlackFileError(code, `Slack answered ${response.status} instead of the file.`);
}
