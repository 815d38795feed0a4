import { foldKeys, parseExactJson } from '../http/exact-json';

/**
 * The items of a body that the provider pushed: JSON text (best: a bare 19-digit id survives only in it) or what was
 * parsed from it, one item or a list. What `readItem` gives null for is left out and counted.
 */
export function readWebhook<Item>(
  body: unknown,
  readItem: (value: unknown) => Item | null,
): { items: Item[]; unreadable: number } {
  const values = parse(body);
  const items = values.map(readItem).filter((item) => item !== null);
  return { items, unreadable: values.length - items.length };
}

function parse(body: unknown): unknown[] {
  try {
    const value = typeof body === 'string' ? parseExactJson(body) : foldKeys(body);
    return Array.isArray(value) ? value : [value];
  } catch {
    return [undefined];
  }
}
