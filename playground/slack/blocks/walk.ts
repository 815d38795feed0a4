/** An object somewhere in a payload. */
export interface Node {
  pointer: string;
  /** Its `type`; `option` and `confirm`, which have none; else the empty string. */
  kind: string;
  value: Fields;
}

export type Fields = Record<string, unknown>;

const KIND_BY_KEY: Record<string, string> = {
  options: 'option',
  initial_options: 'option',
  initial_option: 'option',
  option_groups: 'option_group',
  confirm: 'confirm',
};

/** Every object of a payload, the payload itself first. `rootKind` is its kind if it has no type. */
export function nodesOf(payload: unknown, rootKind = ''): Node[] {
  return collect(payload, '', rootKind);
}

function collect(value: unknown, pointer: string, kindFromKey: string): Node[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => collect(item, `${pointer}/${index}`, kindFromKey));
  }
  if (!isFields(value)) return [];
  const kind = typeof value.type === 'string' ? value.type : kindFromKey;
  const inside = Object.entries(value).flatMap(([key, field]) =>
    collect(field, `${pointer}/${key}`, KIND_BY_KEY[key] ?? ''),
  );
  return [{ pointer, kind, value }, ...inside];
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The values at a path such as `segments[].label`, each with its pointer. */
export function select(node: Node, path: string): { pointer: string; value: unknown }[] {
  const steps = path.replaceAll('[]', '.*').split('.');
  return steps.reduce(
    (found, step) =>
      found.flatMap(({ pointer, value }) => {
        if (step === '*') {
          return Array.isArray(value)
            ? value.map((item, index) => ({ pointer: `${pointer}/${index}`, value: item as unknown }))
            : [];
        }
        return isFields(value) && value[step] !== undefined
          ? [{ pointer: `${pointer}/${step}`, value: value[step] }]
          : [];
      }),
    [{ pointer: node.pointer, value: node.value as unknown }],
  );
}

/** The characters of a text object or of a bare string; null for anything else. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return isFields(value) && typeof value.text === 'string' ? value.text : null;
}
