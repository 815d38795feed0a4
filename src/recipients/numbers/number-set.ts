import type { RowRef } from '../recipient';
import { createRandomHash } from './random-hash';

const FIRST_CAPACITY = 1024;
const MAX_LOAD = 0.7;

/**
 * The numbers read so far and the first row of each, across all sources of a batch. A hash table in flat arrays:
 * 14 bytes a slot, so 20 to 40 bytes a number, while a Map of strings takes well over 100.
 */
export class NumberSet {
  size = 0;
  private hash = createRandomHash();
  /** The digits of E.164 as a double: at most 15, which a double holds exactly. 0 is an empty slot. */
  private numbers = new Float64Array(FIRST_CAPACITY);
  private lines = new Uint32Array(FIRST_CAPACITY);
  private sources = new Uint16Array(FIRST_CAPACITY);

  /** Adds `number` (E.164, with `+`) and returns null, or returns the first row that had it. */
  addOrFind(number: string, row: RowRef): RowRef | null {
    const digits = Number(number.slice(1));
    const slot = this.slotOf(digits);
    if (this.numbers[slot] === digits) {
      return { source: this.sources[slot] as number, line: this.lines[slot] as number };
    }
    this.put(slot, digits, row.line, row.source);
    this.size += 1;
    if (this.size > this.numbers.length * MAX_LOAD) this.grow();
    return null;
  }

  /** Whether `number` (E.164, with `+`) was added. */
  has(number: string): boolean {
    const digits = Number(number.slice(1));
    return this.numbers[this.slotOf(digits)] === digits;
  }

  /** The slot that has `digits`, or the empty one for it: linear probing over a power of two. */
  private slotOf(digits: number): number {
    const mask = this.numbers.length - 1;
    let slot = this.hash(digits) & mask;
    while (this.numbers[slot] !== 0 && this.numbers[slot] !== digits) slot = (slot + 1) & mask;
    return slot;
  }

  private put(slot: number, digits: number, line: number, source: number): void {
    this.numbers[slot] = digits;
    this.lines[slot] = line;
    this.sources[slot] = source;
  }

  private grow(): void {
    const { numbers, lines, sources } = this;
    this.numbers = new Float64Array(numbers.length * 2);
    this.lines = new Uint32Array(numbers.length * 2);
    this.sources = new Uint16Array(numbers.length * 2);
    numbers.forEach((digits, slot) => {
      if (digits === 0) return;
      this.put(this.slotOf(digits), digits, lines[slot] as number, sources[slot] as number);
    });
  }
}
