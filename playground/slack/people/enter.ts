import type { Core } from '../core';
import type { PersonOptions } from '../options';
import type { SlackView, StateValue } from '../workspace/shapes';
import { type Control, valueKey } from '../workspace/state';
import { actOnBlock } from './act-on-block';
import { type ActResult, actResult } from './act-result';
import { type ClickOptions, checkConfirm } from './click';
import { type Entry, option, toStateValue } from './fill';
import { findControl, findSurface, type SurfaceInSight } from './surface-in-sight';

/**
 * The person types into, chooses in, or uploads to a control, found by label, action_id, block_id or
 * placeholder. The app hears of it at once outside of input blocks, and inside those with `dispatch_action`.
 */
export async function enter(
  core: Core,
  person: PersonOptions,
  where: string,
  what: string,
  entry: Entry,
  options: ClickOptions = {},
): Promise<ActResult> {
  const surface = findSurface(core, person, where);
  const control = findControl(surface, what);
  checkConfirm(control.element, what, options.confirm);
  if (control.element.type === 'overflow') {
    const chosen = { selected_option: option(control, String(entry)) };
    return actOnBlock(core, person, surface, control, chosen, options);
  }
  const value = toStateValue(core, person, control, entry);
  const now = keep(core, person, surface, control, value);
  const isHeard = control.block.type !== 'input' || control.block.dispatch_action === true;
  if (!isHeard) return actResult(core, person.id, { acked: true, body: undefined, status: null });
  const key = valueKey(value.type) ?? 'value';
  return actOnBlock(core, person, now, control, { [key]: value[key] }, options);
}

/** The view with one more value in its state. */
export function withValue(view: SlackView, control: Control, value: StateValue): SlackView {
  const { values } = view.state;
  const block = { ...values[control.block.block_id], [control.element.action_id]: value };
  return { ...view, state: { values: { ...values, [control.block.block_id]: block } } };
}

/** A message keeps no state between two acts; a view does. */
function keep(
  core: Core,
  person: PersonOptions,
  surface: SurfaceInSight,
  control: Control,
  value: StateValue,
): SurfaceInSight {
  if (surface.kind === 'message') return surface;
  const view = withValue(surface.view, control, value);
  if (surface.kind === 'modal') core.workspace.views.replace(person.id, view);
  else core.workspace.views.replaceHome(person.id, view);
  return { ...surface, view };
}
