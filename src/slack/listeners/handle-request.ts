import { randomBytes } from 'node:crypto';
import type { Words } from '../../words/en';
import { readerOf, wordsFor } from '../../words/words-for';
import type { SlackClients } from '../client/slack-clients';
import { identifyPerson } from './identify-person';
import type { RequestContext } from './request';

/** What came of a visit, and the language to say so in. `turned_away` carries the sentence for the person. */
export type Handled<T> = { words: Words } & (
  | { kind: 'done'; value: T }
  | { kind: 'turned_away'; title: string; text: string }
);

/**
 * Lets a person in, works for them, and turns what goes wrong into a sentence with a reference that stands
 * in the log too. Never rejects.
 */
export async function handleRequest<T>(
  slack: SlackClients,
  slackUserId: string,
  work: (request: RequestContext) => Promise<T>,
): Promise<Handled<T>> {
  let words = wordsFor('');
  try {
    const person = await identifyPerson(slack, slackUserId);
    if (!person) return { words, kind: 'turned_away', title: words.home.title, text: words.errors.foreign };
    const reader = readerOf(person);
    words = reader.words;
    const { tenantId } = await slack.identity();
    const value = await work({ slack, tenantId, person, words, reader });
    return { words, kind: 'done', value };
  } catch (error) {
    const reference = randomBytes(4).toString('hex');
    slack.log.error({ err: error, reference, slackUserId }, 'a listener failed');
    return {
      words,
      kind: 'turned_away',
      title: words.errors.title,
      text: words.errors.unexpected(reference),
    };
  }
}
