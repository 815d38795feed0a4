/** Not before then, and then once more. Empty: all that there is to show is shown. */
export interface Snooze {
  snoozeMs?: number;
}
