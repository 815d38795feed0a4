import { type ControlElement, valueKey } from '../../slack/workspace/state';
import type { StateValue } from '../api/wire';

export type { ControlElement };

/** What a person has entered into a control, in the form that the acts take. Files are the browser's. */
export type Entry = string | number | string[] | File[] | null;

export interface Option {
  text: { text: string };
  value: string;
  description?: { text: string };
}

interface OptionGroup {
  label: { text: string } | null;
  options: Option[];
}

/** Options by group; ungrouped ones are one group without a label. */
export function groupsOf(element: ControlElement): OptionGroup[] {
  const { options, option_groups: groups } = element as {
    options?: Option[];
    option_groups?: OptionGroup[];
  };
  return groups ?? [{ label: null, options: options ?? [] }];
}

/** The value that the server holds for a control, as an entry. A browser cannot get its files back. */
export function entryOf(value: StateValue | undefined): Entry {
  if (!value || value.type === 'file_input') return null;
  const stored = value[valueKey(value.type) ?? ''];
  if (Array.isArray(stored))
    return stored.map((one) => (typeof one === 'string' ? one : (one as Option).value));
  if (typeof stored === 'object' && stored !== null) return (stored as Option).value;
  return (stored ?? null) as Entry;
}

/** The entry of a control that nobody has touched, on a surface that keeps no state, such as a message. */
export function initialEntry(element: ControlElement): Entry {
  const key = valueKey(element.type);
  if (!key) return null;
  const initial = element[key.replace(/^selected_/, 'initial_').replace(/^value$/, 'initial_value')];
  return entryOf({ type: element.type, [key]: initial });
}

export function isBlank(entry: Entry): boolean {
  return entry === null || entry === '' || (Array.isArray(entry) && entry.length === 0);
}

export function textOf(part: unknown): string {
  return (part as { text?: string } | undefined)?.text ?? '';
}
