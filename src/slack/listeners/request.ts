import type { BatchSummary } from '../../batches/batch';
import { type Act, mayDo } from '../../tenants/permissions';
import type { Person } from '../../tenants/person';
import type { Words } from '../../words/en';
import type { Reader } from '../../words/words-for';
import type { Message } from '../blocks/block-kit';
import { plainAnswer } from '../blocks/messages/replies';
import type { SlackClients } from '../client/slack-clients';

/** The provider by which new batches leave. */
export const SENDING_PROVIDER = 'onbuka';

/** One request of a person: who they are, and the language they are answered in. */
export interface RequestContext {
  slack: SlackClients;
  tenantId: string;
  person: Person;
  words: Words;
  reader: Reader;
}

/** Why the person may not do this, as an answer to them; null where they may. */
export function refusal({ person, words }: RequestContext, act: Act, batch?: BatchSummary): Message | null {
  return mayDo(person, act, batch) ? null : plainAnswer(words.errors.mayNot[act]);
}
