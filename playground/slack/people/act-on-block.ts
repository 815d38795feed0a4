import type { Core } from '../core';
import type { PersonOptions } from '../options';
import { type Control, stateOf } from '../workspace/state';
import { type ActOptions, act } from './act';
import { envelope, sentView } from './payloads';
import type { Place } from './place';
import { type Seen, seen } from './seen';

/** Tells the app what the person did with a control: `block_actions`. */
export function actOnBlock(
  core: Core,
  person: PersonOptions,
  place: Place,
  control: Control,
  value: Record<string, unknown>,
  options: ActOptions,
): Promise<Seen> {
  const { type, action_id } = control.element;
  const packet = () => ({
    type: 'interactive' as const,
    payload: {
      type: 'block_actions',
      ...envelope(core, person),
      ...surface(core, person, place, control, value),
      trigger_id: core.triggers.make({
        user: person.id,
        conversation: place.kind === 'message' ? place.message.channel : undefined,
        fromModal: place.kind === 'modal',
      }),
      actions: [
        { type, action_id, block_id: control.block.block_id, ...value, action_ts: core.workspace.nextTs() },
      ],
    },
  });
  return act(core, options, packet, (delivery) => seen(core, person.id, delivery));
}

function surface(
  core: Core,
  person: PersonOptions,
  place: Place,
  control: Control,
  value: Record<string, unknown>,
) {
  if (place.kind !== 'message') {
    return { container: { type: 'view', view_id: place.view.id }, view: sentView(core, place.view) };
  }
  const { ephemeral_to: ephemeralTo, channel: channelId, ...message } = place.message;
  const channel = core.workspace.channels.find(channelId);
  const values = stateOf(place.message.blocks ?? []);
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
    response_url: core.responseUrls.make({ user: person.id, channel: channelId, messageTs: message.ts }),
  };
}
