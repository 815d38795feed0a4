import { setTimeout as wait } from 'node:timers/promises';
import { randomText } from '../ids';
import type { SlackContext } from '../slack-context';
import { BOT } from '../workspace/bot-ids';
import type { Delivery } from './packet';

/**
 * Delivers an event of the Events API. Without an acknowledgement it is delivered again, with the same
 * event_id, after each of `eventRetryDelaysMs`. Resolves with the outcome of the first delivery.
 */
export async function sendEvent(slack: SlackContext, event: { type: string } & Record<string, unknown>) {
  const payload = {
    token: 'not-used',
    team_id: slack.workspace.team.id,
    api_app_id: BOT.appId,
    type: 'event_callback',
    event_id: `Ev${randomText(9)}`,
    event_time: Math.floor(slack.settings.now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: slack.workspace.team.id, user_id: BOT.userId, is_bot: true },
    ],
    event: { event_ts: slack.workspace.nextTs(), ...event },
  };
  const first = await slack.deliver({ type: 'events_api', payload });
  if (!first.acked) void redeliver(slack, payload, first);
  return first;
}

async function redeliver(
  slack: SlackContext,
  payload: Record<string, unknown>,
  failed: Delivery,
): Promise<void> {
  let last = failed;
  for (const [index, delayMs] of slack.settings.eventRetryDelaysMs.entries()) {
    if (last.acked) return;
    await wait(delayMs, undefined, { ref: false });
    const reason = last.problem === 'operation_timeout' ? 'http_timeout' : 'http_error';
    last = await slack.deliver({ type: 'events_api', payload, retry: { attempt: index + 1, reason } });
  }
}
