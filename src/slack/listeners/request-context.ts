import type { BatchSummary } from '../../batches/batch';
import { mayDo, type Permission } from '../../tenants/permissions';
import type { Person } from '../../tenants/person';
import type { Words } from '../../words/en';
import type { Reader } from '../../words/words-for';
import type { SlackMessage } from '../blocks/block-kit';
import { plainReply } from '../blocks/messages/replies';
import type { SlackClients } from '../client/slack-clients';

/** New batches are sent through this provider. */
export const SENDING_PROVIDER = 'onbuka';

/** One request of a person: who they are, and the language of the reply. */
export interface RequestContext {
  slack: SlackClients;
  tenantId: string;
  person: Person;
  words: Words;
  reader: Reader;
}

/** The reply that says why the person may not do this; null if they may. */
export function refusal(
  { person, words }: RequestContext,
  permission: Permission,
  batch?: BatchSummary,
): SlackMessage | null {
  return mayDo(person, permission, batch) ? null : plainReply(words.errors.mayNot[permission]);
}
