import type { SlackContext } from '../slack-context';
import type { PersonOptions } from '../slack-options';
import { type Control, stateOf } from '../workspace/state';
import { type ActOptions, act } from './act';
import { type ActResult, actResult } from './act-result';
import { envelope, sentView } from './payloads';
import type { VisibleSurface } from './visible-surface';

/** Tells the app what the person did with a control: `block_actions`. */
export function actOnBlock(
  slack: SlackContext,
  person: PersonOptions,
  surface: VisibleSurface,
  control: Control,
  value: Record<string, unknown>,
  options: ActOptions,
): Promise<ActResult> {
  const { type, action_id } = control.element;
  const packet = () => ({
    type: 'interactive' as const,
    payload: {
      type: 'block_actions',
      ...envelope(slack, person),
      ...surfaceFields(slack, person, surface, control, value),
      trigger_id: slack.triggers.make({
        user: person.id,
        conversation: surface.kind === 'message' ? surface.message.channel : undefined,
        fromModal: surface.kind === 'modal',
      }),
      actions: [
        { type, action_id, block_id: control.block.block_id, ...value, action_ts: slack.workspace.nextTs() },
      ],
    },
  });
  return act(slack, options, packet, (delivery) => actResult(slack, person.id, delivery));
}

function surfaceFields(
  slack: SlackContext,
  person: PersonOptions,
  surface: VisibleSurface,
  control: Control,
  value: Record<string, unknown>,
) {
  if (surface.kind !== 'message') {
    return { container: { type: 'view', view_id: surface.view.id }, view: sentView(slack, surface.view) };
  }
  const { ephemeral_to: ephemeralTo, channel: channelId, ...message } = surface.message;
  const channel = slack.workspace.channels.find(channelId);
  const values = stateOf(surface.message.blocks ?? []);
  const block = values[control.block.block_id];
  const { type, action_id } = control.element;
  if (block?.[action_id]) block[action_id] = { type, ...value };
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channelId,
      is_ephemeral: ephemeralTo !== undefined,
      ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
    },
    channel: { id: channelId, name: channel?.is_im ? 'directmessage' : channel?.name },
    message,
    state: { values },
    response_url: slack.responseUrls.make({ user: person.id, channel: channelId, messageTs: message.ts }),
  };
}
