const DEADLINE_MS = 15_000;

/** What became of a request: an answer, a refusal with its status, or no answer at all. */
export type Answer<T> =
  | { kind: 'answered'; body: T }
  | { kind: 'refused'; status: number; body: unknown }
  | { kind: 'unreachable' };

/** Asks the demo, which serves this page too. Gives up after 15 seconds, far longer than Slack waits for an app. */
export async function ask<T>(path: string, init: RequestInit = {}): Promise<Answer<T>> {
  try {
    const response = await fetch(path, { ...init, signal: AbortSignal.timeout(DEADLINE_MS) });
    const body: unknown = await response.json();
    return response.ok
      ? { kind: 'answered', body: body as T }
      : { kind: 'refused', status: response.status, body };
  } catch {
    return { kind: 'unreachable' };
  }
}

export function post<T>(path: string, body: unknown = {}): Promise<Answer<T>> {
  return ask<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
