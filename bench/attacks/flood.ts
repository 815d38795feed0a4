/** Connections with an unfinished body each. */
export const UNFINISHED = 250;
/** Bodies that are pushed whole. */
export const BODIES = 200;

/** What a process sends to the bot. */
export type Flood =
  | { kind: 'unfinished'; path: string; headers: Record<string, string> }
  | { kind: 'pushed'; path: string; body: string };
