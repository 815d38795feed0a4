import type { IncomingMessage } from 'node:http';
import { type CutReason, readPages } from './read-pages';

/** Who sends bodies: a flood at one's paths must not shut the other out. */
export type BodySender = 'slack' | 'providers';

interface Bounds {
  /** All bodies in hand in this process: those that are being read, and those that are being stored or handled. */
  totalBytes: number;
  /** What only this sender may use. The rest is for whoever comes. */
  reservedBytes: Record<BodySender, number>;
  /** A body that is not here whole by then is cut. */
  deadlineMs: number;
}

/** The heap is bounded to 512 MiB and needs about 100: this leaves room for the texts and values made of the bodies. */
const BODY_BUDGET_BYTES = 32 * 1024 * 1024;
/** Two of Slack's longest bodies, eight of a provider's: enough to go on while the other sender is flooded. */
const RESERVED_BYTES = 8 * 1024 * 1024;
/** The longest body is 4 MiB: ten seconds are enough at 4 Mbit/s. Slack and providers need milliseconds. */
const BODY_DEADLINE_MS = 10_000;

const BOUNDS: Bounds = {
  totalBytes: BODY_BUDGET_BYTES,
  reservedBytes: { slack: RESERVED_BYTES, providers: RESERVED_BYTES },
  deadlineMs: BODY_DEADLINE_MS,
};

export interface BodyBudget {
  /**
   * The whole body of a request, which counts until it is released. Never rejects. Refused are `too_large`: more than
   * `maxBytes`, and the rest is not read; `no_room`: the budget is full of bodies that are being handled. The connection is
   * closed already after `gave_way` (to a younger body), `too_slow` and `hung_up`.
   */
  read(request: IncomingMessage, of: { sender: BodySender; maxBytes: number }): Promise<ReadBody>;
  /** All bytes that are held now. */
  heldBytes(): number;
}

export type ReadBody = Body | { refused: 'too_large' | 'no_room' | CutReason };

export interface Body {
  bytes: Buffer;
  /** The body counts no more. A second call does nothing. */
  release(): void;
}

interface Held {
  sender: BodySender;
  bytes: number;
  /** Ends the reading; null once the body is whole. */
  cut: ((reason: CutReason) => void) | null;
}

/**
 * One budget for the bodies of all requests. What is counted is what was received, not what was announced. When it is full,
 * the oldest body that is not whole gives way, so that an honest request, which is whole at once, gets through.
 */
export function createBodyBudget(bounds: Partial<Bounds> = {}): BodyBudget {
  const { totalBytes, reservedBytes, deadlineMs } = { ...BOUNDS, ...bounds };
  /** In the order in which they came. */
  const bodies = new Set<Held>();

  const sum = (sender?: BodySender) =>
    [...bodies].reduce(
      (bytes, one) => bytes + (sender === undefined || one.sender === sender ? one.bytes : 0),
      0,
    );

  /** What this sender may hold: all that the others neither use nor have reserved. */
  function roomOf(sender: BodySender): number {
    const others = (Object.keys(reservedBytes) as BodySender[]).filter((one) => one !== sender);
    return others.reduce((room, other) => room - Math.max(sum(other), reservedBytes[other]), totalBytes);
  }

  /** Whether this body may grow. Older ones that are not whole are cut for it. */
  function grow(held: Held, bytes: number): boolean {
    while (sum(held.sender) + bytes > roomOf(held.sender)) {
      const oldest = [...bodies].find((one) => one.sender === held.sender && one.cut && one.bytes > 0);
      if (!oldest?.cut || oldest === held) return false;
      // At once: the reading learns of its end only later.
      bodies.delete(oldest);
      oldest.cut('gave_way');
    }
    held.bytes += bytes;
    return true;
  }

  async function read(
    request: IncomingMessage,
    { sender, maxBytes }: { sender: BodySender; maxBytes: number },
  ): Promise<ReadBody> {
    const held: Held = { sender, bytes: 0, cut: null };
    bodies.add(held);
    const read = await readPages(request, {
      maxBytes,
      deadlineMs,
      mayHold: (bytes) => grow(held, bytes),
      onOpen: (cut) => {
        held.cut = cut;
      },
    });
    held.cut = null;
    if ('refused' in read) {
      bodies.delete(held);
      return read;
    }
    held.bytes = read.bytes.length;
    return { bytes: read.bytes, release: () => void bodies.delete(held) };
  }

  return { read, heldBytes: () => sum() };
}
