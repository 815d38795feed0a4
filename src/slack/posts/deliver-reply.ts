import { apologyOf, endDeferredReply } from '../../batches/outbox/deferred-replies';
import { ProviderError } from '../../providers/sms-provider';
import type { Person } from '../../tenants/person';
import type { Words } from '../../words/en';
import { wordsFor } from '../../words/words-for';
import { plainAnswer } from '../blocks/messages/replies';
import { explainProviderError } from '../blocks/parts/explain-reason';
import { explainRefusal } from '../blocks/parts/explain-slack-error';
import { SlackFileError } from '../client/download-file';
import { openDirectMessage } from '../client/open-direct-message';
import { oneAtATime } from '../client/post-lock';
import { type Place, postOnce } from '../client/post-once';
import type { SlackClients } from '../client/slack-clients';
import { slackFaultOf } from '../client/slack-fault';
import type { Snooze } from '../client/snooze';

/** An answer that takes a while, on its way to the person who asked. */
export interface Asked {
  /** Its name: what keeps it from coming twice is noted under it. */
  answer: string;
  person: Person;
  askedAt: Date | null;
  /** Of the job: 1, and one more each time it has failed. */
  attempt: number;
  /** Where the person is told that it will not come, if no direct message reaches them. */
  instead: Place | null;
  /** What it is that will not come. */
  sorry(words: Words): string;
}

const AWAY_AGAIN_MS = 60_000;
/** A minute and a half after the first attempt: a person waits no longer for what may never come. */
const LAST_ATTEMPT = 5;
const PROVIDER_AWAY_MS = 3_600_000;

/**
 * Brings an answer, and ends what kept it from coming twice. What may come later comes later; what Slack or the
 * provider refuses for good, or what fails again and again, the person is told once, with what to do. Throws what
 * another attempt may mend.
 */
export async function deliverReply(
  slack: SlackClients,
  asked: Asked,
  bring: () => Promise<Snooze>,
): Promise<Snooze> {
  const again = await bring().catch((error: unknown) => whatNext(slack, asked, error));
  if (again.snoozeMs === undefined) await endDeferredReply(slack.app, asked.answer);
  return again;
}

async function whatNext(slack: SlackClients, asked: Asked, error: unknown): Promise<Snooze> {
  const snoozeMs = waitAfter(error);
  const words = wordsFor(asked.person.locale);
  const isTooLong = asked.askedAt !== null && Date.now() - asked.askedAt.getTime() > PROVIDER_AWAY_MS;
  if (snoozeMs !== null && !(isTooLong && error instanceof ProviderError)) return { snoozeMs };
  const why = whyNever(words, error) ?? (asked.attempt >= LAST_ATTEMPT ? words.sorry.failing : null);
  if (why === null) throw error;
  slack.log.error(
    { err: error, answer: asked.answer },
    'an answer cannot be brought to the person who asked',
  );
  return apologise(slack, asked, `${asked.sorry(words)} ${why}`);
}

/** How long whoever is away, or asked too often, is left alone; null where waiting does not help. */
function waitAfter(error: unknown): number | null {
  if (error instanceof ProviderError) {
    return error.fault === 'busy' ? Math.max(error.retryAfterMs ?? 0, AWAY_AGAIN_MS) : null;
  }
  if (error instanceof SlackFileError) return error.code === 'file_unreachable' ? AWAY_AGAIN_MS : null;
  const fault = slackFaultOf(error);
  if (fault?.kind === 'limited') return fault.retryAfterMs;
  return fault?.kind === 'unclear' || fault?.kind === 'unreachable' ? AWAY_AGAIN_MS : null;
}

function whyNever(words: Words, error: unknown): string | null {
  if (error instanceof ProviderError) return explainProviderError(words, error);
  const fault = slackFaultOf(error);
  return fault?.kind === 'refused' ? explainRefusal(words, fault.error) : null;
}

/** Once; where nobody can be told, that is noted in the log. */
function apologise(slack: SlackClients, asked: Asked, text: string): Promise<Snooze> {
  const answer = apologyOf(asked.answer);
  return oneAtATime(slack, answer, async () => {
    try {
      const posted = await tell(slack, asked, answer, text);
      return posted.kind === 'later' ? { snoozeMs: posted.snoozeMs } : {};
    } catch (error) {
      const snoozeMs = waitAfter(error);
      if (snoozeMs !== null) return { snoozeMs };
      if (!slackFaultOf(error)) throw error;
      slack.log.error(
        { err: error, answer: asked.answer },
        'nobody can be told that an answer will not come',
      );
      return {};
    }
  });
}

async function tell(slack: SlackClients, { person, instead }: Asked, answer: string, text: string) {
  try {
    const channel = await openDirectMessage(slack, person.slackUserId);
    return await postOnce(slack, { answer }, { channel }, plainAnswer(text));
  } catch (error) {
    if (slackFaultOf(error)?.kind !== 'refused' || !instead) throw error;
    return postOnce(slack, { answer }, instead, plainAnswer(`<@${person.slackUserId}> ${text}`));
  }
}
