/** A phone number as the provider takes it: E.164 without the `+`. */
export function writeNumber(e164: string): string {
  return e164.slice(1);
}

/** A phone number as the provider writes it, in E.164 with `+`; null where it is none. */
export function readNumber(text: string | null): string | null {
  const digits = text?.match(/^\+?([1-9]\d{4,14})$/)?.[1];
  return digits === undefined ? null : `+${digits}`;
}
