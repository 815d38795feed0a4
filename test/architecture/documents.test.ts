import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Documents name files, commands and code: what they name is there. A recipe's example and history are not. */
const ROOT = resolve(__dirname, '../..');
const read = (file: string) => readFileSync(resolve(ROOT, file), 'utf8');
const tracked = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');

const documents = tracked.filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md');
/** What the recipes of CONTRIBUTING.md have the reader make. */
const EXAMPLES = /ping|echo|batch_note|count-recipients/i;

const code = tracked
  .filter((file) =>
    /^(src|playground|test|bench|migrations)\/.*\.(tsx?|mts|json)$|^package\.json$/.test(file),
  )
  .map(read)
  .join('\n');
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
  const paths = named.filter(
    ({ text }) =>
      /^(src|test|playground|bench|migrations|docs|\.ci|\.vscode)\/[\w./-]+$/.test(text) &&
      !EXAMPLES.test(text),
  );
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter(({ text }) => !existsSync(resolve(ROOT, text)))).toEqual([]);
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
