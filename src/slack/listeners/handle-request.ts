import { randomBytes } from 'node:crypto';
import { ProviderError } from '../../providers/sms-provider';
import { Forbidden } from '../../tenants/actor';
import type { Words } from '../../words/en';
import { readerOf, wordsFor } from '../../words/words-for';
import { explainProviderError } from '../blocks/parts/explain-reason';
import type { SlackClients } from '../client/slack-clients';
import { identifyPerson } from './identify-person';
import type { RequestContext } from './request-context';

/**
 * The result of a request, with the words of the person's language. `refused` has the text for the person.
 */
export type HandledRequest<T> = { words: Words } & (
  | { kind: 'done'; value: T }
  | { kind: 'refused'; title: string; text: string }
);

/**
 * Identifies the person and runs `handle` for them. If it throws, logs the error with a reference and returns
 * `refused` with a text that shows the same reference. What the person may not do, what a
 * provider refuses, and people of another workspace are refused too. Never rejects.
 */
export async function handleRequest<T>(
  slack: SlackClients,
  slackUserId: string,
  handle: (request: RequestContext) => Promise<T>,
): Promise<HandledRequest<T>> {
  let words = wordsFor('');
  try {
    const person = await identifyPerson(slack, slackUserId);
    if (!person) return { words, kind: 'refused', title: words.home.title, text: words.errors.foreign };
    const reader = readerOf(person);
    words = reader.words;
    const { tenantId } = slack.workspace;
    const actor = { kind: 'person', tenantId, userId: person.id, role: person.role } as const;
    const value = await handle({ slack, tenantId, person, actor, words, reader });
    return { words, kind: 'done', value };
  } catch (error) {
    if (error instanceof Forbidden) {
      return { words, kind: 'refused', title: words.errors.title, text: words.errors.mayNot[error.act] };
    }
    if (error instanceof ProviderError) {
      return { words, kind: 'refused', title: words.errors.title, text: explainProviderError(words, error) };
    }
    const reference = randomBytes(4).toString('hex');
    slack.log.error({ err: error, reference, slackUserId }, 'a listener failed');
    return {
      words,
      kind: 'refused',
      title: words.errors.title,
      text: words.errors.unexpected(reference),
    };
  }
}
