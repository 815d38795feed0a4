import type { SlackContext } from '../slack-context';
import type { PersonOptions } from '../slack-options';
import type { SlackMessage, SlackView } from '../workspace/shapes';
import { type Control, controlsOf } from '../workspace/state';
import { NotPossible } from './not-possible';

/** A surface with controls: a message, the modal in front, or App Home. */
export type VisibleSurface =
  | { kind: 'message'; message: SlackMessage }
  | { kind: 'modal'; view: SlackView }
  | { kind: 'home'; view: SlackView };

/** Finds a surface by `home`, a view's id (V…) or a message's ts. The person must be able to see it. */
export function findSurface(slack: SlackContext, person: PersonOptions, where: string): VisibleSurface {
  const { views, history, channels } = slack.workspace;
  if (where === 'home') {
    const home = views.home(person.id);
    if (!home) throw new NotPossible('not_found', 'App Home is still empty.');
    return { kind: 'home', view: home };
  }
  if (where.startsWith('V')) return { kind: 'modal', view: frontView(slack, person, where) };
  const message = history.find(where);
  const isSeen =
    message &&
    (message.ephemeral_to ?? person.id) === person.id &&
    channels.find(message.channel)?.members.includes(person.id);
  if (!isSeen) throw new NotPossible('not_found', `${person.name} sees no message ${where}.`);
  return { kind: 'message', message };
}

/** The view, which must be the one in front. */
export function frontView(slack: SlackContext, person: PersonOptions, viewId: string): SlackView {
  const front = slack.workspace.views.stack(person.id).at(-1);
  if (front?.id === viewId) return front;
  throw new NotPossible('not_in_front', `View ${viewId} is closed, or another view is in front of it.`);
}

/** The controls of a surface whose action_id, visible text, field label or block_id is `what`. */
export function findControl(surface: VisibleSurface, what: string): Control {
  const blocks = surface.kind === 'message' ? (surface.message.blocks ?? []) : surface.view.blocks;
  const controls = controlsOf(blocks);
  const found = [
    (control: Control) => control.element.action_id === what,
    (control: Control) => visibleText(control) === what,
    (control: Control) => control.block.block_id === what,
  ].flatMap((matches) => controls.filter(matches))[0];
  if (found) return found;
  const there = controls.map((control) => visibleText(control) || control.element.action_id).join(', ');
  throw new NotPossible('no_such_control', `There is no "${what}" here, only: ${there || 'nothing'}.`);
}

function visibleText({ block, element }: Control): string {
  if (block.type === 'input') return block.label.text;
  const text = (element.text ?? element.placeholder) as { text?: string } | undefined;
  return text?.text ?? '';
}
