import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * A second provider and a second door stand on this: nothing but Buka's own folder knows Buka's codes, paths and fields,
 * and the core does not know that there is Slack. Comments count.
 */
const SRC = resolve(__dirname, '../../src');
const ONBUKA = 'providers/onbuka/';
/** What Buka must be given, and where it is. */
const SETTINGS = ['config.ts', 'settings.ts'];
/** Slack has an app id too, and its own files name it. */
const SLACK = 'slack/';

/** As Buka's documents have them. Not those that are words of everybody: `number`, `mobile`, `content`, `status`, `orderId`. */
const CODE = /['"`]-(?:1?\d|2[0-5])['"`]/;
const PATH = /\/v3\b|\/buka\/|\/?\b(?:sendSms|getSentRcd|recordMo)\b|\/(?:getReport|getBalance)\b/;
const FIELD =
  /\b(?:msgIds?|msgid|orderid|receiveTime|receivetime|reply_time|strTime|startIndex|sendId|sendid|nofound|pricedetail|chargeCnt|mcc|mnc|gift|credit)\b/;
const APP_ID = /\bappIds?\b/;

const lines = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) =>
    readFileSync(resolve(SRC, file), 'utf8')
      .split('\n')
      .map((text, index) => ({ file, text, line: `${file}:${index + 1}: ${text.trim()}` })),
  );

const find = (pattern: RegExp, isLookedAt: (file: string) => boolean) =>
  lines.filter(({ file, text }) => isLookedAt(file) && pattern.test(text)).map(({ line }) => line);

const isElsewhere = (file: string) => !file.startsWith(ONBUKA) && !SETTINGS.includes(file);

test.each([
  { what: 'code', pattern: CODE },
  { what: 'path', pattern: PATH },
  { what: 'field', pattern: FIELD },
])('no $what of Buka is outside its folder and the settings', ({ pattern }) => {
  expect(find(pattern, isElsewhere)).toEqual([]);
});

test('nor is its app id, where it is not Slack’s', () => {
  expect(find(APP_ID, (file) => isElsewhere(file) && !file.startsWith(SLACK))).toEqual([]);
});

test('the core does not say Slack', () => {
  expect(find(/slack/i, (file) => file.startsWith('batches/'))).toEqual([]);
  const named = lines.map(({ file }) => file).filter((file) => /^batches\/.*slack/i.test(file));
  expect(named).toEqual([]);
});

test('Buka is named where providers are wired, and as a name that people and the database know', () => {
  const mayName = /^(app|config|settings)\.ts$|^words\/|^providers\/|^batches\/store\/detail-table\.ts$/;
  expect(find(/buka/i, (file) => !mayName.test(file))).toEqual([]);
});

test('the Slack door leaves it to the verbs who may', () => {
  /** They ask before, so as not to offer what the verb would refuse. */
  const asksBefore = [
    'slack/listeners/open-compose.ts',
    'slack/listeners/events/show-home.ts',
    'slack/listeners/commands/answer-command.ts',
  ];
  const DECISION = /\b(?:authorise|authoriseOn|mayDo)\b/;
  expect(find(DECISION, (file) => file.startsWith(SLACK) && !asksBefore.includes(file))).toEqual([]);
  for (const file of asksBefore) expect(find(DECISION, (one) => one === file)).not.toEqual([]);
});

test('the checks find what they look for in Buka’s own folder', () => {
  const inFolder = (file: string) => file.startsWith(ONBUKA);
  for (const pattern of [CODE, PATH, FIELD, APP_ID])
    expect(find(pattern, inFolder).length).toBeGreaterThan(3);
  expect(find(/slack/i, (file) => file.startsWith(SLACK)).length).toBeGreaterThan(100);
});

test('no number or text lies in a file of the bot: only its database and its key write files', () => {
  const writes = /tmpdir|mkdtemp|createWriteStream|\b(?:append|write|copy)File\b/;
  const mayWrite = /^db\/embedded\/|^tenants\/development-key\.ts$/;
  expect(find(writes, (file) => !mayWrite.test(file))).toEqual([]);
});
