import type { Delivery, Packet } from '../deliver/packet';
import type { SlackContext } from '../slack-context';

/** What can go wrong with an act in real life. */
export interface ActOptions {
  /** Slack delivers the very same payload twice, one after the other. */
  deliverTwice?: boolean;
  /** The person acts twice at once: two payloads, each with its own trigger. */
  double?: boolean;
}

/**
 * Hands an act to the app as often as the options say. `packet` is called for each act, `settle` for each
 * act's first acknowledgement, in the order they come. Resolves with the outcome of the first act.
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
