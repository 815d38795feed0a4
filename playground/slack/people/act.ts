import type { Core } from '../core';
import type { Delivery, Packet } from '../deliver/packet';

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
  core: Core,
  options: ActOptions,
  packet: () => Packet,
  settle: (delivery: Delivery) => T,
): Promise<T> {
  const once = async () => {
    const sent = packet();
    const settled = settle(await core.deliver(sent));
    if (options.deliverTwice) await core.deliver(sent);
    return settled;
  };
  const [first] = await Promise.all(options.double ? [once(), once()] : [once()]);
  return first as T;
}
