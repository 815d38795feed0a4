import type { Violation } from './violation';
import { isFields, type Node, select, textOf } from './walk';

interface Limit {
  of: 'characters' | 'items' | 'number';
  least: number;
  most: number;
}

const chars = (most: number, least = 1): Limit => ({ of: 'characters', least, most });
const items = (most: number, least = 1): Limit => ({ of: 'items', least, most });
const number = (least: number, most: number): Limit => ({ of: 'number', least, most });

/** On every object that has such a field. */
const EVERYWHERE: Record<string, Limit> = {
  block_id: chars(255),
  action_id: chars(255),
  placeholder: chars(150),
};

const SELECT = { options: items(100), option_groups: items(100) };
const VIEW = {
  blocks: items(100, 0),
  private_metadata: chars(3000, 0),
  callback_id: chars(255, 0),
  external_id: chars(255, 0),
};
const SERIES_CHART = {
  series: items(6),
  'series[].name': chars(20),
  'series[].data': items(20),
  'series[].data[].label': chars(20),
  'axis_config.categories': items(20),
  'axis_config.categories[]': chars(20),
  'axis_config.x_label': chars(50),
  'axis_config.y_label': chars(50),
};

/**
 * Lengths and counts by the kind of object and the path inside it. Source: the reference of Block Kit and
 * the validators of Slack's SDKs; `data_visualization` by its page of June 2026.
 */
const LIMITS: Record<string, Record<string, Limit>> = {
  message: { blocks: items(50, 0) },
  modal: { ...VIEW, title: chars(24), submit: chars(24), close: chars(24) },
  home: VIEW,

  plain_text: { text: chars(3000) },
  mrkdwn: { text: chars(3000) },
  raw_text: { text: chars(10_000) },
  option: { text: chars(75), value: chars(75), description: chars(75), url: chars(3000) },
  option_group: { label: chars(75), options: items(100) },
  confirm: { title: chars(100), text: chars(300), confirm: chars(30), deny: chars(30) },

  section: { text: chars(3000), fields: items(10), 'fields[]': chars(2000) },
  header: { text: chars(150) },
  context: { elements: items(10) },
  actions: { elements: items(25) },
  context_actions: { elements: items(5) },
  input: { label: chars(2000), hint: chars(2000) },
  image: { alt_text: chars(2000), title: chars(2000), image_url: chars(3000) },
  markdown: { text: chars(12_000) },
  alert: { text: chars(200) },
  card: { title: chars(150), subtitle: chars(150), body: chars(200), actions: items(3) },
  carousel: { elements: items(10) },
  container: { title: chars(150), subtitle: chars(150), child_blocks: items(10) },
  table: { rows: items(100), 'rows[]': items(20), column_settings: items(20) },
  data_table: { rows: items(101, 2), 'rows[]': items(20), caption: chars(3000), page_size: number(1, 100) },
  data_visualization: { title: chars(50) },
  pie: {
    segments: items(6),
    'segments[].label': chars(20),
    'segments[].value': number(Number.MIN_VALUE, Infinity),
  },
  bar: SERIES_CHART,
  area: SERIES_CHART,
  line: SERIES_CHART,

  button: { text: chars(75), value: chars(2000), url: chars(3000), accessibility_label: chars(75) },
  static_select: SELECT,
  multi_static_select: { ...SELECT, max_selected_items: number(1, 100) },
  radio_buttons: { options: items(10) },
  checkboxes: { options: items(10) },
  overflow: { options: items(5) },
  plain_text_input: {
    min_length: number(0, 3000),
    max_length: number(1, 3000),
    initial_value: chars(3000, 0),
  },
  file_input: { max_files: number(1, 10), filetypes: items(100) },
  datetimepicker: { initial_date_time: number(1e9, 9_999_999_999) },
};

/** Texts that are too long or empty, lists with too many or no items, numbers out of range. */
export function checkLimits(nodes: Node[]): Violation[] {
  return nodes.flatMap((node) =>
    Object.entries({ ...EVERYWHERE, ...LIMITS[node.kind] }).flatMap(([path, limit]) =>
      select(node, path).flatMap(({ pointer, value }) => {
        const size = measure(limit, value);
        return size === null ? [] : violationOf(leastOf(limit, value), size, pointer);
      }),
    ),
  );
}

/** Null if the value is of another kind: the schema reports that. */
function measure(limit: Limit, value: unknown): number | null {
  if (limit.of === 'number') return typeof value === 'number' ? value : null;
  if (limit.of === 'items') return Array.isArray(value) ? value.length : null;
  return textOf(value)?.length ?? null;
}

/** An empty text object is reported once, by its own kind. */
function leastOf(limit: Limit, value: unknown): Limit {
  return limit.of === 'characters' && isFields(value) ? { ...limit, least: 0 } : limit;
}

function violationOf(limit: Limit, size: number, pointer: string): Violation[] {
  const unit = limit.of === 'number' ? '' : ` ${limit.of}`;
  if (size > limit.most) return [{ pointer, message: `must have at most ${limit.most}${unit}, has ${size}` }];
  if (size >= limit.least) return [];
  const message =
    limit.least > 0 && limit.least < 1
      ? 'must be greater than 0'
      : `must have at least ${limit.least}${unit}`;
  return [{ pointer, message }];
}
