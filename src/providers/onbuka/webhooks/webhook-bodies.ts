import { foldKeys, parseExactJson } from '../http/exact-json';

/**
 * The items of a webhook's body, one item or a list. Pass the JSON text where possible: a value that is parsed already
 * has lost bare 19-digit ids. Items for which `readItem` returns null are left out and counted as `unreadable`.
 */
export function readWebhook<Item>(
  body: unknown,
  readItem: (value: unknown) => Item | null,
): { items: Item[]; unreadable: number } {
  const values = parse(body);
  const items = values.map(readItem).filter((item) => item !== null);
  return { items, unreadable: values.length - items.length };
}

/** See `ProviderWebhooks`. Numbers become texts, which read the same. */
export function splitBody(body: string): string[] {
  const items = parse(body);
  return items.length > 1 ? items.map((item) => JSON.stringify(item)) : [body];
}

function parse(body: unknown): unknown[] {
  try {
    const value = typeof body === 'string' ? parseExactJson(body) : foldKeys(body);
    return Array.isArray(value) ? value : [value];
  } catch {
    return [undefined];
  }
}
