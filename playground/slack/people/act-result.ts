import type { Delivery } from '../deliver/packet';
import type { SlackContext } from '../slack-context';
import type { SlackMessage, SlackView } from '../workspace/shapes';

/** What the person sees once the app has answered the act, or failed to. */
export interface ActResult {
  /** False if the client shows its own error instead. The person may then try again. */
  acked: boolean;
  /** The client's error: `operation_timeout`, `dispatch_failed`, `http_500`, `invalid_ack` … */
  problem: string | null;
  /** A message that came inside the acknowledgement of a command. */
  message: SlackMessage | null;
  /** Errors under the fields of a submitted view, by block_id. */
  errors: Record<string, string>;
  /** The view in front of the person now. */
  view: SlackView | null;
}

export function actResult(
  slack: SlackContext,
  user: string,
  delivery: Delivery,
  more: Partial<ActResult> = {},
): ActResult {
  return {
    acked: delivery.acked,
    problem: delivery.acked ? null : delivery.problem,
    message: null,
    errors: {},
    view: slack.workspace.views.stack(user).at(-1) ?? null,
    ...more,
  };
}
