import type { Delivery, Packet } from '../deliver/packet';
import type { SlackContext } from '../slack-context';

/** Mischief that happens to acts in real life. */
export interface ActOptions {
  /** Slack delivers the very same payload twice, one after the other. */
  deliverTwice?: boolean;
  /** The person acts twice at once: two payloads, each with its own trigger. */
  double?: boolean;
}

/**
 * Hands an act to the app as often as the options say. `packet` is called for each act, `settle` for each
 * act's first acknowledgement, in the order they come; the first act's outcome is what the person remembers.
 */
export async function act<T>(
  slack: SlackContext,
  options: ActOptions,
  packet: () => Packet,
  settle: (delivery: Delivery) => T,
): Promise<T> {
  const once = async () => {
    const sent = packet();
    const settled = settle(await slack.deliver(sent));
    if (options.deliverTwice) await slack.deliver(sent);
    return settled;
  };
  const [first] = await Promise.all(options.double ? [once(), once()] : [once()]);
  return first as T;
}
