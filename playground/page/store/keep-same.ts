/**
 * Returns `next` with every part that equals its counterpart in `before` replaced by that counterpart. What was loaded
 * again unchanged is then the same object, and React does not draw it again. For plain data.
 */
export function keepSame<T>(before: unknown, next: T): T {
  if (Object.is(before, next)) return next;
  if (Array.isArray(next)) return keepArray(before, next) as T;
  if (isRecord(before) && isRecord(next)) return keepRecord(before, next) as T;
  return next;
}

function keepArray(before: unknown, next: unknown[]): unknown[] {
  if (!Array.isArray(before)) return next;
  const kept = next.map((value, index) => keepSame(before[index], value));
  return before.length === kept.length && kept.every((value, index) => value === before[index])
    ? before
    : kept;
}

type PlainRecord = Record<string, unknown>;

function keepRecord(before: PlainRecord, next: PlainRecord): PlainRecord {
  const keys = Object.keys(next);
  const kept = Object.fromEntries(keys.map((key) => [key, keepSame(before[key], next[key])]));
  const isSame = keys.length === Object.keys(before).length && keys.every((key) => kept[key] === before[key]);
  return isSame ? before : kept;
}

function isRecord(value: unknown): value is PlainRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
