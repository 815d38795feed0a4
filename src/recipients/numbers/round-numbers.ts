/** Fewer zeros at the end are chance: one number in a thousand has three. */
const MIN_ZEROS = 4;
const MAX_ZEROS = 12;
/** How many times more round numbers there are than chance brings. */
const TOO_MANY = 10;
const MAX_REMEMBERED = 10_000;
const ZERO = 0x30;
/** As a spreadsheet writes a number: digits alone. */
const BARE = /^(\d{9,15})(?:\.0+)?$/;

/**
 * Finds numbers that a spreadsheet has rounded and somebody has written out again: `8.6138E+12` becomes `8613800000000`,
 * for each person whose number began alike. Such numbers end in zeros, and the same ones come again and again.
 */
export interface RoundNumberCount {
  add(cell: string): void;
  /** The fewest zeros at the end that tell a rounded number of a list with so many rows; null where none are. */
  roundedFromZeros(rows: number): number | null;
}

export function createRoundNumberCount(): RoundNumberCount {
  const counts = Array<number>(MAX_ZEROS + 1).fill(0);
  const isRepeated = Array<boolean>(MAX_ZEROS + 1).fill(false);
  const seen = new Set<string>();
  return {
    add(cell) {
      if (!mayBeRound(cell)) return;
      const digits = BARE.exec(cell)?.[1];
      const zeros = digits ? countZeros(digits) : 0;
      if (!digits || zeros < MIN_ZEROS) return;
      const repeats = seen.has(digits);
      if (!repeats && seen.size < MAX_REMEMBERED) seen.add(digits);
      for (let count = MIN_ZEROS; count <= Math.min(zeros, MAX_ZEROS); count += 1) {
        counts[count] = (counts[count] as number) + 1;
        isRepeated[count] ||= repeats;
      }
    },
    roundedFromZeros(rows) {
      for (let zeros = MIN_ZEROS; zeros <= MAX_ZEROS; zeros += 1) {
        if (isRepeated[zeros] && (counts[zeros] as number) > rows * 10 ** -zeros * TOO_MANY) return zeros;
      }
      return null;
    },
  };
}

/** Whether a cell is a bare number that ends in this many zeros. */
export function isRounded(cell: string, fromZeros: number): boolean {
  const digits = mayBeRound(cell) ? BARE.exec(cell)?.[1] : undefined;
  return digits !== undefined && countZeros(digits) >= fromZeros;
}

/** Cheap: nearly no cell ends like this. */
const mayBeRound = (cell: string): boolean =>
  cell.charCodeAt(cell.length - 1) === ZERO &&
  (cell.endsWith('0000') || cell.endsWith('.0') || cell.endsWith('.00'));

function countZeros(digits: string): number {
  let count = 0;
  while (digits.charCodeAt(digits.length - 1 - count) === ZERO) count += 1;
  return count;
}
