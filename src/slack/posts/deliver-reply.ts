import { deleteExport } from '../../batches/exporting/export-files.sql';
import { RequestStopped } from '../../batches/long-requests/run-long-request';
import { ProviderError } from '../../providers/sms-provider';
import { DONE, type JobResult, snooze } from '../../queue/job-result';
import { getUser, type Person } from '../../tenants/person';
import type { Words } from '../../words/en';
import { wordsFor } from '../../words/words-for';
import { plainReply } from '../blocks/messages/replies';
import { explainProviderError } from '../blocks/parts/explain-reason';
import { explainSlackError } from '../blocks/parts/explain-slack-error';
import { SlackFileError } from '../client/download-file';
import { openDirectMessage } from '../client/open-direct-message';
import { withPostLock } from '../client/post-lock';
import { type Destination, postOnce } from '../client/post-once';
import type { SlackClients } from '../client/slack-clients';
import { isRefusedForGood, slackFaultOf } from '../client/slack-fault';
import { snoozeIfLater } from '../client/snooze-if-later';
import { apologyKey, endReply, type OutboxKey } from '../store/outbox.sql';

/** A reply that a job prepares and delivers later: an export or a comparison. */
interface DeferredReply {
  /** Its files, pending posts and uploads are stored under this key, so that the reply is delivered once. */
  key: string;
  /** Who asked for it. */
  person: Person;
  /** Null: no limit on how long the provider, or a file at Slack, may be unreachable. */
  askedAt: Date | null;
  /** Fires when somebody has stopped it. */
  stop: AbortSignal;
  /** The try of the job: 1, and one more for each failure. */
  tryNumber: number;
  /** Where an apology goes if a direct message is impossible. */
  fallback: Destination | null;
  /** The sentence that says what cannot be delivered. */
  apology(words: Words): string;
}

/** A reply that will not come. */
type Unfulfilled = Pick<DeferredReply, 'key' | 'person' | 'fallback'>;

const UNREACHABLE_SNOOZE_MS = 60_000;
/** A minute and a half after the first try: a person should not wait longer for what may never come. */
const LAST_TRY = 5;
/** After this time with a provider or a file that cannot be reached, the person gets an apology. */
const MAX_PROVIDER_WAIT_MS = 3_600_000;

/**
 * Delivers a reply with `deliver`, then deletes its files and what kept it from being delivered twice. Returns a snooze
 * for what may work later. If Slack or the provider refuses it for good, or it keeps failing, the person gets an
 * apology, once, with what to do; where somebody has stopped it, they read who. Throws what another try may fix.
 */
export async function deliverReply(
  slack: SlackClients,
  reply: DeferredReply,
  deliver: () => Promise<JobResult>,
): Promise<JobResult> {
  const rest = await deliver().catch((error: unknown) => handleFailure(slack, reply, error));
  if (rest.kind === 'snooze') return rest;
  // In this order: as long as the outbox knows the reply, it is not delivered again.
  await deleteExport(slack.app.db, reply.key);
  await endReply(slack.app.db, reply.key);
  return DONE;
}

async function handleFailure(slack: SlackClients, reply: DeferredReply, error: unknown): Promise<JobResult> {
  const words = wordsFor(reply.person.locale);
  // Whatever else the stop has cut off.
  if (reply.stop.aborted) {
    const stopper = await mentionStopper(slack, words, reply.stop);
    return apologise(slack, reply, `${reply.apology(words)} ${words.apologies.stopped(stopper)}`);
  }
  const snoozeMs = snoozeAfter(error);
  const isTooLong = hasWaitedTooLong(reply, error);
  if (snoozeMs !== null && !isTooLong) return snooze(snoozeMs);
  const isLast = isTooLong || reply.tryNumber >= LAST_TRY;
  const why = whyRefused(words, error) ?? (isLast ? words.apologies.failing : null);
  if (why === null) throw error;
  slack.log.error({ err: error, reply: reply.key }, 'a deferred reply cannot be delivered');
  return apologise(slack, reply, `${reply.apology(words)} ${why}`);
}

/** For the provider, or for a file that Slack does not give. */
function hasWaitedTooLong({ askedAt }: DeferredReply, error: unknown): boolean {
  if (askedAt === null || Date.now() - askedAt.getTime() <= MAX_PROVIDER_WAIT_MS) return false;
  return error instanceof ProviderError || error instanceof SlackFileError;
}

async function mentionStopper(slack: SlackClients, words: Words, { reason }: AbortSignal): Promise<string> {
  const userId = reason instanceof RequestStopped ? reason.stoppedBy : null;
  const user = userId === null ? null : await getUser(slack.app.db, userId);
  return user ? `<@${user.slackUserId}>` : words.apologies.operator;
}

/** How long to wait for Slack or the provider after an error, in ms; null if the try counts as one of a few. */
function snoozeAfter(error: unknown): number | null {
  if (error instanceof ProviderError) {
    return error.fault === 'busy' || error.fault === 'too_often'
      ? Math.max(error.retryAfterMs ?? 0, UNREACHABLE_SNOOZE_MS)
      : null;
  }
  if (error instanceof SlackFileError)
    return error.code === 'file_unreachable' ? UNREACHABLE_SNOOZE_MS : null;
  const fault = slackFaultOf(error);
  if (fault?.kind === 'unreachable') return UNREACHABLE_SNOOZE_MS;
  // Slack has answered, if not clearly: such tries are counted, so that they end.
  if (fault?.kind === 'unclear') return fault.error === null ? UNREACHABLE_SNOOZE_MS : null;
  return snoozeIfLater(error)?.snoozeMs ?? null;
}

/** Why it will never work, in the person's language; null if another try may work. */
function whyRefused(words: Words, error: unknown): string | null {
  if (error instanceof ProviderError) return explainProviderError(words, error);
  const fault = slackFaultOf(error);
  return fault?.kind === 'refused' ? explainSlackError(words, fault.error) : null;
}

/** Posts an apology once. If it can be posted nowhere, only the log has it. */
export function apologise(slack: SlackClients, reply: Unfulfilled, text: string): Promise<JobResult> {
  const key = apologyKey(reply.key);
  return withPostLock(slack, key, async () => {
    try {
      const posted = await postApology(slack, reply, key, text);
      return posted.kind === 'snooze' ? posted : DONE;
    } catch (error) {
      const later = snoozeIfLater(error);
      if (later) return later;
      if (!slackFaultOf(error)) throw error;
      slack.log.error({ err: error, reply: reply.key }, 'an apology can be posted nowhere');
      return DONE;
    }
  });
}

async function postApology(
  slack: SlackClients,
  { person, fallback }: Unfulfilled,
  key: OutboxKey,
  text: string,
) {
  try {
    const channel = await openDirectMessage(slack, person.slackUserId);
    return await postOnce(slack, key, { channel }, plainReply(text));
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fallback || !fault || !isRefusedForGood(fault)) throw error;
    return postOnce(slack, key, fallback, plainReply(`<@${person.slackUserId}> ${text}`));
  }
}
