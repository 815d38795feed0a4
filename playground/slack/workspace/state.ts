import type { SlackBlock } from '../blocks/block-kit';
import type { StateValue, StateValues } from './shapes';

/** The fields of an element's value and of its initial value, and the value when it is empty. */
const VALUE_FIELDS: Record<string, { key: string; initial: string; empty: unknown }> = {
  plain_text_input: { key: 'value', initial: 'initial_value', empty: null },
  email_text_input: { key: 'value', initial: 'initial_value', empty: null },
  url_text_input: { key: 'value', initial: 'initial_value', empty: null },
  number_input: { key: 'value', initial: 'initial_value', empty: null },
  rich_text_input: { key: 'rich_text_value', initial: 'initial_value', empty: null },
  static_select: { key: 'selected_option', initial: 'initial_option', empty: null },
  external_select: { key: 'selected_option', initial: 'initial_option', empty: null },
  radio_buttons: { key: 'selected_option', initial: 'initial_option', empty: null },
  multi_static_select: { key: 'selected_options', initial: 'initial_options', empty: [] },
  multi_external_select: { key: 'selected_options', initial: 'initial_options', empty: [] },
  checkboxes: { key: 'selected_options', initial: 'initial_options', empty: [] },
  users_select: { key: 'selected_user', initial: 'initial_user', empty: null },
  multi_users_select: { key: 'selected_users', initial: 'initial_users', empty: [] },
  channels_select: { key: 'selected_channel', initial: 'initial_channel', empty: null },
  multi_channels_select: { key: 'selected_channels', initial: 'initial_channels', empty: [] },
  conversations_select: { key: 'selected_conversation', initial: 'initial_conversation', empty: null },
  multi_conversations_select: { key: 'selected_conversations', initial: 'initial_conversations', empty: [] },
  datepicker: { key: 'selected_date', initial: 'initial_date', empty: null },
  timepicker: { key: 'selected_time', initial: 'initial_time', empty: null },
  datetimepicker: { key: 'selected_date_time', initial: 'initial_date_time', empty: null },
  file_input: { key: 'files', initial: '', empty: [] },
};

/** An element that a person can act on, and its block. */
export interface Control {
  block: SlackBlock & { block_id: string };
  element: ControlElement;
}
export type ControlElement = { type: string; action_id: string } & Record<string, unknown>;

/** Every control of a surface, in reading order. The blocks must have their ids. */
export function controlsOf(blocks: SlackBlock[]): Control[] {
  return blocks.flatMap((block): Control[] =>
    block.type === 'container'
      ? controlsOf(block.child_blocks)
      : elementsOf(block).map((element) => ({
          block: block as Control['block'],
          element: element as unknown as ControlElement,
        })),
  );
}

function elementsOf(block: SlackBlock): { type: string }[] {
  switch (block.type) {
    case 'section':
      return block.accessory && block.accessory.type !== 'image' ? [block.accessory] : [];
    case 'actions':
      return block.elements;
    case 'input':
      return [block.element];
    default:
      return [];
  }
}

/** The key of an element's value beside `type`; null for elements without one, such as buttons. */
export function valueKey(elementType: string): string | null {
  return VALUE_FIELDS[elementType]?.key ?? null;
}

export function isEmpty(value: StateValue | undefined): boolean {
  const current = value?.[valueKey(value.type) ?? ''];
  return (
    current === undefined ||
    current === null ||
    current === '' ||
    (Array.isArray(current) && current.length === 0)
  );
}

/**
 * `state.values` of a surface. An earlier value is kept if block_id, action_id and the kind of element are
 * unchanged. Everything else starts with its initial value.
 */
export function stateOf(blocks: SlackBlock[], before: StateValues = {}, conversation?: string): StateValues {
  const values: StateValues = {};
  for (const { block, element } of controlsOf(blocks)) {
    if (!valueKey(element.type)) continue;
    const kept = before[block.block_id]?.[element.action_id];
    values[block.block_id] = {
      ...values[block.block_id],
      [element.action_id]: kept?.type === element.type ? kept : initialValue(element, conversation),
    };
  }
  return values;
}

function initialValue(element: ControlElement, conversation?: string): StateValue {
  const { key, initial, empty } = VALUE_FIELDS[element.type] ?? { key: 'value', initial: '', empty: null };
  const current = element.default_to_current_conversation === true ? conversation : undefined;
  return { type: element.type, [key]: element[initial] ?? current ?? empty };
}
