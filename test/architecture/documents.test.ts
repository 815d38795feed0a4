import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Documents name files, commands and code: what they name is there. A recipe's example and history are not. */
const ROOT = resolve(__dirname, '../..');
const read = (file: string) => readFileSync(resolve(ROOT, file), 'utf8');
const tracked = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');

const documents = tracked.filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md');
/** What the recipes of CONTRIBUTING.md have the reader make. */
const EXAMPLES = /ping|echo|batch_note|count-recipients/i;
/** Capitalised names that the code does not declare: of the language, of products. */
const OTHER_NAMES = ['BigInt'];
/** Documents name rooms without the way to them, most of all the tables of rooms in ARCHITECTURE.md. */
const BASES = ['', 'src', 'src/batches', 'src/slack', 'src/slack/listeners', 'src/http', 'src/providers'];

const readAll = (files: RegExp) =>
  tracked
    .filter((file) => files.test(file))
    .map(read)
    .join('\n');
const code = readAll(/^(src|playground|test|bench|migrations)\/.*\.(tsx?|mts|json)$|^package\.json$/);
/** The documents are about the bot: the playground has other types of the same names. */
const bot = readAll(/^src\/.*\.ts$/);
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

const named = documents.flatMap((file) =>
  [
    ...read(file)
      .replace(/```.*?```/gs, '')
      .matchAll(/`([^`\n]+)`/g),
  ].map(([, text]) => ({
    file,
    text: text as string,
  })),
);

test('every file and folder that a document names is there', () => {
  const paths = named.filter(({ text }) => /^\.?[a-z][\w-]*\/[\w./-]*$/.test(text) && !EXAMPLES.test(text));
  expect(paths.length).toBeGreaterThan(80);
  const missing = paths.filter(({ text }) => !BASES.some((base) => existsSync(resolve(ROOT, base, text))));
  expect(missing).toEqual([]);
});

test('every file and folder in the drawing of ARCHITECTURE.md is there', () => {
  const rooms = readdirSync(resolve(ROOT, 'src'), { withFileTypes: true }).filter((one) => one.isDirectory());
  const path = new RegExp(`(?<![\\w/])(?:${rooms.map(({ name }) => name).join('|')})/[\\w/-]+`, 'g');
  const drawings = [...read('docs/ARCHITECTURE.md').matchAll(/```\n.*?```/gs)].join('\n');
  const paths = [...drawings.matchAll(path)].map(([text]) => text);
  expect(paths.length).toBeGreaterThan(10);
  const isThere = (text: string) =>
    [text, `${text}.ts`, `${text}.sql.ts`].some((file) => existsSync(resolve(ROOT, 'src', file)));
  expect(paths.filter((text) => !isThere(text))).toEqual([]);
});

test('every link between documents leads to a file', () => {
  const links = documents.flatMap((file) =>
    [...read(file).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
      .map(([, target]) => target as string)
      .filter((target) => !/^[a-z]+:/.test(target))
      .map((target) => ({ file, target })),
  );
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter(({ file, target }) => !existsSync(resolve(ROOT, file, '..', target)))).toEqual([]);
});

test('every name of code that a document names is in the code', () => {
  const names = named
    .map(({ file, text }) => ({ file, text, name: text.replace(/\(.*$/, '') }))
    .filter(({ name }) => /^[A-Za-z]+[a-z][A-Z][A-Za-z]*$/.test(name) && !EXAMPLES.test(name));
  expect(names.length).toBeGreaterThan(20);
  const unknown = names.filter(({ name }) => !new RegExp(`\\b${name}\\b`).test(code));
  expect(unknown.map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
});

test('every type and class that a document names is declared in the bot', () => {
  const types = named
    .flatMap(({ file, text }) => text.split(/ \| |[(<]/).map((name) => ({ file, text, name })))
    .filter(({ name }) => /^[A-Z]\w*[a-z]\w*$/.test(name) && !OTHER_NAMES.includes(name));
  expect(types.length).toBeGreaterThan(8);
  const isDeclared = (name: string) =>
    new RegExp(`\\b(?:interface|type|class|enum|const|function) ${name}\\b`).test(bot);
  const undeclared = types.filter(({ name }) => !isDeclared(name) && !EXAMPLES.test(name));
  expect(undeclared.map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
});

test('every npm script that a document names is one', () => {
  const runs = documents.flatMap((file) =>
    [...read(file).matchAll(/npm run ([a-z0-9:-]+)/g)].map(([, script]) => ({
      file,
      script: script as string,
    })),
  );
  expect(runs.length).toBeGreaterThan(10);
  expect(runs.filter(({ script }) => !scripts[script])).toEqual([]);
});
