import type { SlackContext } from '../slack-context';
import type { PersonOptions } from '../slack-options';
import { type ActResult, actResult } from './act-result';
import { envelope } from './payloads';
import { frontView } from './visible-surface';

/** The person closes the view in front, or (`all`, the X in the corner) every view of the stack. */
export async function close(
  slack: SlackContext,
  person: PersonOptions,
  viewId: string,
  options: { all?: boolean } = {},
): Promise<ActResult> {
  const front = frontView(slack, person, viewId);
  const { views } = slack.workspace;
  const isCleared = options.all === true || front.clear_on_close;
  const closing = isCleared ? [...views.stack(person.id)].reverse() : [front];
  for (const view of closing) views.close(person.id, view);
  const deliveries = await Promise.all(
    closing
      .filter((view) => view.notify_on_close)
      .map((view) =>
        slack.deliver({
          type: 'interactive',
          payload: { type: 'view_closed', ...envelope(slack, person), view, is_cleared: isCleared },
        }),
      ),
  );
  return actResult(slack, person.id, deliveries[0] ?? { acked: true, body: undefined, status: null });
}
