/** What a door says of a person may be empty, unknown here, or no name at all. What is stored was read by former versions. */

/**
 * The name of the person's time zone, if dates can be shown in it; else `UTC`. Offsets such as `+08:00` are none: Postgres
 * reads their sign the other way round.
 */
export function readTimeZone(given: string | null | undefined): string {
  return given && /^[A-Za-z]/.test(given) && isSupported(given) ? given : 'UTC';
}

function isSupported(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** A BCP 47 tag such as `zh-CN`. Null where the door gives none. */
export function readLocale(given: string | null | undefined): string | null {
  if (!given) return null;
  try {
    return new Intl.Locale(given.replace('_', '-')).toString();
  } catch {
    return null;
  }
}
