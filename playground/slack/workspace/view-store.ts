import type { ViewPayload } from '../blocks/block-kit';
import type { Events } from '../events';
import { newId, randomText } from '../ids';
import { withIds } from './block-ids';
import { BOT } from './bot-ids';
import type { SlackView, Team } from './shapes';
import { stateOf } from './state';

/** A stack holds three views: the root and two pushed onto it. */
export const STACK_LIMIT = 3;

/** Open modals, as one stack for each person, and everybody's App Home. */
export function createViews(parts: { team: Team; now: () => number; events: Events }) {
  const { events } = parts;
  const stacks = new Map<string, SlackView[]>();
  const homes = new Map<string, SlackView>();
  const stack = (user: string) => stacks.get(user) ?? [];
  const newHash = () => `${Math.floor(parts.now() / 1000)}.${randomText(8)}`;

  const build = (payload: ViewPayload, context: ViewContext): SlackView => {
    const blocks = withIds(payload.blocks);
    const modal = payload.type === 'modal' ? payload : null;
    return {
      id: context.id,
      team_id: parts.team.id,
      app_id: BOT.appId,
      app_installed_team_id: parts.team.id,
      bot_id: BOT.botId,
      type: payload.type,
      callback_id: payload.callback_id ?? '',
      external_id: payload.external_id ?? '',
      private_metadata: payload.private_metadata ?? '',
      title: modal?.title ?? null,
      submit: modal?.submit ?? null,
      close: modal?.close ?? null,
      blocks,
      state: { values: stateOf(blocks, context.before, context.conversation) },
      hash: newHash(),
      root_view_id: context.root ?? context.id,
      previous_view_id: context.previous ?? null,
      clear_on_close: modal?.clear_on_close ?? false,
      notify_on_close: modal?.notify_on_close ?? false,
    };
  };

  const replace = (user: string, view: SlackView) => {
    stacks.set(
      user,
      stack(user).map((open) => (open.id === view.id ? view : open)),
    );
    events.emit({ type: 'view_changed', user, view });
  };

  const close = (user: string, view: SlackView) => {
    stacks.set(
      user,
      stack(user).filter((open) => open.id !== view.id),
    );
    events.emit({ type: 'view_closed', user, view });
  };

  const push = (user: string, payload: ViewPayload, conversation?: string): SlackView => {
    const below = stack(user).at(-1);
    const view = build(payload, {
      id: newId('V'),
      root: below?.root_view_id,
      previous: below?.id,
      conversation,
    });
    stacks.set(user, [...stack(user), view]);
    events.emit({ type: 'view_opened', user, view });
    return view;
  };

  return {
    /** From the root to the one in front. */
    stack,
    home: (user: string) => homes.get(user),
    homes: () => [...homes],
    find: (match: (view: SlackView) => boolean): { user: string; view: SlackView } | null => {
      for (const [user, views] of stacks) {
        const view = views.find(match);
        if (view) return { user, view };
      }
      return null;
    },
    /** Opens a new root. It closes every modal that the person had open. */
    open: (user: string, payload: ViewPayload, conversation?: string): SlackView => {
      for (const view of [...stack(user)].reverse()) close(user, view);
      return push(user, payload, conversation);
    },
    push,
    /** New content for an open view. Typed values stay if block_id and action_id are the same. */
    update: (user: string, view: SlackView, payload: ViewPayload): SlackView => {
      const updated = build(payload, {
        id: view.id,
        root: view.root_view_id,
        previous: view.previous_view_id,
        before: view.state.values,
      });
      replace(user, updated);
      return updated;
    },
    /** The person typed or chose something. The hash stays, since the app changed nothing. */
    replace,
    close,
    publish: (user: string, payload: ViewPayload): SlackView => {
      const view = build(payload, { id: homes.get(user)?.id ?? newId('V') });
      homes.set(user, view);
      events.emit({ type: 'home', user, view });
      return view;
    },
    replaceHome: (user: string, view: SlackView) => {
      homes.set(user, view);
      events.emit({ type: 'home', user, view });
    },
    stacks: () => [...stacks].filter(([, views]) => views.length > 0),
    restore: (kept: { stacks: [string, SlackView[]][]; homes: [string, SlackView][] }) => {
      for (const [user, views] of kept.stacks) stacks.set(user, views);
      for (const [user, view] of kept.homes) homes.set(user, view);
    },
  };
}

/** What a view has besides the app's payload. */
interface ViewContext {
  id: string;
  root?: string | undefined;
  previous?: string | null | undefined;
  before?: SlackView['state']['values'] | undefined;
  conversation?: string | undefined;
}
