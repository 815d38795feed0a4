const PACKET_TYPES = ['slash_commands', 'interactive', 'events_api'] as const;
export type PacketType = (typeof PACKET_TYPES)[number];

/** Something for the app. */
export interface Packet {
  type: PacketType;
  payload: Record<string, unknown>;
  retry?: { attempt: number; reason: string };
}

/** What came of it: the acknowledgement, or what the person's client would name as the problem. */
export type Delivery =
  | { acked: true; body: unknown; status: number | null }
  | { acked: false; problem: string; status: number | null };
