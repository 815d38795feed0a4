import { createHmac } from 'node:crypto';
import type { Delivery, Packet } from './packet';

/**
 * POSTs a packet to the request URL, signed as version v0: commands as a form, interactions as a form with
 * one field `payload`, events as JSON. Source: Slack, "Verifying requests from Slack".
 */
export async function postSigned(
  packet: Packet,
  to: { url: string; secret: string; timeoutMs: number },
): Promise<Delivery> {
  const { contentType, body } = encode(packet);
  const timestamp = Math.floor(Date.now() / 1000);
  try {
    const response = await fetch(to.url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(to.timeoutMs),
      headers: {
        // The app may close an idle connection at the moment in which it is used again.
        connection: 'close',
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': sign(to.secret, timestamp, body),
        ...retryHeaders(packet),
      },
      body,
    });
    const text = await response.text();
    if (!response.ok) return { acked: false, problem: `http_${response.status}`, status: response.status };
    return { acked: true, body: readAnswer(response, text), status: response.status };
  } catch (error) {
    const late = error instanceof DOMException && error.name === 'TimeoutError';
    return { acked: false, problem: late ? 'operation_timeout' : 'dispatch_failed', status: null };
  }
}

/** `v0=` and the HMAC-SHA256 of `v0:<timestamp>:<body>`. */
export function sign(secret: string, timestampS: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestampS}:${body}`).digest('hex')}`;
}

function encode({ type, payload }: Packet): { contentType: string; body: string } {
  if (type === 'events_api') return { contentType: 'application/json', body: JSON.stringify(payload) };
  const fields: object = type === 'interactive' ? { payload: JSON.stringify(payload) } : payload;
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  return { contentType: 'application/x-www-form-urlencoded', body: form.toString() };
}

function retryHeaders({ retry }: Packet): Record<string, string> {
  if (!retry) return {};
  return { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason };
}

/** Slack reads a plain text answer as a message. */
function readAnswer(response: Response, text: string): unknown {
  if (text === '') return undefined;
  const isJson = response.headers.get('content-type')?.includes('json');
  return isJson ? JSON.parse(text) : { text };
}
