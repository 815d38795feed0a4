import type { SlackView } from '../api/wire';
import { type ControlElement, entryOf, isBlank } from '../controls/element';
import type { Draft } from './draft';

/** The required fields that are empty, each with the same error. */
export function findBlanks(view: SlackView, draft: Draft, complaint: string): Record<string, string> {
  const blanks = view.blocks.flatMap((block) => {
    if (block.type !== 'input' || block.optional || !block.block_id) return [];
    return isBlank(entryIn(view, draft, block.block_id, block.element as ControlElement))
      ? [[block.block_id, complaint] as const]
      : [];
  });
  return Object.fromEntries(blanks);
}

/** What the field shows: what was typed, else the view's initial value. */
export function entryIn(view: SlackView, draft: Draft, blockId: string, element: ControlElement) {
  const typed = draft[blockId];
  return typed === undefined ? entryOf(view.state.values[blockId]?.[element.action_id]) : typed;
}
