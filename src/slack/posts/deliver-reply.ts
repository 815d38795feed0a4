import { deleteExport } from '../../batches/exporting/export-files.sql';
import { ProviderError } from '../../providers/sms-provider';
import { DONE, type JobResult, snooze } from '../../queue/job-result';
import type { Person } from '../../tenants/person';
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
  /** Null: no limit on how long the provider may be unreachable. */
  askedAt: Date | null;
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
/** After this time with a busy or unreachable provider, the person gets an apology. */
const MAX_PROVIDER_WAIT_MS = 3_600_000;

/**
 * Delivers a reply with `deliver`, then deletes its files and what kept it from being delivered twice. Returns a snooze
 * for what may work later. If Slack or the provider refuses it for good, or it keeps failing, the person gets an
 * apology, once, with what to do. Throws what another try may fix.
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
  const snoozeMs = snoozeAfter(error);
  const words = wordsFor(reply.person.locale);
  const isTooLong = reply.askedAt !== null && Date.now() - reply.askedAt.getTime() > MAX_PROVIDER_WAIT_MS;
  if (snoozeMs !== null && !(isTooLong && error instanceof ProviderError)) return snooze(snoozeMs);
  const why = whyRefused(words, error) ?? (reply.tryNumber >= LAST_TRY ? words.apologies.failing : null);
  if (why === null) throw error;
  slack.log.error({ err: error, reply: reply.key }, 'a deferred reply cannot be delivered');
  return apologise(slack, reply, `${reply.apology(words)} ${why}`);
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
