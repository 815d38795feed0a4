/**
 * Money as whole millionths, which are exact in a JavaScript number up to nine thousand million units.
 * Throws RangeError for anything but a plain decimal with at most 6 places.
 */
export function toMillionths(decimal: string): number {
  const match = /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(decimal);
  if (!match) throw new RangeError('an amount is a decimal with at most 6 places, such as 99.990000');
  return Number(match[1]) * 1_000_000 + Number((match[2] ?? '').padEnd(6, '0'));
}

/** `99990000` ▶ `99.990000`. */
export function fromMillionths(millionths: number): string {
  return `${Math.floor(millionths / 1_000_000)}.${String(millionths % 1_000_000).padStart(6, '0')}`;
}
