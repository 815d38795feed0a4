/** What a post leaves to do. `snoozeMs`: run it once more after so many milliseconds. Empty: it is done. */
export interface Snooze {
  snoozeMs?: number;
}
