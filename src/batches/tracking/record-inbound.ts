import { channelOf, type Heart } from '../app-context';
import { wakePushes } from '../enqueue-jobs';
import { insertInbound } from './inbound-messages.sql';
import { settlePushes, takePushes } from './webhook-inbox.sql';

/** Longer than any id of a provider; the index on ids cannot hold any length. */
const MAX_ID_CHARACTERS = 64;

/** Stores a set of replies that the provider has pushed, each message once, in one transaction. */
export async function recordInbound(heart: Heart, channel: string): Promise<void> {
  const of = { channel, kind: 'inbound' as const };
  const { parseInbound } = channelOf(heart, channel);
  const isFull = await heart.db.transaction(async (trx) => {
    const { pushes, isFull } = await takePushes(trx, of);
    const read = pushes.map(({ id, body }) => ({ id, messages: parseInbound(body).messages }));
    const messages = read.flatMap((one) => one.messages);
    await insertInbound(
      trx,
      channel,
      messages.map((one) => ({ ...one, messageId: one.messageId?.slice(0, MAX_ID_CHARACTERS) ?? null })),
    );
    await settlePushes(
      trx,
      read.map(({ id, messages }) => ({ id, outcome: messages.length > 0 ? 'applied' : 'unreadable' })),
    );
    return isFull;
  });
  if (isFull) await wakePushes(heart.db, of, 0);
}
