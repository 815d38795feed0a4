import { type NumberFormat, PLAIN } from './number-formats';

/** More than a number has, however it is stored. */
const MAX_STORED_CHARACTERS = 40;
const ALL_DIGITS = /^\d+$/;
const NUMERIC = /^[-+.\deE]+$/;
/** 9999-12-31. A spreadsheet shows nothing beyond it. */
const MAX_DAY = 2_958_465;
const DAY_MS = 86_400_000;
/** Day 0 of the serial numbers, with Excel's leap day of 1900. */
const EPOCH_MS = Date.UTC(1899, 11, 30);

/**
 * The value of a number cell as text: all digits that are stored, so that nothing is lost to how it is shown, and the
 * zeros or the `+` before them that only its format shows. A date is `2024-12-01`, so that nobody takes it for a number.
 * What is no number comes back as it is.
 */
export function numberText(stored: string, format: NumberFormat = PLAIN): string {
  if (format.kind === 'plain' && ALL_DIGITS.test(stored)) return stored;
  if (stored.length > MAX_STORED_CHARACTERS || !NUMERIC.test(stored)) return stored;
  const value = Number(stored);
  if (Number.isNaN(value)) return stored;
  if (format.kind === 'date') return dateText(value) ?? stored;
  if (!Number.isSafeInteger(value)) return stored;
  const digits = ALL_DIGITS.test(stored) ? stored : String(value);
  if (format.kind === 'plain' || value < 0) return digits;
  return format.prefix + digits.padStart(format.digits, '0');
}

function dateText(day: number): string | null {
  if (day < 0 || day >= MAX_DAY + 1) return null;
  return new Date(EPOCH_MS + day * DAY_MS).toISOString().slice(0, 10);
}
