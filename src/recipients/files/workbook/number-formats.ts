import { readWholeXml } from './read-xml';

/** How a number in a cell is shown, as far as it matters for a phone number. */
export type NumberFormat =
  | { kind: 'plain' }
  | { kind: 'date' }
  /** `0000000000`: at least this many digits, with zeros in front; `+` before them where the format says so. */
  | { kind: 'padded'; digits: number; plus: boolean };

const PLAIN: NumberFormat = { kind: 'plain' };
/** Built-in formats of dates and times (ECMA-376, 18.8.30), with those of East Asia. */
const DATE_IDS = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
] as const;
const MAX_FORMAT_CHARACTERS = 200;
const ZEROS = /^(?:"?(\+)"?|\\(\+))?(0{2,20})$/;

/** The formats of cells, by the style that a cell names. */
export async function readNumberFormats(pieces: AsyncIterable<Buffer>): Promise<NumberFormat[]> {
  const custom = new Map<number, NumberFormat>();
  const formats: NumberFormat[] = [];
  let isCellFormats = false;
  await readWholeXml(pieces, {
    open(name, attributes) {
      if (name === 'numFmt') {
        custom.set(Number(attributes.numFmtId), formatOf(attributes.formatCode ?? ''));
      } else if (name === 'cellXfs') isCellFormats = true;
      else if (name === 'xf' && isCellFormats) {
        const id = Number(attributes.numFmtId ?? 0);
        formats.push(custom.get(id) ?? (isDateId(id) ? { kind: 'date' } : PLAIN));
      }
    },
    close(name) {
      if (name === 'cellXfs') isCellFormats = false;
    },
  });
  return formats;
}

const isDateId = (id: number) => DATE_IDS.some(([from, to]) => id >= from && id <= to);

function formatOf(code: string): NumberFormat {
  // The first section is that of positive numbers.
  const [positive = ''] = code.slice(0, MAX_FORMAT_CHARACTERS).split(';');
  const zeros = ZEROS.exec(positive);
  if (zeros) return { kind: 'padded', digits: zeros[3]?.length ?? 0, plus: (zeros[1] ?? zeros[2]) === '+' };
  const literal = positive.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
  return /[ymdhs]/i.test(literal) && !/[0#]/.test(literal.replace(/\.0+/g, '')) ? { kind: 'date' } : PLAIN;
}

const DAY_MS = 86_400_000;
/** Day 0 of the serial numbers, with Excel's leap day of 1900. */
const EPOCH_MS = Date.UTC(1899, 11, 30);

/** The stored value of a number cell as text: all its digits, so that nothing is lost to how it is shown. */
export function numberText(stored: string, format: NumberFormat = PLAIN): string {
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return stored;
  if (format.kind === 'date') {
    const date = new Date(EPOCH_MS + value * DAY_MS);
    return Number.isNaN(date.getTime()) ? stored : date.toISOString().slice(0, 10);
  }
  if (!Number.isSafeInteger(value)) return stored;
  const digits = String(value);
  if (format.kind === 'plain') return digits;
  return `${format.plus ? '+' : ''}${digits.padStart(format.digits, '0')}`;
}
