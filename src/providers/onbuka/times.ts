const PLATFORM_OFFSET = '+08:00';
const PLATFORM_OFFSET_MS = 8 * 60 * 60 * 1000;

/** ISO 8601 in whole seconds with the platform's offset, as in the documentation's examples. */
export function writeTime(date: Date): string {
  const shifted = new Date(date.getTime() + PLATFORM_OFFSET_MS).toISOString();
  return `${shifted.slice(0, 19)}${PLATFORM_OFFSET}`;
}

/**
 * Converts a time of the provider to ISO 8601 (UTC). The provider writes it with an offset, without one (in the
 * platform's time zone), or in milliseconds since 1970. Returns null for anything else.
 */
export function readTime(text: string | null): string | null {
  if (text === null) return null;
  const date = /^\d{12,14}$/.test(text) ? new Date(Number(text)) : readCalendarTime(text);
  return date === null || Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function readCalendarTime(text: string): Date | null {
  const parts = text.match(/^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?)\s*(Z|[+-]\d\d:?\d\d)?$/);
  if (!parts) return null;
  const [, day, clock, offset = PLATFORM_OFFSET] = parts;
  return new Date(`${day}T${clock}${offset.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`);
}
