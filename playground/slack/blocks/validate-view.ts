import { checkShape } from './check-shape';
import { checkElements } from './element-rules';
import { checkLimits } from './limits';
import { checkSurface } from './surface-rules';
import type { Violation } from './violation';
import { isFields, nodesOf } from './walk';

/** Everything that Slack would refuse in a modal or an App Home. Pointers begin at the view: `/title`. */
export function validateView(view: unknown): Violation[] {
  if (!isFields(view)) return [{ pointer: '', message: 'must be an object' }];
  const nodes = nodesOf(view);
  return [
    ...checkShape('ViewPayload', view),
    ...checkLimits(nodes),
    ...checkElements(nodes),
    ...checkSurface(view.type === 'home' ? 'home' : 'modal', nodes),
  ];
}
