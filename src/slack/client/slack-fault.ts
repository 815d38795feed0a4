import { webApi } from '@slack/bolt';

/** Why a call to Slack failed, as far as the bot acts on it. */
type SlackFault =
  | { kind: 'limited'; retryAfterMs: number }
  /** Slack answered and did nothing; `error` is Slack's error code. */
  | { kind: 'refused'; error: string }
  /** Slack may have done it or not. */
  | { kind: 'unclear' }
  /** The call never left this machine. */
  | { kind: 'unreachable' };

/** The fault in an error of the Web API client; null for any other error. */
export function slackFaultOf(error: unknown): SlackFault | null {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return { kind: 'limited', retryAfterMs: Math.max(1, error.retryAfter) * 1000 };
  }
  if (error instanceof webApi.WebAPIPlatformError) return faultOfAnswer(error.data);
  if (error instanceof webApi.WebAPIHTTPError) return { kind: 'unclear' };
  if (error instanceof webApi.WebAPIRequestError) {
    return { kind: neverLeft(error.original) ? 'unreachable' : 'unclear' };
  }
  return null;
}

const DEFAULT_RETRY_AFTER_MS = 30_000;

function faultOfAnswer(data: webApi.WebAPICallResult & { error: string }): SlackFault {
  if (!/^rate_?limited$/.test(data.error)) return { kind: 'refused', error: data.error };
  const seconds = data.response_metadata?.retryAfter;
  return { kind: 'limited', retryAfterMs: seconds ? seconds * 1000 : DEFAULT_RETRY_AFTER_MS };
}

/** fetch puts the socket's error into `cause`. */
function neverLeft(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)$/.test(String(cause.code))) return true;
  }
  return false;
}

/** Slack's error codes for a channel in which the bot cannot write, or not any more. */
const CHANNEL_LOST = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'is_inactive',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'cannot_dm_bot',
  'user_not_found',
  'user_disabled',
]);

/** Slack's error codes for a message that was deleted or that the bot may not edit any more. */
const MESSAGE_LOST = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

export const isChannelLost = (fault: SlackFault) => fault.kind === 'refused' && CHANNEL_LOST.has(fault.error);

export const isMessageLost = (fault: SlackFault) => fault.kind === 'refused' && MESSAGE_LOST.has(fault.error);

/** The workspace does not support one of the blocks. */
export const isBlocksRefused = (fault: SlackFault) =>
  fault.kind === 'refused' && fault.error === 'invalid_blocks';

/** The person has closed the modal. */
export const isViewClosed = (fault: SlackFault) => fault.kind === 'refused' && fault.error === 'not_found';
