/** An amount of money as a decimal string without separators, and the currency that was written with it, if any. */
export interface ReadAmount {
  amount: string;
  /** ISO 4217. */
  currency: string | null;
}

/** A currency's code before or behind the amount. A sign such as `$` is not one currency's alone, and is not read. */
const CODE = /^([A-Z]{3})\s*(?=[-+\d.,])|(?<=\d)\s*([A-Z]{3})$/;
/** `1234.50`, `1,234.50`, `1 234.50`, `1'234.50`. A group has three digits, and the separator is always the same. */
const WITH_POINT = /^[-+]?(?:\d+|\d{1,3}(?:([,' \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*)(?:\.\d+)?$/;
/** `1.234,50`, `1 234,50`: of several groups or with decimals that are not three. `1,234` may be either, and is not read. */
const WITH_COMMA =
  /^[-+]?(?:\d{1,3}(?:([. \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*,\d+|\d+,(?:\d{1,2}|\d{4,}))$/;
const SCIENTIFIC = /^([-+]?)(\d+)(?:\.(\d+))?[eE]([-+]?\d{1,2})$/;

/** Reads an amount as people and spreadsheets write it. Null where it is none, or could be read in two ways. */
export function readAmount(written: string): ReadAmount | null {
  const text = written.trim().slice(0, 60);
  const [code = ''] = CODE.exec(text) ?? [];
  const amount = readDecimal(text.replace(CODE, '').trim());
  return amount === null ? null : { amount, currency: code.trim() || null };
}

function readDecimal(text: string): string | null {
  const scientific = SCIENTIFIC.exec(text);
  if (scientific) return writeOut(scientific);
  // A comma and three digits, and nothing else: thousands for one, thousandths for the other.
  if (/^[-+]?\d{1,3},\d{3}$/.test(text)) return null;
  if (WITH_POINT.test(text)) return text.replace(/[^\d.-]/g, '');
  if (WITH_COMMA.test(text)) return text.replace(/[^\d,-]/g, '').replace(',', '.');
  return null;
}

/** `1E+3` is 1000, `12.5E-1` is 1.25. */
function writeOut([, sign = '', whole = '', fraction = '', exponent = '0']: RegExpExecArray): string {
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(1, point);
  const rest = padded.slice(at);
  return `${sign === '-' ? '-' : ''}${padded.slice(0, at)}${rest ? `.${rest}` : ''}`;
}

/** Exact for any number of digits: with floats 0.1 and 0.2 would be 0.30000000000000004. */
export function addDecimals(amounts: string[]): string {
  const scale = Math.max(...amounts.map((amount) => amount.split('.')[1]?.length ?? 0));
  const sum = amounts.reduce((total, amount) => total + toUnits(amount, scale), 0n);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(scale + 1, '0');
  const sign = sum < 0n ? '-' : '';
  const whole = digits.slice(0, digits.length - scale);
  return scale === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-scale)}`;
}

function toUnits(amount: string, scale: number): bigint {
  const [whole = '', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
}
