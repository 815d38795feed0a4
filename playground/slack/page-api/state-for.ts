import type { SlackContext } from '../slack-context';
import type { PersonOptions } from '../slack-options';
import { BOT } from '../workspace/bot-ids';
import type { Channel, SlackMessage, SlackView, Team } from '../workspace/shapes';

/** What one person's client shows. */
export interface PageState {
  team: Team;
  me: PersonOptions;
  people: PersonOptions[];
  bot: { userId: string; name: string };
  commands: string[];
  /** The person's channels and, last, the direct messages with the bot. */
  channels: (Channel & { unread: number; messages: SlackMessage[] })[];
  /** From the root to the view in front. */
  views: SlackView[];
  home: SlackView | null;
}

export function stateFor(slack: SlackContext, me: PersonOptions): PageState {
  const { workspace, settings } = slack;
  const direct = workspace.channels.direct(me.id);
  const joined = workspace.channels.list().filter((one) => !one.is_im && one.members.includes(me.id));
  return {
    team: workspace.team,
    me,
    people: workspace.people.list(),
    bot: { userId: BOT.userId, name: 'Bulk SMS' },
    commands: settings.commands,
    channels: [...joined, direct].map((channel) => ({
      ...channel,
      unread: workspace.channels.unreadOf(me.id, channel.id),
      messages: workspace.history.in(channel.id, me.id),
    })),
    views: workspace.views.stack(me.id),
    home: workspace.views.home(me.id) ?? null,
  };
}
