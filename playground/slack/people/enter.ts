import type { SlackContext } from '../slack-context';
import type { PersonOptions } from '../slack-options';
import type { SlackView, StateValue } from '../workspace/shapes';
import { type Control, valueKey } from '../workspace/state';
import { actOnBlock } from './act-on-block';
import { type ActResult, actResult } from './act-result';
import { type ClickOptions, checkConfirm } from './click';
import { type Entry, option, toStateValue } from './fill';
import { findControl, findSurface, type VisibleSurface } from './visible-surface';

/**
 * The person types into, chooses in, or uploads to a control, found by label, action_id, block_id or
 * placeholder. Outside of input blocks, and in those with `dispatch_action`, the entry is sent to the app at once.
 */
export async function enter(
  slack: SlackContext,
  person: PersonOptions,
  where: string,
  what: string,
  entry: Entry,
  options: ClickOptions = {},
): Promise<ActResult> {
  const surface = findSurface(slack, person, where);
  const control = findControl(surface, what);
  checkConfirm(control.element, what, options.confirm);
  if (control.element.type === 'overflow') {
    const chosen = { selected_option: option(control, String(entry)) };
    return actOnBlock(slack, person, surface, control, chosen, options);
  }
  const value = toStateValue(slack, person, control, entry);
  const now = keep(slack, person, surface, control, value);
  const isSent = control.block.type !== 'input' || control.block.dispatch_action === true;
  if (!isSent) return actResult(slack, person.id, { acked: true, body: undefined, status: null });
  const key = valueKey(value.type) ?? 'value';
  return actOnBlock(slack, person, now, control, { [key]: value[key] }, options);
}

/** The view with one more value in its state. */
export function withValue(view: SlackView, control: Control, value: StateValue): SlackView {
  const { values } = view.state;
  const block = { ...values[control.block.block_id], [control.element.action_id]: value };
  return { ...view, state: { values: { ...values, [control.block.block_id]: block } } };
}

/** A message keeps no state between two acts; a view does. */
function keep(
  slack: SlackContext,
  person: PersonOptions,
  surface: VisibleSurface,
  control: Control,
  value: StateValue,
): VisibleSurface {
  if (surface.kind === 'message') return surface;
  const view = withValue(surface.view, control, value);
  if (surface.kind === 'modal') slack.workspace.views.replace(person.id, view);
  else slack.workspace.views.replaceHome(person.id, view);
  return { ...surface, view };
}
