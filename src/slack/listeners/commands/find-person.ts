import { findTexts } from '../../../batches/views/find-texts';
import { readNumber } from '../../../recipients/numbers/read-number';
import type { CountryCode } from '../../../recipients/recipient';
import type { SlackMessage } from '../../blocks/block-kit';
import { foundTextsMessage } from '../../blocks/messages/found-texts';
import { plainReply } from '../../blocks/messages/replies';
import type { RequestContext } from '../request-context';

const SHOWN = 20;

/** `/sms find +86 138 0013 8000`: every text to that number. Only the person who asks sees the reply. */
export async function findPerson(request: RequestContext, written: string): Promise<SlackMessage> {
  const { slack, actor, words, reader } = request;
  const reading = readNumber(written, slack.app.settings.defaultCountry as CountryCode | undefined);
  if (reading.kind === 'rejected') {
    const why = words.reasons.reject[reading.reason.code];
    return plainReply(words.find.notANumber(why, slack.settings.command));
  }
  const { number } = reading;
  return foundTextsMessage(reader, number, await findTexts(slack.app, actor, { number, limit: SHOWN }));
}
