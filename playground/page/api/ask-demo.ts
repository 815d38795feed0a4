const DEADLINE_MS = 15_000;

/** The outcome of a request: an answer, a refusal with its HTTP status, or no answer. */
export type Answer<T> =
  | { kind: 'answered'; body: T }
  | { kind: 'refused'; status: number; body: unknown }
  | { kind: 'unreachable' };

/** Sends a request to the demo. The deadline of 15 seconds is far longer than Slack waits for an app. */
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
