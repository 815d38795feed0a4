import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * Imports point one way (docs/ARCHITECTURE.md). Rooms of one rank do not know each other, but for the
 * exceptions named here; type imports count like any other.
 */
const RANKS: string[][] = [
  ['main'],
  ['app'],
  ['worker', 'http'],
  ['slack'],
  ['batches'],
  ['recipients', 'content', 'tenants', 'queue'],
  ['channels'],
  ['db'],
  ['config', 'log'],
];
/** The other side of the wire: it knows the bot only by its protocols, and counts segments as the bot does. */
const PLAYGROUND_MAY_USE = ['content'];

const SRC = resolve(__dirname, '../../src');

interface Import {
  from: string;
  to: string;
  line: string;
}

const files = new Set(listFiles(SRC));
const imports = [...files].flatMap(importsOf);

test('every file of src is in a room that has a rank', () => {
  const rooms = new Set(listFiles(SRC).map((file) => roomOf(file)));
  const known = [...RANKS.flat(), 'playground'];
  expect([...rooms].filter((room) => !known.includes(room))).toEqual([]);
});

test('no import points upward or sideways', () => {
  const wrong = imports.filter(({ from, to }) => {
    const [a, b] = [roomOf(from), roomOf(to)];
    if (a === b) return false;
    if (a === 'playground') return !PLAYGROUND_MAY_USE.includes(b);
    if (b === 'playground') return true;
    return rankOf(b) <= rankOf(a);
  });
  expect(wrong.map((one) => one.line)).toEqual([]);
});

test('no files import each other in a circle', () => {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) {
      circles.push([...path.slice(path.indexOf(file)), file].map((one) => relative(SRC, one)).join(' > '));
      return;
    }
    if (done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  expect(circles).toEqual([]);
});

test('the environment is read in main files only', () => {
  const readers = listFiles(SRC).filter((file) => readFileSync(file, 'utf8').includes('process.env'));
  expect(readers.filter((file) => !file.endsWith('/main.ts'))).toEqual([]);
});

test('SQL stands in the rooms that own tables, and in the heart only in its store', () => {
  const mayHold = /^(batches\/store|db|queue|tenants|playground)\//;
  const speaks = /\.raw[(<]|\b(?:trx|db|knex)(?:<[^>]*>)?\((?:['"`]|detailTable)/;
  const speakers = listFiles(SRC).filter((file) => speaks.test(readFileSync(file, 'utf8')));
  expect(speakers.length).toBeGreaterThan(20);
  expect(speakers.map((file) => relative(SRC, file)).filter((file) => !mayHold.test(file))).toEqual([]);
});

test('the check sees imports at all', () => {
  expect(imports.length).toBeGreaterThan(100);
});

function listFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return listFiles(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/(?:from|import|require\()\s*\(?['"](\.[^'"]*)['"]/g);
  return [...found].flatMap(([, target]) => {
    const to = resolveFile(resolve(dirname(file), target as string));
    return to ? [{ from: file, to, line: `${relative(SRC, file)} > ${relative(SRC, to)}` }] : [];
  });
}

function resolveFile(path: string): string | null {
  const candidates = [path, `${path}.ts`, `${path}.tsx`, join(path, 'index.ts')];
  return candidates.find((candidate) => files.has(candidate)) ?? null;
}

function roomOf(file: string): string {
  return (relative(SRC, file).split('/')[0] as string).replace(/\.ts$/, '');
}

function rankOf(room: string): number {
  return RANKS.findIndex((rank) => rank.includes(room));
}
