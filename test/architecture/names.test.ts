import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

/**
 * The product's words are the field's (docs/GLOSSARY.md). Names of files, folders and exported code hold none of the
 * words that the project used before and nobody else knows.
 */
const ROOT = resolve(__dirname, '../..');
const PACKAGES = ['src', 'playground', 'test', 'bench', 'migrations'];

/** Former words, singular: a plural is found too. */
const FORMER = [
  ...['heart', 'desk', 'visit', 'visitor', 'attend', 'door', 'attention', 'presence', 'stranger', 'again'],
  ...['posting', 'sharing', 'wake', 'land', 'landed', 'gate', 'appointment', 'moving', 'place'],
  ...['weather', 'fate', 'face', 'theatre', 'story', 'stage', 'world'],
];

/** Names that hold a former word for a reason. */
const NAMES_THAT_STAY: Record<string, string> = {
  'send-again': 'what people do: the button says "Send again"',
  sendAgain: 'the same',
  '20261127000001_postings': 'databases know a migration that has run by its name',
  '20261127000003_export_sharing': 'the same',
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

test('names of files and folders hold no former word', () => {
  const parts = new Set(files.flatMap((file) => relative(ROOT, file).split('/')));
  const names = [...parts].map((part) => part.replace(/\..*$/, ''));
  expect(names.filter(isFormer)).toEqual([]);
});

test('names of exported code hold no former word', () => {
  const exported = files.filter(isCode).flatMap((file) => {
    const found = readFileSync(file, 'utf8').matchAll(
      /^export (?:default )?(?:async )?(?:interface|type|class|function\*?|const|enum) (\w+)/gm,
    );
    return [...found].map(([, name]) => ({ name: name as string, file: relative(ROOT, file) }));
  });
  expect(exported.length).toBeGreaterThan(500);
  expect(exported.filter(({ name }) => isFormer(name))).toEqual([]);
});

test('no two files of one name lie in two rooms for two things', () => {
  const places = new Map<string, string[]>();
  for (const file of files) {
    const name = basename(file);
    places.set(name, [...(places.get(name) ?? []), relative(ROOT, file)]);
  }
  const twins = [...places].filter(([name, paths]) => paths.length > 1 && !(name in SHARED_NAMES));
  expect(twins.map(([, paths]) => paths)).toEqual([]);
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
  const code = source.map((file) => `${file}\n${readFileSync(file, 'utf8')}`).join('\n');
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
    expect(inCode.filter((name) => !code.includes(name))).toEqual([]);
    const onScreen = row.screen === '' ? [] : row.screen.split(', ');
    expect(onScreen.filter((word) => !screen.includes(word.toLowerCase()))).toEqual([]);
    expect(row.meaning).toMatch(/^[A-Z].*\.$/);
  });
});

/** Whether a camelCase, kebab-case or SCREAMING_CASE name holds a former word, and may not. */
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
