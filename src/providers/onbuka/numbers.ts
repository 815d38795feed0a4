/** A phone number in the provider's format: E.164 without the `+`. */
export function fromE164(e164: string): string {
  return e164.slice(1);
}

/** Converts a number in the provider's format to E.164 with `+`; null when it is not a phone number. */
export function toE164(text: string | null): string | null {
  const digits = text?.match(/^\+?([1-9]\d{4,14})$/)?.[1];
  return digits === undefined ? null : `+${digits}`;
}
