import { readFileSync } from 'node:fs';
import { type HostileText, hostileTexts } from './hostile-texts';
import type { FoundPattern } from './patterns-of-src';

/**
 * Run as a process of its own, since a pattern that hangs cannot be stopped from within: reads patterns from its input,
 * and writes the index of each before it begins with it, then those that are not linear.
 */
/** The short ones find what would take minutes on the long one. */
const LENGTHS = [250, 1_000, 4_000];
/** Nothing that does more than a few steps a character is as quick: such a text needs no second look. */
const SURELY_LINEAR_MS = 2;
const TRIES = 10;
/** For one pattern: where every text costs much, not all of them are tried. */
const BUDGET_MS = 2_000;
/** Twice the text may take three times the work. */
const MOST = 3;

const patterns = JSON.parse(readFileSync(0, 'utf8')) as FoundPattern[];
for (const [index, { source, flags }] of patterns.entries()) {
  process.stdout.write(`${index}\n`);
  const fault = faultOf(new RegExp(source, flags));
  if (fault) process.stdout.write(`fault ${JSON.stringify({ ...patterns[index], ...fault })}\n`);
}
process.stdout.write('done\n');

function faultOf(pattern: RegExp): { text: string; ms: number[] } | null {
  const began = process.cpuUsage();
  for (const textOf of hostileTexts(pattern.source, pattern.flags)) {
    const ms = msOf(pattern, textOf);
    if (ms) return { text: JSON.stringify(textOf(20)), ms };
    const { user, system } = process.cpuUsage(began);
    if ((user + system) / 1000 > BUDGET_MS) break;
  }
  return null;
}

/** The work on the first text that is long enough to be measured, and on twice as much; null where it is linear. */
function msOf(pattern: RegExp, textOf: HostileText): number[] | null {
  for (const length of LENGTHS) {
    const texts = [textOf(length), textOf(2 * length)] as const;
    if (workOf(pattern, texts[1]) >= SURELY_LINEAR_MS) return least(pattern, texts);
  }
  return null;
}

/** The least work on both texts, since what else the process does only ever adds to it; null as soon as it is linear. */
function least(pattern: RegExp, [text, twice]: readonly [string, string]): number[] | null {
  const ms = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as [number, number];
  for (let i = 0; i < TRIES; i += 1) {
    ms[0] = Math.min(ms[0], workOf(pattern, text));
    ms[1] = Math.min(ms[1], workOf(pattern, twice));
    if (ms[1] < SURELY_LINEAR_MS || (i > 2 && ms[1] <= ms[0] * MOST)) return null;
  }
  return ms;
}

/** Time of the processor, in milliseconds: other processes do not count. */
function workOf(pattern: RegExp, text: string): number {
  pattern.lastIndex = 0;
  const before = process.cpuUsage();
  if (pattern.global) text.replace(pattern, '');
  else pattern.test(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
