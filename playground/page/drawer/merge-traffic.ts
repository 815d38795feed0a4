import type { BukaState, TrafficEntry } from '../api/wire';

export const SIDES = ['all', 'slack', 'buka'] as const;
export type Side = (typeof SIDES)[number];

/** One request between the bot and Slack or Buka, as the drawer lists it. */
export interface Exchange extends Pick<TrafficEntry, 'id' | 'at' | 'name' | 'request' | 'response'> {
  direction: TrafficEntry['direction'] | 'to_buka';
  /** The HTTP status, or the status inside Buka's answer, where 0 is success; null without an answer. */
  status: number | string | null;
  durationMs: number | null;
  isBad: boolean;
  /** The names of the faults that struck this request. */
  faults: BukaState['requests'][number]['faults'];
}

/** The requests of one side or of both, newest first. `slack` is given newest first, `buka` newest last. */
export function mergeTraffic(slack: TrafficEntry[], buka: BukaState['requests'], side: Side): Exchange[] {
  const all = [
    ...(side === 'buka' ? [] : slack.map(fromSlack)),
    ...(side === 'slack' ? [] : buka.map(fromBuka)),
  ];
  return all.sort((one, other) => other.at - one.at || other.id - one.id);
}

function fromSlack(entry: TrafficEntry): Exchange {
  const isRefused = (entry.response as { ok?: boolean } | null)?.ok === false;
  return { ...entry, isBad: (entry.status ?? 200) >= 400 || isRefused, faults: [] };
}

function fromBuka({ request, query, sent, ...entry }: BukaState['requests'][number]): Exchange {
  const response = sent ? readable(sent.text) : null;
  const refusal = (response as { status?: string } | null)?.status;
  const status = sent?.httpStatus === 200 ? (refusal ?? sent.httpStatus) : (sent?.httpStatus ?? null);
  return {
    id: entry.id,
    at: entry.atMs,
    direction: 'to_buka',
    name: entry.path,
    request: request ? readable(request) : Object.fromEntries(new URLSearchParams(query)),
    response,
    status,
    durationMs: entry.durationMs,
    isBad: entry.faults.length > 0 || status !== '0',
    faults: entry.faults,
  };
}

/** The log cuts off long bodies, and what is left is not JSON. */
function readable(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
