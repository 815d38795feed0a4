import { webApi } from '@slack/bolt';
import { causeOf, type RefusalCause } from './slack-refusals';

/** Why a call to Slack failed, as far as the bot acts on it. */
export type SlackFault =
  | { kind: 'limited'; retryAfterMs: number }
  /** Slack answered and did nothing; `error` is Slack's error code. */
  | { kind: 'refused'; error: string; cause: RefusalCause }
  /**
   * Slack may have done it or not: it failed, did not answer, or answered something that proves nothing. `error` is
   * Slack's code, null where it gave none.
   */
  | { kind: 'unclear'; error: string | null }
  /** The call never left this machine. */
  | { kind: 'unreachable' };

/** A post that Slack kept answering unclearly, and that was not found afterwards. */
export class NeverPosted extends Error {
  readonly code = 'never_posted';
  constructor(tries: number) {
    super(`Slack gave no clear answer to this post in ${tries} tries, and it was not found.`);
    this.name = 'NeverPosted';
  }
}

/** The fault in an error of the Web API client; null for any other error. */
export function slackFaultOf(error: unknown): SlackFault | null {
  if (error instanceof webApi.WebAPIRateLimitedError) return limited(error.retryAfter);
  if (error instanceof webApi.WebAPIPlatformError) return faultOfAnswer(error.data);
  if (error instanceof webApi.WebAPIHTTPError) return { kind: 'unclear', error: null };
  if (error instanceof webApi.WebAPIRequestError) {
    return neverLeft(error.original) ? { kind: 'unreachable' } : { kind: 'unclear', error: null };
  }
  if (error instanceof NeverPosted) return { kind: 'refused', error: error.code, cause: 'content' };
  return isLimitWithoutTime(error) ? limited() : null;
}

const DEFAULT_RETRY_AFTER_S = 30;
/** What Slack asks for is seconds. A longer wait would be a mistake in the header, and nobody would notice it. */
const MOST_RETRY_AFTER_S = 3_600;

function limited(seconds = DEFAULT_RETRY_AFTER_S): SlackFault {
  return { kind: 'limited', retryAfterMs: Math.min(Math.max(1, seconds), MOST_RETRY_AFTER_S) * 1000 };
}

function faultOfAnswer(data: webApi.WebAPICallResult & { error?: unknown }): SlackFault {
  const error = String(data.error ?? '');
  const cause = causeOf(error);
  // The client gives the whole page as the code where the answer is no JSON.
  if (cause === null) return { kind: 'unclear', error: /^\w{1,100}$/.test(error) ? error : null };
  return cause === 'limited'
    ? limited(data.response_metadata?.retryAfter)
    : { kind: 'refused', error, cause };
}

/** The library has no class for a 429 without a usable Retry-After. */
const isLimitWithoutTime = (error: unknown) =>
  error instanceof Error && error.message.startsWith('Retry header did not contain a valid timeout');

/** fetch puts the socket's error into `cause`. */
function neverLeft(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)$/.test(String(cause.code))) return true;
  }
  return false;
}

const hasCause = (fault: SlackFault, ...causes: RefusalCause[]) =>
  fault.kind === 'refused' && causes.includes(fault.cause);

/** The bot cannot write there, or not any more. */
export const isChannelLost = (fault: SlackFault) => hasCause(fault, 'channel', 'person');

/** The message takes no replies. The channel may take posts. */
export const isThreadRefused = (fault: SlackFault) => hasCause(fault, 'thread');

/** Somebody has deleted the message. */
export const isMessageGone = (fault: SlackFault) => hasCause(fault, 'gone');

/** The message is there, and stays as it is. */
export const isNotEditable = (fault: SlackFault) => hasCause(fault, 'not_editable');

/** The workspace does not support one of the blocks. */
export const isBlocksRefused = (fault: SlackFault) => hasCause(fault, 'blocks');

/** The person has closed the modal. */
export const isViewClosed = (fault: SlackFault) => fault.kind === 'refused' && fault.error === 'not_found';

/** Trying the same again does not help, and another way may. Not so where Slack accepts nothing from the bot for now. */
export const isRefusedForGood = (fault: SlackFault) => fault.kind === 'refused' && !hasCause(fault, 'token');
