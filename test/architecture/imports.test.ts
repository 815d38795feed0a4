import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * Imports point one way (docs/ARCHITECTURE.md): down the ranks of a folder, never up. Rooms of one rank do not know
 * each other. Type imports count like any other.
 */
const RANKS: Record<string, string[][]> = {
  '': [
    ['main'],
    ['app', 'manage'],
    ['worker', 'http'],
    ['slack'],
    ['exports'],
    ['words'],
    ['batches'],
    ['recipients', 'content', 'tenants', 'queue'],
    ['providers'],
    ['db'],
    ['supervise'],
    ['count-refusals'],
    ['config', 'log', 'backoff', 'group-by'],
    ['settings'],
    ['key-strength'],
  ],
  batches: [
    ['sweeping', 'administering'],
    ['control', 'views', 'exporting'],
    ['importing', 'reconciling', 'costs'],
    ['tracking', 'long-requests'],
    ['sending'],
    ['advance-batch', 'raise-alert'],
    ['enqueue-jobs'],
    ['provider', 'authority'],
    ['app-context'],
    ['store'],
    ['batch'],
    ['states', 'draft-input'],
  ],
  slack: [['slack-app'], ['register-listeners'], ['listeners'], ['posts'], ['client'], ['store'], ['blocks']],
};

const ROOT = resolve(__dirname, '../..');
const SRC = join(ROOT, 'src');
const PLAYGROUND = join(ROOT, 'playground');

interface Import {
  from: string;
  to: string;
  line: string;
}

const files = new Set([...listFiles(SRC), ...listFiles(PLAYGROUND)]);
const imports = [...files].flatMap(importsOf);

describe.each(Object.keys(RANKS))('src/%s', (folder) => {
  const room = (file: string) => roomIn(folder, file);
  const inside = imports.filter(({ from, to }) => room(from) !== null && room(to) !== null);
  const rankOf = (name: string | null) =>
    (RANKS[folder] as string[][]).findIndex((rank) => rank.includes(name ?? ''));

  test('every file is in a room that has a rank', () => {
    const rooms = new Set(listFiles(join(SRC, folder)).map(room));
    expect([...rooms].filter((name) => rankOf(name) === -1)).toEqual([]);
  });

  test('every room that has a rank is there', () => {
    const rooms = new Set(listFiles(join(SRC, folder)).map(room));
    expect((RANKS[folder] as string[][]).flat().filter((name) => !rooms.has(name))).toEqual([]);
  });

  test('no import points upward or sideways', () => {
    const wrong = inside.filter(({ from, to }) => {
      const [a, b] = [room(from), room(to)];
      return a !== b && rankOf(b) <= rankOf(a);
    });
    expect(wrong.map((one) => one.line)).toEqual([]);
  });
});

test('the playground knows the bot only by its protocols, and the bot does not know the playground', () => {
  const isOf = (folder: string, file: string) => file.startsWith(`${folder}/`);
  const across = imports.filter(({ from, to }) => isOf(SRC, from) !== isOf(SRC, to));
  expect(across.map((one) => one.line)).toEqual([]);
  const named = [...files].filter(
    (file) => isOf(SRC, file) && readFileSync(file, 'utf8').includes('playground'),
  );
  expect(named).toEqual([]);
});

test('no files import each other in a circle', () => {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const circles: string[] = [];
  const follow = (file: string, path: string[]): void => {
    if (path.includes(file)) {
      circles.push([...path.slice(path.indexOf(file)), file].map((one) => relative(ROOT, one)).join(' > '));
      return;
    }
    if (done.has(file)) return;
    for (const to of next.get(file) ?? []) follow(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) follow(file, []);
  expect(circles).toEqual([]);
});

test('the environment is read in main files only', () => {
  const readers = [...files].filter((file) => readFileSync(file, 'utf8').includes('process.env'));
  expect(readers.filter((file) => !file.endsWith('/main.ts'))).toEqual([]);
});

test('SQL is in the rooms that own tables; in batches and slack, in the store and in files named .sql.ts', () => {
  const mayContainSql = /^(batches\/store\/|db\/|queue\/|tenants\/)|^(batches|slack)\/.*\.sql\.ts$/;
  const sql = /\.raw[(<]|\b(?:trx|db|knex)(?:<[^>]*>)?\((?:['"`]|detailTable)/;
  const filesWithSql = listFiles(SRC).filter((file) => sql.test(readFileSync(file, 'utf8')));
  expect(filesWithSql.length).toBeGreaterThan(20);
  expect(filesWithSql.map((file) => relative(SRC, file)).filter((file) => !mayContainSql.test(file))).toEqual(
    [],
  );
  const filesWithout = listFiles(SRC).filter(
    (file) => file.endsWith('.sql.ts') && !filesWithSql.includes(file),
  );
  expect(filesWithout.map((file) => relative(SRC, file))).toEqual([]);
});

test('the check sees imports at all', () => {
  expect(imports.length).toBeGreaterThan(100);
});

function listFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : listFiles(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/(?:from|import|require\()\s*\(?['"](\.[^'"]*)['"]/g);
  return [...found].flatMap(([, target]) => {
    const to = resolveFile(resolve(dirname(file), target as string));
    return to ? [{ from: file, to, line: `${relative(ROOT, file)} > ${relative(ROOT, to)}` }] : [];
  });
}

function resolveFile(path: string): string | null {
  const candidates = [path, `${path}.ts`, `${path}.tsx`, join(path, 'index.ts')];
  return candidates.find((candidate) => files.has(candidate)) ?? null;
}

/** The folder or file directly under `src/<folder>` that contains a file, without its ending; null for one elsewhere. */
function roomIn(folder: string, file: string): string | null {
  const path = relative(join(SRC, folder), file);
  return path.startsWith('..') ? null : (path.split('/')[0] as string).replace(/\.ts$/, '');
}
