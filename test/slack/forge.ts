import { randomUUID } from 'node:crypto';
import { sign } from '@bulk-sms/playground/slack/deliver/post-signed';
import { BOT } from '@bulk-sms/playground/slack/workspace/bot-ids';
import { type Harness, SECRETS } from './harness';

/** Requests with a right signature and a content of the test's own. The harness must be one of HTTP mode. */

/** The bytes of a request, so that the same can be delivered again. */
export interface SignedRequest {
  body: string;
  headers: Record<string, string>;
}

/** `aged`: signed so many seconds ago; below 0: in the future. */
export function signed(
  body: string,
  contentType = 'application/x-www-form-urlencoded',
  aged = 0,
): SignedRequest {
  const signedAt = Math.floor(Date.now() / 1000) - aged;
  return {
    body,
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': String(signedAt),
      'x-slack-signature': sign(SECRETS.signingSecret, signedAt, body),
    },
  };
}

export const deliver = (harness: Harness, { body, headers }: SignedRequest): Promise<Response> =>
  fetch(harness.requestUrl, { method: 'POST', body, headers: { ...headers, connection: 'close' } });

/** An interaction as a request. Fields that are undefined are left out. */
export const interaction = (payload: object): SignedRequest =>
  signed(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());

export const command = (harness: Harness, fields: Record<string, string>): SignedRequest =>
  signed(
    new URLSearchParams({
      command: '/sms',
      team_id: harness.slack.team.id,
      api_app_id: BOT.appId,
      channel_id: harness.marketing,
      is_enterprise_install: 'false',
      ...fields,
    }).toString(),
  );

/** Each has a trigger of its own, as at Slack: two of the same bytes would be one that is delivered again. */
const envelope = (harness: Harness, userId: string) => ({
  api_app_id: BOT.appId,
  team: { id: harness.slack.team.id, domain: 'playground' },
  user: { id: userId, team_id: harness.slack.team.id },
  enterprise: null,
  is_enterprise_install: false,
  trigger_id: randomUUID(),
});

/** A click on a button of a message. `responseUrl`: where the reply goes to (see `responseUrlOf`). */
export const click = (
  harness: Harness,
  userId: string,
  { action, value, responseUrl }: { action: string; value: string; responseUrl: string },
) => ({
  type: 'block_actions',
  ...envelope(harness, userId),
  response_url: responseUrl,
  channel: { id: harness.marketing },
  container: { type: 'message', channel_id: harness.marketing, message_ts: '1.0', is_ephemeral: true },
  actions: [{ type: 'button', action_id: action, block_id: 'forged', action_ts: '1.0', value }],
});

/** A form that is submitted, or closed. */
export const form = (
  harness: Harness,
  userId: string,
  type: 'view_submission' | 'view_closed',
  view: { callback_id: string; private_metadata: string; values?: object },
) => ({
  type,
  ...envelope(harness, userId),
  view: {
    id: 'V0FORGED',
    type: 'modal',
    blocks: [],
    team_id: harness.slack.team.id,
    app_id: BOT.appId,
    state: { values: view.values ?? {} },
    ...view,
  },
});

/** A place in #marketing where replies for this person can go to: five at most. */
export async function responseUrlOf(harness: Harness, userId: string): Promise<string> {
  await harness.slack.as(userId).command('/sms help', harness.marketing);
  const { request } = harness.slack.traffic.named('/sms').at(-1) as { request: unknown };
  return (request as { response_url: string }).response_url;
}
