import { webApi } from '@slack/bolt';

/** What a failed call to Slack tells, as far as this bot acts on it. */
export type SlackFault =
  | { kind: 'limited'; retryAfterMs: number }
  /** Slack answered and did nothing; `error` is its word for why. */
  | { kind: 'refused'; error: string }
  /** Nobody can say whether the call was carried out. */
  | { kind: 'unclear' }
  /** The call never left this machine. */
  | { kind: 'unreachable' };

/** The fault in an error of the Web API client; null where the error is something else. */
export function slackFaultOf(error: unknown): SlackFault | null {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return { kind: 'limited', retryAfterMs: Math.max(1, error.retryAfter) * 1000 };
  }
  if (error instanceof webApi.WebAPIPlatformError) return refusal(error.data);
  if (error instanceof webApi.WebAPIHTTPError) return { kind: 'unclear' };
  if (error instanceof webApi.WebAPIRequestError) {
    return { kind: neverLeft(error.original) ? 'unreachable' : 'unclear' };
  }
  return null;
}

const RATE_LIMITED_WITHOUT_A_TIME_MS = 30_000;

function refusal(data: webApi.WebAPICallResult & { error: string }): SlackFault {
  if (!/^rate_?limited$/.test(data.error)) return { kind: 'refused', error: data.error };
  const seconds = data.response_metadata?.retryAfter;
  return { kind: 'limited', retryAfterMs: seconds ? seconds * 1000 : RATE_LIMITED_WITHOUT_A_TIME_MS };
}

/** fetch hides the socket's error as its cause. */
function neverLeft(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)$/.test(String(cause.code))) return true;
  }
  return false;
}

/** Slack's words for a channel in which the bot cannot write (any more). */
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

/** Slack's words for a message that is no longer there, or no longer ours to edit. */
const MESSAGE_LOST = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

export const isChannelLost = (fault: SlackFault) => fault.kind === 'refused' && CHANNEL_LOST.has(fault.error);

export const isMessageLost = (fault: SlackFault) => fault.kind === 'refused' && MESSAGE_LOST.has(fault.error);

/** Blocks that this workspace does not know. */
export const isBlocksRefused = (fault: SlackFault) =>
  fault.kind === 'refused' && fault.error === 'invalid_blocks';

/** A modal that its person has closed. */
export const isViewClosed = (fault: SlackFault) => fault.kind === 'refused' && fault.error === 'not_found';
