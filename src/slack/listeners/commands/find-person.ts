import { findTexts } from '../../../batches/views/find-texts';
import { readNumber } from '../../../recipients/read-number';
import type { CountryCode } from '../../../recipients/recipient';
import type { Message } from '../../blocks/block-kit';
import { foundTexts } from '../../blocks/messages/found-texts';
import { plainAnswer } from '../../blocks/messages/replies';
import { refusal, SENDING_CHANNEL, type Visit } from '../request';

const SHOWN = 20;

/** `/sms find +86 138 0013 8000`: every text to that number, for the person who asks alone. */
export async function findPerson(visit: Visit, written: string): Promise<Message> {
  const refused = refusal(visit, 'find');
  if (refused) return refused;
  const { desk, post, tenantId, person, words, reader } = visit;
  const reading = readNumber(written, desk.defaultCountry as CountryCode | undefined);
  if (reading.kind === 'rejected') {
    const why = words.reasons.reject[reading.reason.code];
    return plainAnswer(words.find.notANumber(why, post.settings.command));
  }
  const { number } = reading;
  const key = { tenantId, userId: person.id, channel: SENDING_CHANNEL };
  return foundTexts(reader, number, await findTexts(post.heart, { ...key, number, limit: SHOWN }));
}
