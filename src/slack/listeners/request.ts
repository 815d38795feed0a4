import type { BatchSummary } from '../../batches/batch';
import { type Act, mayDo } from '../../tenants/permissions';
import type { Person } from '../../tenants/person';
import type { Words } from '../../words/en';
import type { Reader } from '../../words/words-for';
import type { Message } from '../blocks/block-kit';
import { plainAnswer } from '../blocks/messages/replies';
import type { SlackPost } from '../client/slack-clients';

/** What every listener works with. */
export interface Desk {
  post: SlackPost;
  defaultCountry: string | undefined;
}

/** The channel by which new batches leave. */
export const SENDING_CHANNEL = 'onbuka';

/** One person at the desk: who they are, and the language they are answered in. */
export interface Visit {
  desk: Desk;
  post: SlackPost;
  tenantId: string;
  person: Person;
  words: Words;
  reader: Reader;
}

/** Why the person may not do this, as an answer to them; null where they may. */
export function refusal({ person, words }: Visit, act: Act, batch?: BatchSummary): Message | null {
  return mayDo(person, act, batch) ? null : plainAnswer(words.errors.mayNot[act]);
}
