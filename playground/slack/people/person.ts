import { sendEvent } from '../deliver/send-event';
import type { SlackContext } from '../slack-context';
import type { PersonOptions } from '../slack-options';
import { BOT } from '../workspace/bot-ids';
import type { SlackMessage, SlackView } from '../workspace/shapes';
import { type ActOptions, act } from './act';
import { type ActResult, actResult } from './act-result';
import { type ClickOptions, click } from './click';
import { close } from './close';
import { command } from './command';
import { enter } from './enter';
import type { Entry } from './fill';
import { NotPossible } from './not-possible';
import { envelope } from './payloads';
import { submit } from './submit';

/**
 * What a person does in the client. Every act resolves once the app has acknowledged it or failed to, with
 * what the person then sees. An act that a real client would not allow throws NotPossible.
 */
export interface Person {
  id: string;
  /** Types a slash command, e.g. `/sms send`, into a channel's composer. */
  command(typed: string, channelId: string, options?: ActOptions): Promise<ActResult>;
  /** Presses a button. `where`: `home`, a view's id, or a message's ts. `what`: action_id or visible text. */
  click(where: string, what: string, options?: ClickOptions): Promise<ActResult>;
  /** Types, chooses or uploads: a field by label, action_id, block_id or placeholder. */
  enter(where: string, what: string, entry: Entry, options?: ClickOptions): Promise<ActResult>;
  /** Fills in fields and presses submit. Fields that are not named stay as they are. */
  submit(viewId: string, entries?: Record<string, Entry>, options?: ActOptions): Promise<ActResult>;
  /** Closes the view in front; with `all` the whole stack. */
  close(viewId: string, options?: { all?: boolean }): Promise<ActResult>;
  /** Opens the App Home tab. */
  openHome(): Promise<ActResult>;
  /** Uses a global shortcut. */
  shortcut(callbackId: string, options?: ActOptions): Promise<ActResult>;
  /** Writes a message of their own. */
  say(channelId: string, text: string): SlackMessage;
  /** Invites the bot into a channel that the person is in. */
  invite(channelId: string): void;
  /** Chooses the language of their Slack, such as `zh-CN`. */
  setLocale(locale: string): void;
  /** Has read a channel: its unread count becomes 0. */
  read(channelId: string): void;
  /** What the person sees in a channel, threads and ephemeral messages included, oldest first. */
  sees(channelId: string): SlackMessage[];
  /** The modal in front, if any. */
  modal(): SlackView | null;
  home(): SlackView | null;
  /** The channel of the direct messages with the bot. */
  direct(): string;
}

export function createPerson(slack: SlackContext, person: PersonOptions): Person {
  const { workspace } = slack;
  const joined = (channelId: string) => {
    const channel = workspace.channels.find(channelId);
    if (channel?.members.includes(person.id)) return channel;
    throw new NotPossible('not_a_member', `${person.name} is not in ${channelId}.`);
  };
  return {
    id: person.id,
    command: async (typed, channelId, options) => command(slack, person, typed, channelId, options),
    click: async (where, what, options) => click(slack, person, where, what, options),
    enter: (where, what, entry, options) => enter(slack, person, where, what, entry, options),
    submit: (viewId, entries, options) => submit(slack, person, viewId, entries, options),
    close: (viewId, options) => close(slack, person, viewId, options),
    openHome: () => openHome(slack, person),
    shortcut: (callbackId, options) => shortcut(slack, person, callbackId, options),
    say: (channelId, text) =>
      workspace.history.post(joined(channelId), { user: person.id, team: workspace.team.id, text }),
    invite: (channelId) => {
      const channel = joined(channelId);
      if (channel.members.includes(BOT.userId)) return;
      workspace.channels.put({ ...channel, members: [...channel.members, BOT.userId] });
    },
    setLocale: (locale) => {
      if (!/^[a-z]{2}-[A-Z]{2}$/.test(locale))
        throw new NotPossible('not_valid', 'Slack has no such language.');
      workspace.people.change(person.id, { locale });
    },
    read: (channelId) => workspace.channels.markRead(person.id, joined(channelId).id),
    sees: (channelId) => workspace.history.in(joined(channelId).id, person.id),
    modal: () => workspace.views.stack(person.id).at(-1) ?? null,
    home: () => workspace.views.home(person.id) ?? null,
    direct: () => workspace.channels.direct(person.id).id,
  };
}

async function openHome(slack: SlackContext, person: PersonOptions): Promise<ActResult> {
  const view = slack.workspace.views.home(person.id);
  const delivery = await sendEvent(slack, {
    type: 'app_home_opened',
    user: person.id,
    channel: slack.workspace.channels.direct(person.id).id,
    tab: 'home',
    ...(view ? { view } : {}),
  });
  return actResult(slack, person.id, delivery);
}

function shortcut(slack: SlackContext, person: PersonOptions, callbackId: string, options: ActOptions = {}) {
  const packet = () => ({
    type: 'interactive' as const,
    payload: {
      type: 'shortcut',
      ...envelope(slack, person),
      // Slack names no app in a shortcut.
      api_app_id: undefined,
      callback_id: callbackId,
      action_ts: slack.workspace.nextTs(),
      trigger_id: slack.triggers.make({ user: person.id, conversation: undefined, fromModal: false }),
    },
  });
  return act(slack, options, packet, (delivery) => actResult(slack, person.id, delivery));
}
