import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { NO_BOUNDS } from './no-bounds';
import { readNumericConstants } from './numeric-constants';

/**
 * docs/OPERATIONS.md tells every bound with its true number. A constant that is named like a bound has a row there, or is
 * listed in no-bounds.ts with the reason why it is none.
 */
const document = readFileSync(resolve(__dirname, '../../docs/OPERATIONS.md'), 'utf8');
const settings = readFileSync(resolve(__dirname, '../../docs/SETTINGS.md'), 'utf8');
const section = document.split(/^## /m).find((one) => one.startsWith('Bounds\n')) ?? '';

/** `| What | Bound | What the person reads | Setting | In the code |`: the last two name what the number comes from. */
const rows = [...section.matchAll(/^\| (?!What \||---)(.+) \|$/gm)].map(([line, inner = '']) => {
  const [what = '', bound = '', reads = '', setting = '', code = ''] = inner.split(' | ');
  return { line, what, bound, reads, setting: quoted(setting), code: quoted(code) };
});

const constants = readNumericConstants();

function quoted(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text as string);
}

const UNITS: Record<string, number> = {
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  bytes: 1,
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  days: 86_400_000,
};

/** The first number of a cell, times and sizes in milliseconds and bytes. Null where there is none. */
function numberIn(cell: string): number | null {
  const [, digits, unit = ''] = cell.match(/(\d[\d,.]*)(?: ?(KiB|MiB|GiB|bytes|ms|s|min|h|days)\b)?/) ?? [];
  return digits === undefined ? null : Number(digits.replaceAll(',', '')) * (UNITS[unit] ?? 1);
}

/** A constant in the units of `numberIn`: its name says its own. */
function inUnits(name: string, value: number): number {
  if (/_(S|SECONDS)$/.test(name)) return value * 1_000;
  if (/_MINUTES$/.test(name)) return value * 60_000;
  if (/_HOURS$/.test(name)) return value * 3_600_000;
  if (/_DAYS$/.test(name)) return value * 86_400_000;
  return value;
}

const LIKE_A_BOUND =
  /(^|_)(MAX|MOST|LONGEST|LIMIT|BUDGET|DEADLINE|TIMEOUT|WITHIN|TRIES|DEATHS|EXPIRY|EXPIRES|KEEP|KEEPS|PATIENCE)(_|$)|AT_ONCE|AT_A_TIME|_A_PERSON|PER_PERSON|_FOR_MS$/;

test('the table has rows, each with five cells', () => {
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.filter(({ line }) => line.split(' | ').length !== 5).map(({ line }) => line)).toEqual([]);
});

test.each(rows)('$what: $bound, as the code has it', ({ bound, setting, code }) => {
  const stated = numberIn(bound);
  expect(stated).not.toBeNull();
  expect(setting.length + code.length).toBeGreaterThan(0);
  for (const name of setting) expect(inUnits(name, defaultOf(name))).toBe(stated);
  for (const place of code) {
    expect(constants.has(place) ? place : `no constant: ${place}`).toBe(place);
    expect(inUnits(place, constants.get(place) as number)).toBe(stated);
  }
});

test('every constant that is named like a bound has a row, or a reason why it is none', () => {
  const known = new Set([...rows.flatMap(({ code }) => code), ...Object.values(NO_BOUNDS).flat()]);
  const like = [...constants.keys()].filter((place) => LIKE_A_BOUND.test(place.split(' ')[1] as string));
  expect(like.length).toBeGreaterThan(60);
  expect(like.filter((place) => !known.has(place))).toEqual([]);
});

test('every entry of no-bounds.ts is a constant, and has no row', () => {
  const inTable = new Set(rows.flatMap(({ code }) => code));
  const entries = Object.values(NO_BOUNDS).flat();
  expect(entries.filter((place) => !constants.has(place) || inTable.has(place))).toEqual([]);
});

test('every setting that is a bound has a row', () => {
  const inTable = new Set(rows.flatMap(({ setting }) => setting));
  const bounds = [...settings.matchAll(/`([A-Z_]*(?:MAX|LIMIT|EXPIR|TIMEOUT|CONCURRENCY)[A-Z_]*)`/g)];
  expect(bounds.map(([, name]) => name).filter((name) => !inTable.has(name as string))).toEqual([]);
});

/** As SETTINGS.md has it; settings.test.ts holds that to the code. */
function defaultOf(name: string): number {
  const row = settings.match(new RegExp(`^\\| \`${name}\` \\| \`([\\d_]+)\``, 'm'));
  expect(row === null ? `no default: ${name}` : name).toBe(name);
  return Number((row as RegExpMatchArray)[1]);
}
