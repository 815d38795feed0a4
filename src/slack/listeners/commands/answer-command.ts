import { mayDo } from '../../../tenants/actor';
import type { SlackMessage } from '../../blocks/block-kit';
import { helpReply } from '../../blocks/messages/replies';
import type { Command } from '../bolt-listeners';
import type { Identification } from '../identify-person';
import { openCompose } from '../open-compose';
import type { RequestContext } from '../request-context';
import { findPerson } from './find-person';
import { openAdmin } from './open-admin';
import { showBalance } from './show-balance';
import { showList } from './show-list';
import { showStatus } from './show-status';
import { showUsageReport } from './show-usage-report';

/**
 * `/sms [send | status [id] | list | find <number> | report [range] | balance | admin | help]`. An unknown word gives
 * help.
 */
export async function answerCommand(
  request: RequestContext,
  { text, triggerId }: Command,
): Promise<SlackMessage | null> {
  const [word = 'send', ...rest] = wordsOf(text);
  switch (word.toLowerCase()) {
    case 'send':
      return openCompose(request, triggerId);
    case 'status':
      return showStatus(request, rest[0]);
    case 'list':
      return showList(request);
    case 'find':
      return findPerson(request, rest.join(' '));
    case 'report':
      return showUsageReport(request, rest.join(' '));
    case 'balance':
      return showBalance(request);
    case 'admin':
      return openAdmin(request, triggerId);
    case 'help':
      return helpReply(request.words, request.slack.settings.command, null, isAdmin(request));
    default:
      return helpReply(request.words, request.slack.settings.command, word, isAdmin(request));
  }
}

/** Whoever looks up a number must be a member, and whoever administers an admin, at this moment; for the rest, what Slack said lately is enough. */
export function identificationFor({ text }: Pick<Command, 'text'>): Identification {
  return /^(find|admin)$/i.test(wordsOf(text)[0] ?? '') ? 'now' : 'recent';
}

const isAdmin = ({ actor }: RequestContext) => mayDo(actor, 'administer');

const wordsOf = (text: string) => text.trim().split(/\s+/).filter(Boolean);
