import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

/**
 * The product's words are the field's (docs/GLOSSARY.md). No name of a file, a folder, a type, a member of an interface,
 * a function or an exported constant contains a word that the project used before and nobody else knows.
 */
const ROOT = resolve(__dirname, '../..');
const PACKAGES = ['src', 'playground', 'test', 'bench', 'migrations'];

/**
 * Former words, singular: a plural is found too. `push`, `fill` and `of` were former words for things of our own, but
 * are also words of the field: Buka's documents say that it pushes reports (`playground/buka/pushes/`), Slack has
 * `views.push`, and a form is filled in. They are not in the list.
 */
const FORMER = [
  ...['heart', 'desk', 'visit', 'visitor', 'attend', 'door', 'attention', 'presence', 'stranger', 'again'],
  ...['posting', 'sharing', 'wake', 'land', 'landed', 'gate', 'appointment', 'moving', 'place'],
  ...['weather', 'fate', 'face', 'theatre', 'story', 'stage', 'world'],
  ...['sorry', 'told', 'heard', 'twin', 'rival'],
];

/** Names of files, types, functions and constants that contain a former word for a reason. */
const NAMES_THAT_STAY: Record<string, string> = {
  'send-again': 'what people do: the button says "Send again"',
  sendAgain: 'the same',
  '20261127000001_postings': 'databases know a migration that has run by its name',
  '20261127000003_export_sharing': 'the same',
};

/** Members of interfaces whose name is not ours, or no longer. */
const MEMBERS_THAT_STAY: Record<string, string> = {
  is_stranger: 'a field of Slack’s users.info',
  weather: 'a field in the state files of earlier versions',
};

/** File names that are in several folders for a reason. */
const SHARED_NAMES: Record<string, string> = {
  'main.ts': 'where a program starts',
  'package.json': 'npm asks for it',
  'tsconfig.json': 'TypeScript asks for it',
  'en.ts': 'the words of the bot, and those of the demo page',
  'zh-cn.ts': 'the same in Chinese',
  'block-kit.ts': 'Slack’s blocks: the bot builds them, the local Slack checks them',
  'segments.ts': 'what an SMS costs: the bot’s count, and the provider’s',
  'times.ts': 'times as Buka writes them, on both sides of the wire',
  'record-mo.ts': 'a question to Buka, on both sides of the wire',
  'read-body.ts': 'the body of a request, on both sides of the wire',
  'clock.ts': 'the database’s clock, and the local Buka’s',
  'ids.ts': 'ids in Slack: those that the bot names, those that the local Slack makes',
  'person.ts': 'a person as the bot knows them, and as the local Slack lets them act',
  'app-context.ts': 'what every verb works with, and the tests’ own',
};

/** A folder with more files than this hides them. */
const MOST_FILES = 20;

const files = PACKAGES.flatMap((folder) => listFiles(join(ROOT, folder)));
const code = files
  .filter(isCode)
  .map((file) => ({ file: relative(ROOT, file), text: readFileSync(file, 'utf8') }));

test('names of files and folders contain no former word', () => {
  const parts = new Set(files.flatMap((file) => relative(ROOT, file).split('/')));
  const names = [...parts].map((part) => part.replace(/\..*$/, ''));
  expect(names.filter(isFormer)).toEqual([]);
});

test('names of types, functions and exported constants contain no former word', () => {
  const names = code.flatMap(({ file, text }) => [
    ...find(
      /^(?:export )?(?:default )?(?:async )?(?:interface|type|class|enum|function\*?) (\w+)/gm,
      text,
      file,
    ),
    ...find(/^export const (\w+)/gm, text, file),
  ]);
  expect(names.length).toBeGreaterThan(2000);
  expect(names.filter(({ name }) => isFormer(name))).toEqual([]);
});

test('names of members of interfaces contain no former word', () => {
  const members = code.flatMap(({ file, text }) => {
    const interfaces = find(/^(?:export )?interface ([^{]*\{\n.*?^\})/gms, text, file);
    return interfaces.flatMap(({ name: body }) => find(/^ {2}(?:readonly )?(\w+)\??[(:<]/gm, body, file));
  });
  expect(members.length).toBeGreaterThan(1000);
  expect(members.filter(({ name }) => isFormer(name) && !(name in MEMBERS_THAT_STAY))).toEqual([]);
});

test('no two files of one name lie in two rooms for two things', () => {
  const rooms = new Map<string, string[]>();
  for (const file of files) {
    const name = basename(file);
    rooms.set(name, [...(rooms.get(name) ?? []), relative(ROOT, file)]);
  }
  const shared = [...rooms].filter(([name, paths]) => paths.length > 1 && !(name in SHARED_NAMES));
  expect(shared.map(([, paths]) => paths)).toEqual([]);
});

test('no folder holds more files than a reader takes in', () => {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  const full = [...counts].filter(
    ([folder, count]) => count > MOST_FILES && basename(folder) !== 'migrations',
  );
  expect(full).toEqual([]);
});

describe('the glossary', () => {
  const text = readFileSync(join(ROOT, 'docs/GLOSSARY.md'), 'utf8');
  const rows = [...text.matchAll(/^\| (.*?) \| (`.*?) \|(.*?)\| (.*) \|$/gm)].map(
    ([, word = '', code = '', screen = '', meaning = '']) => ({ word, code, screen: screen.trim(), meaning }),
  );
  const source = files.filter((file) => file.startsWith(join(ROOT, 'src')));
  const sourceCode = source.map((file) => `${file}\n${readFileSync(file, 'utf8')}`).join('\n');
  const screen = source
    .filter((file) => /\/words\/en[^/]*\.ts$/.test(file))
    .map((file) => readFileSync(file, 'utf8').toLowerCase())
    .join('\n');

  test('has the words of the product, each once', () => {
    expect(rows.length).toBeGreaterThan(20);
    expect(new Set(rows.map(({ word }) => word)).size).toBe(rows.length);
  });

  test.each(rows)('$word: the code and the screen really use it', (row) => {
    const inCode = [...row.code.matchAll(/`([^`]+)`/g)].map(([, name]) => name as string);
    expect(inCode.filter((name) => !sourceCode.includes(name))).toEqual([]);
    const onScreen = row.screen === '' ? [] : row.screen.split(', ');
    expect(onScreen.filter((word) => !screen.includes(word.toLowerCase()))).toEqual([]);
    expect(row.meaning).toMatch(/^[A-Z].*\.$/);
  });
});

/** The first group of each match. */
function find(pattern: RegExp, text: string, file: string): { name: string; file: string }[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => ({ name, file }));
}

/** Whether a camelCase, kebab-case or SCREAMING_CASE name contains a former word without a reason. */
function isFormer(name: string): boolean {
  return !(name in NAMES_THAT_STAY) && wordsOf(name).some((word) => FORMER.includes(word.replace(/s$/, '')));
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}

function isCode(file: string): boolean {
  return /\.tsx?$/.test(file);
}

function listFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : listFiles(path);
    return [path];
  });
}
