import type { Context } from 'hono';
import type { Bindings } from '../../http/bindings';
import { type MessageResponse, putResponse } from '../deliver/put-response';
import type { SlackContext } from '../slack-context';
import { ApiRefusal } from '../web-api/refusal';

/** `response_url`: five answers in thirty minutes, `ok` in plain text. */
export function answerResponseUrl(slack: SlackContext) {
  return async (c: Context<Bindings>) => {
    const startedAt = Date.now();
    const response = await c.req.json<MessageResponse>().catch(() => null);
    if (!response) return c.json({ ok: false, error: 'invalid_payload' }, 400);
    const refusal = use(slack, c.req.param('secret') ?? '', response);
    slack.traffic.note({
      at: startedAt,
      direction: 'to_slack',
      kind: 'response_url',
      name: 'response_url',
      request: response,
      status: refusal ? refusal.status : 200,
      response: refusal?.error ?? 'ok',
      durationMs: Date.now() - startedAt,
    });
    return refusal ? c.json({ ok: false, error: refusal.error }, refusal.status) : c.text('ok');
  };
}

function use(
  slack: SlackContext,
  secret: string,
  response: MessageResponse,
): { status: 400 | 404; error: string } | null {
  const target = slack.responseUrls.use(secret);
  if (typeof target === 'string') return { status: 404, error: target };
  try {
    putResponse(slack, target, response, 'response_url');
    return null;
  } catch (error) {
    if (error instanceof ApiRefusal) return { status: 400, error: error.code };
    throw error;
  }
}
