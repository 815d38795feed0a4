import type { Delivery } from '../deliver/packet';
import { type MessageResponse, putResponse } from '../deliver/put-response';
import type { SlackContext } from '../slack-context';
import type { PersonOptions } from '../slack-options';
import { ApiRefusal } from '../web-api/refusal';
import { BOT } from '../workspace/bot-ids';
import { type ActOptions, act } from './act';
import { type ActResult, actResult } from './act-result';
import { NotPossible } from './not-possible';

/** The person types a slash command into a channel's composer. */
export function command(
  slack: SlackContext,
  person: PersonOptions,
  typed: string,
  channelId: string,
  options: ActOptions = {},
): Promise<ActResult> {
  const channel = slack.workspace.channels.find(channelId);
  if (!channel) throw new NotPossible('not_found', `There is no channel ${channelId}.`);
  if (!channel.members.includes(person.id)) {
    throw new NotPossible('not_a_member', `${person.name} is not in ${channel.name}.`);
  }
  const [name = '', ...words] = typed.trim().split(/\s+/);
  if (!slack.settings.commands.includes(name)) {
    throw new NotPossible('no_such_command', `${name} is not a valid command.`);
  }
  const text = escaped(slack, typed.trim().slice(name.length).trim());
  const packet = () => ({
    type: 'slash_commands' as const,
    payload: {
      token: 'not-used',
      team_id: slack.workspace.team.id,
      team_domain: slack.workspace.team.domain,
      channel_id: channel.id,
      channel_name: channel.is_im ? 'directmessage' : channel.name,
      user_id: person.id,
      user_name: person.name,
      command: name,
      text: words.length === 0 ? '' : text,
      api_app_id: BOT.appId,
      is_enterprise_install: 'false',
      response_url: slack.responseUrls.make({ user: person.id, channel: channel.id }),
      trigger_id: slack.triggers.make({ user: person.id, conversation: channel.id, fromModal: false }),
    },
  });
  return act(slack, options, packet, (delivery) => settle(slack, person, channel.id, delivery));
}

/** A message inside the acknowledgement is shown as an answer to the command. */
function settle(slack: SlackContext, person: PersonOptions, channel: string, delivery: Delivery): ActResult {
  if (!delivery.acked || delivery.body === undefined) return actResult(slack, person.id, delivery);
  try {
    const response = delivery.body as MessageResponse;
    const message = putResponse(slack, { user: person.id, channel }, response, 'ack');
    return actResult(slack, person.id, delivery, { message });
  } catch (error) {
    if (error instanceof ApiRefusal) return actResult(slack, person.id, delivery, { problem: error.code });
    throw error;
  }
}

/** With `should_escape`, people and channels arrive as `<@U…|name>` and `<#C…|name>`. */
function escaped(slack: SlackContext, text: string): string {
  return text.replace(/(^|\s)([@#])([\w-]+)/g, (whole, space: string, sign: string, name: string) => {
    const found =
      sign === '@'
        ? slack.workspace.people.list().find((person) => person.name === name)
        : slack.workspace.channels.findByName(name);
    return found ? `${space}<${sign}${found.id}|${name}>` : whole;
  });
}
