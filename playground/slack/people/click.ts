import type { SlackContext } from '../slack-context';
import type { PersonOptions } from '../slack-options';
import type { ControlElement } from '../workspace/state';
import type { ActOptions } from './act';
import { actOnBlock } from './act-on-block';
import type { ActResult } from './act-result';
import { NotPossible } from './not-possible';
import { findControl, findSurface } from './visible-surface';

export interface ClickOptions extends ActOptions {
  /** Answers the button's confirm dialog with yes. Required if there is one, refused if there is none. */
  confirm?: boolean;
}

/** The person presses a button, found by its action_id or its visible text. */
export function click(
  slack: SlackContext,
  person: PersonOptions,
  where: string,
  what: string,
  options: ClickOptions = {},
): Promise<ActResult> {
  const surface = findSurface(slack, person, where);
  const control = findControl(surface, what);
  if (!['button', 'workflow_button', 'icon_button'].includes(control.element.type)) {
    throw new NotPossible('no_such_control', `"${what}" is a ${control.element.type}, not a button.`);
  }
  checkConfirm(control.element, what, options.confirm);
  const { text, value, url } = control.element;
  return actOnBlock(slack, person, surface, control, { text, value, url }, options);
}

export function checkConfirm(element: ControlElement, what: string, given: boolean | undefined): void {
  if (element.confirm && !given) {
    throw new NotPossible('confirm_needed', `"${what}" asks first: pass confirm: true.`);
  }
  if (!element.confirm && given) {
    throw new NotPossible('no_such_control', `"${what}" asks nothing: there is no dialog to confirm.`);
  }
}
