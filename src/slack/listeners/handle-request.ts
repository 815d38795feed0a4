import { randomBytes } from 'node:crypto';
import type { Words } from '../../words/en';
import { readerOf, wordsFor } from '../../words/words-for';
import { findVisitor } from './identify-person';
import type { Desk, Visit } from './request';

/** What came of a visit, and the language to say so in. `turned_away` carries the sentence for the person. */
export type Attended<T> = { words: Words } & (
  | { kind: 'done'; value: T }
  | { kind: 'turned_away'; title: string; text: string }
);

/**
 * Lets a person in, works for them, and turns what goes wrong into a sentence with a reference that stands
 * in the log too. Never rejects.
 */
export async function attend<T>(
  desk: Desk,
  slackUserId: string,
  work: (visit: Visit) => Promise<T>,
): Promise<Attended<T>> {
  let words = wordsFor('');
  try {
    const person = await findVisitor(desk.post, slackUserId);
    if (!person) return { words, kind: 'turned_away', title: words.home.title, text: words.errors.foreign };
    const reader = readerOf(person);
    words = reader.words;
    const { tenantId } = await desk.post.identity();
    const value = await work({ desk, post: desk.post, tenantId, person, words, reader });
    return { words, kind: 'done', value };
  } catch (error) {
    const reference = randomBytes(4).toString('hex');
    desk.post.log.error({ err: error, reference, slackUserId }, 'a listener failed');
    return {
      words,
      kind: 'turned_away',
      title: words.errors.title,
      text: words.errors.unexpected(reference),
    };
  }
}
