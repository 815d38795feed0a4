/** `YYYY-MM-DDTHH:mm` in a time zone, for UNIX seconds. */
export function wallClockOf(seconds: number, timeZone: string): string {
  return new Date(seconds * 1000).toLocaleString('sv-SE', { timeZone }).slice(0, 16).replace(' ', 'T');
}

/** UNIX seconds of `YYYY-MM-DDTHH:mm` in a time zone. */
export function secondsOf(wallClock: string, timeZone: string): number {
  const asUtc = Date.parse(`${wallClock}Z`) / 1000;
  const guess = asUtc - offsetAt(asUtc, timeZone);
  // Where the clocks change between the two, the offset at the guess is the right one.
  return asUtc - offsetAt(guess, timeZone);
}

/** Seconds east of UTC. */
function offsetAt(seconds: number, timeZone: string): number {
  return Date.parse(`${wallClockOf(seconds, timeZone)}Z`) / 1000 - Math.floor(seconds / 60) * 60;
}
