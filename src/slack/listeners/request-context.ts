import type { PersonActor } from '../../tenants/actor';
import type { Person } from '../../tenants/person';
import type { Words } from '../../words/en';
import type { Reader } from '../../words/words-for';
import type { SlackClients } from '../client/slack-clients';

/** One request of a person: who they are, and the language of the reply. */
export interface RequestContext {
  slack: SlackClients;
  tenantId: string;
  person: Person;
  /** The same person, as verbs ask for them. */
  actor: PersonActor;
  words: Words;
  reader: Reader;
}
