const TRAFFIC_KINDS = [
  'api',
  'command',
  'interaction',
  'event',
  'response_url',
  'upload',
  'download',
] as const;
export type TrafficKind = (typeof TRAFFIC_KINDS)[number];

/** One request, from Slack or from the app, and its answer. Tokens are left out. */
export interface TrafficEntry {
  id: number;
  /** Milliseconds since 1970. */
  at: number;
  direction: 'to_slack' | 'to_app';
  kind: TrafficKind;
  /** The Web API method, the command, or the type of the payload. */
  name: string;
  request: unknown;
  /** HTTP status. Null over Socket Mode and if no answer came. */
  status: number | null;
  response: unknown;
  durationMs: number;
}

export interface Traffic {
  /** Oldest first. */
  list(): TrafficEntry[];
  /** Requests of one name, oldest first, e.g. every `chat.update`. */
  named(name: string): TrafficEntry[];
  note(entry: Omit<TrafficEntry, 'id'>): void;
  clear(): void;
}

const KEPT = 1000;

/** The log of requests between Slack and the app: the last thousand. */
export function createTraffic(onEntry: (entry: TrafficEntry) => void): Traffic {
  let entries: TrafficEntry[] = [];
  let lastId = 0;
  return {
    list: () => [...entries],
    named: (name) => entries.filter((entry) => entry.name === name),
    note: (noted) => {
      const entry = { id: ++lastId, ...noted };
      entries = [...entries.slice(-(KEPT - 1)), entry];
      onEntry(entry);
    },
    clear: () => {
      entries = [];
    },
  };
}
