import type { Violation } from './violation';
import { type Fields, isFields, type Node } from './walk';

/** Rules that hold within one block or element, beyond its shape and its lengths. */
const RULES: Record<string, (node: Node) => Violation[]> = {
  section: needsOneOf('text', 'fields'),
  container: needsOneOf('title', 'rich_text_title'),
  static_select: (node) => [...needsOneOf('options', 'option_groups')(node), ...initialAmongOptions(node)],
  multi_static_select: (node) => [
    ...needsOneOf('options', 'option_groups')(node),
    ...initialAmongOptions(node),
  ],
  radio_buttons: initialAmongOptions,
  checkboxes: initialAmongOptions,
  plain_text_input: lengthsInOrder,
  datepicker: matches('initial_date', /^\d{4}-\d{2}-\d{2}$/),
  timepicker: matches('initial_time', /^\d{2}:\d{2}$/),
  data_table: rowsOfOneLength,
  bar: labelsAmongCategories,
  area: labelsAmongCategories,
  line: labelsAmongCategories,
};

export function checkElements(nodes: Node[]): Violation[] {
  return nodes.flatMap((node) => RULES[node.kind]?.(node) ?? []);
}

function needsOneOf(...fields: string[]) {
  return ({ pointer, value }: Node): Violation[] =>
    fields.some((field) => value[field] !== undefined)
      ? []
      : [{ pointer, message: `needs ${fields.join(' or ')}` }];
}

function matches(field: string, pattern: RegExp) {
  return ({ pointer, value }: Node): Violation[] =>
    value[field] === undefined || pattern.test(String(value[field]))
      ? []
      : [{ pointer: `${pointer}/${field}`, message: `must match ${pattern.source}` }];
}

/** An initial option must be one of the options, word for word. */
function initialAmongOptions({ pointer, value }: Node): Violation[] {
  const groups = list(value.option_groups).flatMap((group) => list(isFields(group) ? group.options : []));
  const options = [...list(value.options), ...groups].map((option) => canonical(option));
  const initial = value.initial_option === undefined ? list(value.initial_options) : [value.initial_option];
  return initial
    .filter((option) => !options.includes(canonical(option)))
    .map(() => ({
      pointer: `${pointer}/${value.initial_option === undefined ? 'initial_options' : 'initial_option'}`,
      message: 'must be one of the options',
    }));
}

/** Slack ignores `emoji` when it compares text objects. */
function canonical(option: unknown): string {
  if (!isFields(option)) return '';
  const text = isFields(option.text) ? option.text.text : '';
  return JSON.stringify([text, option.value]);
}

function lengthsInOrder({ pointer, value }: Node): Violation[] {
  const { min_length: min = 0, max_length: max = 3000, initial_value: initial = '' } = value;
  const violations: Violation[] = [];
  if (Number(min) > Number(max)) {
    violations.push({ pointer: `${pointer}/min_length`, message: 'must not exceed max_length' });
  }
  if (String(initial).length > Number(max)) {
    violations.push({ pointer: `${pointer}/initial_value`, message: 'must not be longer than max_length' });
  }
  return violations;
}

function rowsOfOneLength({ pointer, value }: Node): Violation[] {
  const rows = list(value.rows).map(list);
  const header = rows[0] ?? [];
  const uneven = rows.flatMap((row, index) =>
    row.length === header.length
      ? []
      : [{ pointer: `${pointer}/rows/${index}`, message: `must have ${header.length} cells` }],
  );
  const rich = header.flatMap((cell, index) =>
    isFields(cell) && cell.type === 'rich_text'
      ? [{ pointer: `${pointer}/rows/0/${index}`, message: 'a header cell must not be rich_text' }]
      : [],
  );
  return [...uneven, ...rich];
}

function labelsAmongCategories({ pointer, value }: Node): Violation[] {
  const categories = isFields(value.axis_config) ? list(value.axis_config.categories) : [];
  return list(value.series).flatMap((series, s) =>
    list((series as Fields).data).flatMap((point, p) =>
      categories.includes((point as Fields).label)
        ? []
        : [{ pointer: `${pointer}/series/${s}/data/${p}/label`, message: 'must be one of the categories' }],
    ),
  );
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
