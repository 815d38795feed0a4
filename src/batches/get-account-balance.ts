import type { Balance } from '../channels/channel';
import { needSender } from './find-sender';
import { channelOf, type Heart } from './heart';

/** What the person's account can spend now. Throws ChannelError. */
export async function getAccountBalance(
  heart: Heart,
  key: { tenantId: string; userId: string; channel: string },
): Promise<Balance> {
  const sender = await needSender(heart, key);
  return channelOf(heart, key.channel).getBalance(sender.account, { signal: heart.stopping });
}
