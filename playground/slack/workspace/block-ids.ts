import type { SlackBlock } from '../blocks/block-kit';
import { randomText } from '../ids';

/** Gives every block and every element without an id a random one, as Slack does. */
export function withIds(blocks: SlackBlock[]): SlackBlock[] {
  return blocks.map((block) => {
    const named = { ...block, block_id: block.block_id ?? randomText(5) };
    switch (named.type) {
      case 'section':
        return named.accessory ? { ...named, accessory: withActionId(named.accessory) } : named;
      case 'actions':
        return { ...named, elements: named.elements.map(withActionId) };
      case 'input':
        return { ...named, element: withActionId(named.element) };
      case 'container':
        return { ...named, child_blocks: withIds(named.child_blocks) as typeof named.child_blocks };
      default:
        return named;
    }
  });
}

function withActionId<E extends { type: string }>(element: E): E {
  const acts = element.type !== 'image' && !('action_id' in element && element.action_id);
  return acts ? { ...element, action_id: randomText(5) } : element;
}
