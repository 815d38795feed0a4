import type { Core } from '../core';
import type { Delivery } from '../deliver/packet';
import { type MessageResponse, putResponse } from '../deliver/put-response';
import type { PersonOptions } from '../options';
import { ApiRefusal } from '../web-api/refusal';
import { BOT } from '../workspace/bot-ids';
import { type ActOptions, act } from './act';
import { type ActResult, actResult } from './act-result';
import { NotPossible } from './not-possible';

/** The person types a slash command into a channel's composer. */
export function command(
  core: Core,
  person: PersonOptions,
  typed: string,
  channelId: string,
  options: ActOptions = {},
): Promise<ActResult> {
  const channel = core.workspace.channels.find(channelId);
  if (!channel) throw new NotPossible('no_such_place', `There is no channel ${channelId}.`);
  if (!channel.members.includes(person.id)) {
    throw new NotPossible('not_a_member', `${person.name} is not in ${channel.name}.`);
  }
  const [name = '', ...words] = typed.trim().split(/\s+/);
  if (!core.settings.commands.includes(name)) {
    throw new NotPossible('no_such_command', `${name} is not a valid command.`);
  }
  const text = escaped(core, typed.trim().slice(name.length).trim());
  const packet = () => ({
    type: 'slash_commands' as const,
    payload: {
      token: 'not-used',
      team_id: core.workspace.team.id,
      team_domain: core.workspace.team.domain,
      channel_id: channel.id,
      channel_name: channel.is_im ? 'directmessage' : channel.name,
      user_id: person.id,
      user_name: person.name,
      command: name,
      text: words.length === 0 ? '' : text,
      api_app_id: BOT.appId,
      is_enterprise_install: 'false',
      response_url: core.responseUrls.make({ user: person.id, channel: channel.id }),
      trigger_id: core.triggers.make({ user: person.id, conversation: channel.id, fromModal: false }),
    },
  });
  return act(core, options, packet, (delivery) => settle(core, person, channel.id, delivery));
}

/** A message inside the acknowledgement is shown as an answer to the command. */
function settle(core: Core, person: PersonOptions, channel: string, delivery: Delivery): ActResult {
  if (!delivery.acked || delivery.body === undefined) return actResult(core, person.id, delivery);
  try {
    const response = delivery.body as MessageResponse;
    const message = putResponse(core, { user: person.id, channel }, response, 'ack');
    return actResult(core, person.id, delivery, { message });
  } catch (error) {
    if (error instanceof ApiRefusal) return actResult(core, person.id, delivery, { problem: error.code });
    throw error;
  }
}

/** With `should_escape`, people and channels arrive as `<@U…|name>` and `<#C…|name>`. */
function escaped(core: Core, text: string): string {
  return text.replace(/(^|\s)([@#])([\w-]+)/g, (whole, space: string, sign: string, name: string) => {
    const found =
      sign === '@'
        ? core.workspace.people.list().find((person) => person.name === name)
        : core.workspace.channels.findByName(name);
    return found ? `${space}<${sign}${found.id}|${name}>` : whole;
  });
}
