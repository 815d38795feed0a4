import type { Delivery, Packet } from '../deliver/packet';
import type { SlackContext } from '../slack-context';

/** How an act can reach the app twice in real life. */
export interface ActOptions {
  /** Slack delivers the very same payload twice, one after the other. */
  deliverTwice?: boolean;
  /** The person acts twice at once: two payloads, each with its own trigger. */
  double?: boolean;
}

/**
 * Delivers an act to the app as often as the options say. Calls `packet` for each act, and `settle` for the first
 * acknowledgement of each act, in the order of the acknowledgements. Resolves with the outcome of the first act.
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
