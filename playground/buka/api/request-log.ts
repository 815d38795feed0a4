import type { BukaFaultName } from '../buka-faults';
import type { Sent } from './answers';

const KEPT_ENTRIES = 200;
const KEPT_CHARACTERS = 4_000;

/** One call as the demo's drawer shows it. Long bodies are cut off. Credentials are never in it. */
export interface RequestEntry {
  id: number;
  atMs: number;
  method: string;
  /** Below `/v3/`. */
  path: string;
  query: string;
  /** How many numbers a send asked for; 0 for the other calls. */
  items: number;
  /** The status of the reply before faults changed it; null if there was no reply. */
  status: string | null;
  /** The faults that struck this call. */
  faults: BukaFaultName[];
  durationMs: number | null;
  request: string;
  /** The reply before faults changed it. */
  reply: string;
  /** What was sent to the caller; null if nothing was, or not yet. */
  sent: Sent | null;
}

/** The last calls, and the number of all calls by path. */
export interface RequestLog {
  open(method: string, path: string, query: string, body: string): RequestEntry;
  close(entry: RequestEntry, reply: string, sent: Sent | null): void;
  /** Newest last. */
  recent(): readonly RequestEntry[];
  counts(): Readonly<Record<string, number>>;
  clear(): void;
}

export function createRequestLog(now: () => number): RequestLog {
  let entries: RequestEntry[] = [];
  let counts: Record<string, number> = {};
  let nextId = 1;
  return {
    open(method, path, query, body) {
      counts[path] = (counts[path] ?? 0) + 1;
      const entry: RequestEntry = {
        id: nextId++,
        atMs: now(),
        method,
        path,
        query: query.slice(0, KEPT_CHARACTERS),
        items: 0,
        status: null,
        faults: [],
        durationMs: null,
        request: body.slice(0, KEPT_CHARACTERS),
        reply: '',
        sent: null,
      };
      entries.push(entry);
      if (entries.length > KEPT_ENTRIES * 2) entries = entries.slice(-KEPT_ENTRIES);
      return entry;
    },
    close(entry, reply, sent) {
      entry.durationMs = now() - entry.atMs;
      entry.reply = reply.slice(0, KEPT_CHARACTERS);
      entry.sent = sent && { ...sent, text: sent.text.slice(0, KEPT_CHARACTERS) };
    },
    recent: () => entries.slice(-KEPT_ENTRIES),
    counts: () => ({ ...counts }),
    clear() {
      entries = [];
      counts = {};
    },
  };
}
