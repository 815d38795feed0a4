import type { z } from 'zod';

/** What a button or a form carries back cannot be read: it is damaged, or forged. Holds nothing of it. */
export class CarriedUnreadable extends Error {
  readonly code = 'carried_unreadable';
  constructor() {
    super('What a button or a form carries could not be read.');
    this.name = 'CarriedUnreadable';
  }
}

/** Reads what a button or a form carries as JSON. Throws CarriedUnreadable: the parser's own error has an excerpt. */
export function readCarried<T>(text: string, shape: z.ZodType<T>): T {
  let value: unknown;
  try {
    // An escape inside the inner text makes a NUL only now; Postgres stores none.
    value = JSON.parse(text, (_, one) => (typeof one === 'string' ? one.replaceAll('\0', '') : one));
  } catch {
    throw new CarriedUnreadable();
  }
  const read = shape.safeParse(value);
  if (!read.success) throw new CarriedUnreadable();
  return read.data;
}
