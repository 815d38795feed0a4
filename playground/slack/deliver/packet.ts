const PACKET_TYPES = ['slash_commands', 'interactive', 'events_api'] as const;
type PacketType = (typeof PACKET_TYPES)[number];

/** A command, an interaction or an event for the app. */
export interface Packet {
  type: PacketType;
  payload: Record<string, unknown>;
  retry?: { attempt: number; reason: string };
}

/** The result: the acknowledgement, or the problem that the person's client would show. */
export type Delivery =
  | { acked: true; body: unknown; status: number | null }
  | { acked: false; problem: string; status: number | null };
