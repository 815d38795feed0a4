import { randomBytes } from 'node:crypto';
import { recordBlocked, recordRefusal } from '../../batches/authority/record-refusal';
import { readRefusalOf } from '../../db/read-refusal';
import { TooManyAtOnce } from '../../db/turns';
import { ProviderError } from '../../providers/sms-provider';
import { Forbidden, type PersonActor } from '../../tenants/actor';
import type { Words } from '../../words/en';
import { readerOf, wordsFor } from '../../words/words-for';
import { CarriedUnreadable } from '../blocks/carried';
import { explainProviderError } from '../blocks/parts/explain-reason';
import type { SlackClients } from '../client/slack-clients';
import { slackFaultOf } from '../client/slack-fault';
import { beginDelivery, type Delivery } from '../store/deliveries.sql';
import { type Identification, identifyPerson } from './identify-person';
import type { RequestContext } from './request-context';
import { whyForbidden } from './why-forbidden';

/**
 * The result of a request, with the words of the person's language. `refused` has the text for the person, as mrkdwn:
 * `namesOwner` where it mentions somebody, which a field of a form would show as an id.
 */
export type HandledRequest<T> = { words: Words } & (
  | { kind: 'done'; value: T }
  /** The very same request was delivered before; `answer`: to a form, null where it is not known. */
  | { kind: 'repeated'; answer: unknown }
  | Refusal
);

/** Who asks, and in which request of Slack; without one, nothing tells it apart. */
interface Asked {
  userId: string;
  delivery?: Delivery | null;
  identification?: Identification;
}

interface Refusal {
  kind: 'refused';
  title: string;
  text: string;
  namesOwner: boolean;
  /** An admin has blocked the person: what they saw before is to go too. */
  isBlocked?: boolean;
}

/**
 * Identifies the person and runs `handle` for them. If it throws, logs the error with a reference and returns
 * `refused` with a text that shows the same reference. What the person may not do, what a provider refuses, people of
 * another workspace, and what Slack does not answer are refused too. Never rejects. One person's requests are handled a few at a
 * time.
 */
export async function handleRequest<T>(
  slack: SlackClients,
  asked: Asked,
  handle: (request: RequestContext) => Promise<T>,
): Promise<HandledRequest<T>> {
  // By kind: *Pause* does not wait for what the same person has refreshed, nor for a last look before they send again.
  const owner = `${asked.userId} ${asked.identification ?? 'recent'}`;
  return slack.acts.take(owner, () => handleNow(slack, asked, handle));
}

async function handleNow<T>(
  slack: SlackClients,
  { userId: slackUserId, delivery = null, identification = 'recent' }: Asked,
  handle: (request: RequestContext) => Promise<T>,
): Promise<HandledRequest<T>> {
  let words = wordsFor(slack.settings.locale);
  let actor: PersonActor | null = null;
  const refuse = (text: string, title = words.errors.title, namesOwner = false): HandledRequest<T> => ({
    words,
    kind: 'refused',
    title,
    text,
    namesOwner,
  });
  try {
    const former = delivery && (await beginDelivery(slack.app.db, delivery));
    if (former) return { words, kind: 'repeated', answer: former.answer };
    const identity = await identifyPerson(slack, slackUserId, identification);
    if (identity.kind === 'foreign') return refuse(words.errors.foreign, words.home.title);
    if (identity.kind === 'not_answered') {
      slack.log.warn({ why: identity.why, slackUserId }, 'Slack did not say who a person is');
      words = identity.lastKnown ? readerOf(identity.lastKnown).words : words;
      return refuse(words.errors.notIdentified, words.home.title);
    }
    const { person } = identity;
    const reader = readerOf(person);
    words = reader.words;
    const { tenantId } = slack.workspace;
    actor = { kind: 'person', tenantId, userId: person.id, role: person.role };
    if (person.role === 'blocked') {
      await recordBlocked(slack.app, actor).catch(logUnrecorded(slack));
      return { ...refuse(words.errors.blocked), isBlocked: true } as HandledRequest<T>;
    }
    const value = await handle({ slack, tenantId, person, actor, words, reader });
    return { words, kind: 'done', value };
  } catch (error) {
    if (error instanceof Forbidden) {
      if (actor) await recordRefusal(slack.app, actor, error).catch(logUnrecorded(slack));
      const { text, namesOwner } = await whyForbidden(
        slack.app.db,
        words,
        error,
        actor?.userId ?? null,
      ).catch(() => ({
        text: words.errors.mayNot[error.act],
        namesOwner: false,
      }));
      return refuse(text, words.errors.title, namesOwner);
    }
    if (error instanceof TooManyAtOnce) return refuse(words.errors.tooManySearches(error.most));
    if (error instanceof CarriedUnreadable) return refuse(words.errors.unreadable, words.home.title);
    if (error instanceof ProviderError) return refuse(explainProviderError(words, error));
    const fault = slackFaultOf(error);
    if (fault && fault.kind !== 'refused') {
      slack.log.warn({ err: error, slackUserId }, 'Slack did not do what a listener asked for');
      return refuse(words.errors.slackAway(slack.settings.command));
    }
    const refusal = readRefusalOf(error);
    if (refusal) {
      slack.log.warn({ err: error, slackUserId }, 'a question of a person got no answer from the database');
      return refuse(
        refusal === 'busy' ? words.errors.busy(slack.settings.command) : words.errors.tooSlow,
        words.home.title,
      );
    }
    const reference = randomBytes(4).toString('hex');
    slack.log.error({ err: error, reference, slackUserId }, 'a listener failed');
    return refuse(words.errors.unexpected(reference, slack.settings.command));
  }
}

/** The person reads the refusal in any case. */
const logUnrecorded = (slack: SlackClients) => (error: unknown) =>
  slack.log.warn({ err: error }, 'a refusal could not be recorded');
