import type { Trigger } from '../deliver/triggers';
import type { SlackContext } from '../slack-context';
import type { SlackView } from '../workspace/shapes';
import { STACK_LIMIT } from '../workspace/view-store';
import { type Arguments, json, optionalText, text } from './arguments';
import { checkView } from './check-payload';
import type { Methods } from './method';
import { ApiRefusal } from './refusal';

/** Modals and App Home. */
export const views: Methods = {
  'views.open': { tier: 'tier4', run: open },
  'views.push': { tier: 'tier4', run: push },
  'views.update': { tier: 'tier4', run: update },
  'views.publish': { tier: 'tier4', run: publish },
};

function open(slack: SlackContext, args: Arguments) {
  const trigger = exchange(slack, args);
  const view = newModal(slack, 'views.open', args);
  return { view: slack.workspace.views.open(trigger.user, view, trigger.conversation) };
}

function push(slack: SlackContext, args: Arguments) {
  const trigger = exchange(slack, args);
  if (!trigger.fromModal) throw new ApiRefusal('invalid_trigger_id');
  const view = newModal(slack, 'views.push', args);
  if (slack.workspace.views.stack(trigger.user).length >= STACK_LIMIT) {
    throw new ApiRefusal('push_limit_reached');
  }
  return { view: slack.workspace.views.push(trigger.user, view, trigger.conversation) };
}

function update(slack: SlackContext, args: Arguments) {
  const open = slack.workspace.views.find(matcher(args));
  if (!open) throw new ApiRefusal('not_found');
  checkHash(args, open.view);
  const view = modal(slack, 'views.update', args);
  return { view: slack.workspace.views.update(open.user, open.view, view) };
}

function publish(slack: SlackContext, args: Arguments) {
  const user = text(args, 'user_id');
  if (!slack.workspace.people.find(user)) throw new ApiRefusal('user_not_found');
  checkHash(args, slack.workspace.views.home(user));
  const view = checkView(slack, 'views.publish', json(args, 'view'));
  if (view.type !== 'home') throw new ApiRefusal('invalid_arguments');
  return { view: slack.workspace.views.publish(user, view) };
}

/** The trigger is used up even when the view is refused afterwards. */
function exchange(slack: SlackContext, args: Arguments): Trigger {
  const exchanged = slack.triggers.exchange(text(args, 'trigger_id'));
  if (typeof exchanged === 'string') throw new ApiRefusal(exchanged);
  return exchanged;
}

function modal(slack: SlackContext, where: string, args: Arguments) {
  const view = checkView(slack, where, json(args, 'view'));
  if (view.type !== 'modal') throw new ApiRefusal('invalid_arguments');
  return view;
}

/** A new modal, whose external_id no open view has. */
function newModal(slack: SlackContext, where: string, args: Arguments) {
  const view = modal(slack, where, args);
  const isTaken =
    view.external_id && slack.workspace.views.find((open) => open.external_id === view.external_id);
  if (isTaken) throw new ApiRefusal('duplicate_external_id');
  return view;
}

function matcher(args: Arguments): (view: SlackView) => boolean {
  const externalId = optionalText(args, 'external_id');
  if (externalId) return (view) => view.external_id === externalId;
  const id = text(args, 'view_id');
  return (view) => view.id === id;
}

function checkHash(args: Arguments, view: SlackView | undefined): void {
  const hash = optionalText(args, 'hash');
  if (hash && view && hash !== view.hash) throw new ApiRefusal('hash_conflict');
}
