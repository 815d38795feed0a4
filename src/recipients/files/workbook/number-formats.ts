import { MAX_FORMATS } from '../../bounds';
import { UnreadableSourceError } from '../unreadable-source';
import { readWholeXml } from './read-xml';

/** How a number in a cell is shown, as far as it matters for a phone number. */
export type NumberFormat =
  | { kind: 'plain' }
  | { kind: 'date' }
  /** `prefix`: a `+` and digits that stand before the number; then at least this many digits, with zeros in front. */
  | { kind: 'padded'; prefix: string; digits: number };

export const PLAIN: NumberFormat = { kind: 'plain' };
/** Built-in formats of dates and times (ECMA-376, 18.8.30), with those of East Asia. */
const DATE_IDS = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
] as const;

/**
 * The formats of cells, by the style that a cell names. Throws `UnreadableSourceError` for broken XML, and for more
 * formats than Excel can have.
 */
export async function readNumberFormats(pieces: AsyncIterable<Buffer>): Promise<NumberFormat[]> {
  const custom = new Map<number, NumberFormat>();
  const formats: NumberFormat[] = [];
  let isCellFormats = false;
  await readWholeXml(pieces, {
    open(name, attributes) {
      if (name === 'cellXfs') isCellFormats = true;
      else if (name === 'numFmt')
        custom.set(Number(attributes.numFmtId), parseFormat(attributes.formatCode ?? ''));
      else if (name === 'xf' && isCellFormats) {
        const id = Number(attributes.numFmtId ?? 0);
        formats.push(custom.get(id) ?? (isDateId(id) ? { kind: 'date' } : PLAIN));
      }
      if (custom.size > MAX_FORMATS || formats.length > MAX_FORMATS) {
        throw new UnreadableSourceError('workbook_too_large');
      }
    },
    close(name) {
      if (name === 'cellXfs') isCellFormats = false;
    },
  });
  return formats;
}

const isDateId = (id: number) => DATE_IDS.some(([from, to]) => id >= from && id <= to);

const MAX_FORMAT_CHARACTERS = 200;
const MAX_DIGITS = 20;
const MAX_PREFIX = 8;

/** A format code (ECMA-376, 18.8.31): `0000000000`, `"+"0`, `0#" "##" "##" "##" "##`, `yyyy-mm-dd`, … */
function parseFormat(code: string): NumberFormat {
  if (code.length > MAX_FORMAT_CHARACTERS) return PLAIN;
  const { signs, before, within } = scan(code);
  if (/[ymdhs]/i.test(signs)) return /[0#?]/.test(signs.replace(/\.0+/g, '')) ? PLAIN : { kind: 'date' };
  // A decimal point, a thousands separator, a percent sign: an amount.
  if (!/^[0#?]+$/.test(signs)) return PLAIN;
  // Digits among the digits are no number that anybody could call as it is stored.
  if (/\d/.test(within)) return PLAIN;
  const zero = signs.indexOf('0');
  const digits = zero === -1 ? 0 : signs.length - zero;
  // Letters before it are a label, and the digits in a label are its own.
  const prefix = /\p{L}/u.test(before) ? before.replace(/[^+]/g, '') : before.replace(/[^+\d]/g, '');
  if (digits > MAX_DIGITS || prefix.length > MAX_PREFIX) return PLAIN;
  return digits > 1 || prefix !== '' ? { kind: 'padded', prefix, digits } : PLAIN;
}

/**
 * Divides the section for positive numbers, which is the first, into its signs and its literal text: what stands
 * `before` the first digit, and `within` or after them.
 */
function scan(code: string): { signs: string; before: string; within: string } {
  const found = { signs: '', before: '', within: '' };
  const addText = (text: string) => {
    if (/[0#?]/.test(found.signs)) found.within += text;
    else found.before += text;
  };
  for (let at = 0; at < code.length && code[at] !== ';'; at += 1) {
    const sign = code[at] as string;
    if (sign === '"' || sign === '[') {
      const end = code.indexOf(sign === '"' ? '"' : ']', at + 1);
      const inside = code.slice(at + 1, end === -1 ? code.length : end);
      if (sign === '"') addText(inside);
      // `[h]` is a time; the others are colours, conditions and languages.
      else if (/^[hms]+$/i.test(inside)) found.signs += inside;
      if (end === -1) break;
      at = end;
    } else if (sign === '\\') {
      at += 1;
      addText(code[at] ?? '');
    } else if (sign === '_' || sign === '*') {
      // The next character tells a width, and is not shown as itself.
      at += 1;
    } else if (' +-()'.includes(sign)) addText(sign);
    else found.signs += sign;
  }
  return found;
}
