import { checkShape } from './check-shape';
import { checkElements } from './element-rules';
import { checkLimits } from './limits';
import { checkSurface } from './surface-rules';
import type { Violation } from './violation';
import { isFields, nodesOf } from './walk';

/**
 * Everything that Slack would refuse in the blocks of a message. `payload` is the arguments of
 * chat.postMessage or the like; only its `blocks` are looked at. Pointers begin at the payload: `/blocks/0`.
 */
export function validateMessage(payload: unknown): Violation[] {
  const blocks = isFields(payload) ? (payload.blocks ?? []) : payload;
  if (!Array.isArray(blocks)) return [{ pointer: '/blocks', message: 'must be a list' }];
  const nodes = nodesOf({ blocks }, 'message');
  return [
    ...blocks.flatMap((block, index) => checkShape('SlackBlock', block, `/blocks/${index}`)),
    ...checkLimits(nodes),
    ...checkElements(nodes),
    ...checkSurface('message', nodes),
  ];
}
