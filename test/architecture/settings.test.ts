import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseConfig } from '../../src/config';

/** docs/SETTINGS.md and .env.example list every setting of settings.ts, no other, and its true default. */
const read = (file: string) => readFileSync(resolve(__dirname, '../..', file), 'utf8');
const settings = [...read('src/settings.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name);

/** `| \`HOST\`, \`PORT\` | \`0.0.0.0\`, \`3000\` | … |` is two settings with their defaults. */
const table = read('docs/SETTINGS.md');
const told = [...table.matchAll(/^\| (`[A-Z].*?) \| (.*?) \| /gm)].flatMap(
  ([, names = '', defaults = '']) => {
    const values = quoted(defaults);
    return quoted(names).map((name, index) => ({ name, value: values[index] }));
  },
);

function quoted(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text as string);
}

test('docs/SETTINGS.md lists every setting, and no other', () => {
  expect(told.map(({ name }) => name).sort()).toEqual([...settings].sort());
});

test('.env.example has a line for every setting, and two for compose.yaml', () => {
  const lines = [...read('.env.example').matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
  expect(lines.sort()).toEqual([...settings, 'POSTGRES_PASSWORD', 'POSTGRES_ADMIN_PASSWORD'].sort());
});

const LEAST = {
  SLACK_BOT_TOKEN: 'xoxb-test',
  SLACK_SIGNING_SECRET: 'signing-secret',
  BUKA_API_KEY: 'key',
  BUKA_API_SECRET: 'secret',
  BUKA_APP_ID: 'app',
};

// The key is made in KEY_DIR, which is no value of the setting.
const withDefault = told.filter(({ name, value }) => value !== undefined && name !== 'ENCRYPTION_KEY');

test.each(withDefault)('$name set to $value, its default, changes nothing', ({ name, value }) => {
  expect(parseConfig({ ...LEAST, [name]: value })).toEqual(parseConfig(LEAST));
});

test('there are defaults to look at', () => {
  expect(withDefault.length).toBeGreaterThan(12);
});

test('the image, and the bots of the bench, run Node with the flags of npm start', () => {
  const { start } = JSON.parse(read('package.json')).scripts as { start: string };
  const flags = start.match(/--max-\S+/g) ?? [];
  expect(flags).toHaveLength(2);
  expect(read('Dockerfile')).toContain(flags.map((flag) => `"${flag}"`).join(', '));
  expect(read('bench/bench-system.ts')).toContain(`'${flags.join(' ')}'`);
});
