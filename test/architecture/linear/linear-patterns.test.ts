import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { type FoundPattern, filesWithMadePatterns, readPatternLiterals, SRC } from './patterns-of-src';

const ROOT = resolve(__dirname, '../../..');
/** For all patterns of `src` about ten seconds of work: what takes longer hangs. */
const HANGS_MS = 100_000;

interface Measured {
  /** Patterns whose work on twice the text is more than three times as much. */
  faults: (FoundPattern & { text: string; ms: number[] })[];
  /** The pattern that it did not come to the end of. */
  hangs: FoundPattern | null;
}

/** Measured in another process: a pattern that hangs would stop this one. */
function measure(patterns: FoundPattern[], timeout = HANGS_MS): Measured {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(__dirname, 'measure-patterns.ts')],
    { cwd: ROOT, input: JSON.stringify(patterns), encoding: 'utf8', timeout, killSignal: 'SIGKILL' },
  );
  const lines = stdout.trim().split('\n');
  const last = lines.findLast((line) => /^\d+$/.test(line));
  if (last === undefined) throw new Error(`Nothing was measured. ${stderr}`);
  const faults = lines.filter((line) => line.startsWith('fault ')).map((line) => JSON.parse(line.slice(6)));
  return { faults, hangs: lines.includes('done') ? null : (patterns[Number(last)] ?? null) };
}

const made = (source: string): FoundPattern => ({ file: 'none', source, flags: '' });

it('each pattern of src does work in proportion to the text, whatever that is', () => {
  const literals = readPatternLiterals();
  expect(literals.length).toBeGreaterThan(200);
  const patterns = [...literals, ...madePatterns()];
  const unique = [...new Map(patterns.map((one) => [`${one.source}/${one.flags}`, one])).values()];
  expect(measure(unique)).toEqual({ faults: [], hangs: null });
});

it.each([
  ['blanks at an end', String.raw`\s+$`],
  ['a bracket, blanks and no bracket', String.raw`^\(\s*,?\s*\)`],
  ['one class after another', String.raw`^[\d ]*[-\d]*[\d.]*x$`],
  ['anything between two signs', '<.*>.*=[^=]*;'],
])('a pattern that backtracks is found: %s', (_, source) => {
  expect(measure([made(source)]).faults).toHaveLength(1);
});

it('a pattern that hangs is found', () => {
  const hanging = made(String.raw`^(?:\d|\d\d)+$`);
  expect(measure([made('a'), hanging, made('b')], 8_000).hangs).toEqual(hanging);
});

/** Those that files of src put together when they are loaded. */
function madePatterns(): FoundPattern[] {
  const found: FoundPattern[] = [];
  const Plain = globalThis.RegExp;
  jest.isolateModules(() => {
    for (const file of filesWithMadePatterns()) {
      globalThis.RegExp = new Proxy(Plain, {
        construct(target, args: [string, string]) {
          const pattern = new target(...args);
          // Libraries put together their own, and are given no text that they do not expect.
          const madeIn = new Error().stack?.split('\n')[2] ?? '';
          if (madeIn.includes(SRC)) found.push({ file, source: pattern.source, flags: pattern.flags });
          return pattern;
        },
      });
      require(join(SRC, file));
    }
  });
  globalThis.RegExp = Plain;
  expect(found.length).toBeGreaterThan(3);
  return found;
}
