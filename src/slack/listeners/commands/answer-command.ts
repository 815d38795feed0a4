import type { Message } from '../../blocks/block-kit';
import { helpAnswer } from '../../blocks/messages/replies';
import type { Command } from '../bolt-listeners';
import { openCompose } from '../open-compose';
import type { Visit } from '../request';
import { findPerson } from './find-person';
import { showBalance } from './show-balance';
import { showList } from './show-list';
import { showReport } from './show-report';
import { showStatus } from './show-status';

/** `/sms [send | status [id] | list | find <number> | report [range] | balance | help]`. An unknown word gives help. */
export async function answerCommand(visit: Visit, { text, triggerId }: Command): Promise<Message | null> {
  const [word = 'send', ...rest] = text.trim().split(/\s+/).filter(Boolean);
  switch (word.toLowerCase()) {
    case 'send':
      return openCompose(visit, triggerId);
    case 'status':
      return showStatus(visit, rest[0]);
    case 'list':
      return showList(visit);
    case 'find':
      return findPerson(visit, rest.join(' '));
    case 'report':
      return showReport(visit, rest.join(' '));
    case 'balance':
      return showBalance(visit);
    case 'help':
      return helpAnswer(visit.words, visit.post.settings.command, null);
    default:
      return helpAnswer(visit.words, visit.post.settings.command, word);
  }
}
