import path from 'node:path';
import { BUKA_FAULT_NAMES } from '@bulk-sms/playground/buka/buka-faults';
import { DemoError } from '@bulk-sms/playground/demo/demo-error';
import { readOptions } from '@bulk-sms/playground/demo/read-options';
import { SLACK_FAULTS } from '@bulk-sms/playground/slack/slack-faults';

test('without options: port 4400, Socket Mode, ./data, the faults of the last run', () => {
  expect(readOptions([], {})).toEqual({
    port: 4400,
    mode: 'socket',
    directory: path.resolve('data/playground'),
    reset: false,
    sample: false,
    faults: null,
    slackWaitsMs: null,
  });
});

test('flags and variables', () => {
  const env = { DEMO_PORT: '0', DATA_DIR: '/elsewhere', DEMO_SLACK_WAITS_MS: '30000' };
  expect(readOptions(['--http', '--reset', '--sample'], env)).toMatchObject({
    port: 0,
    mode: 'http',
    directory: '/elsewhere/playground',
    reset: true,
    sample: true,
    slackWaitsMs: 30_000,
  });
});

test.each([
  ['slow, slack.messageDeleted', { buka: { slow: {} }, slack: { messageDeleted: {} } }],
  [
    '{"slow":{"ms":5000},"slack.slow":{"ms":1}}',
    { buka: { slow: { ms: 5000 } }, slack: { slow: { ms: 1 } } },
  ],
  ['{}', { buka: {}, slack: {} }],
])('faults from %s', (text, faults) => {
  expect(readOptions([], { DEMO_FAULTS: text }).faults).toEqual(faults);
});

test('every switch there is can be set in the environment', () => {
  const slack = Object.keys(SLACK_FAULTS);
  const names = [...BUKA_FAULT_NAMES, ...slack.map((name) => `slack.${name}`)];
  const { faults } = readOptions([], { DEMO_FAULTS: names.join(',') });
  expect(Object.keys(faults?.buka ?? {})).toEqual(BUKA_FAULT_NAMES);
  expect(Object.keys(faults?.slack ?? {})).toEqual(slack);
});

test.each([
  ['an unknown flag', ['--fresh'], {}, /--reset.*--http.*--sample/],
  ['a port that is not a number', [], { DEMO_PORT: '44OO' }, /DEMO_PORT/],
  ['a port too high', [], { DEMO_PORT: '65536' }, /DEMO_PORT/],
  ['a wait of zero', [], { DEMO_SLACK_WAITS_MS: '0' }, /DEMO_SLACK_WAITS_MS/],
  ['an unknown mode', [], { DEMO_MODE: 'pigeon' }, /socket or http/],
  ['an unknown switch', [], { DEMO_FAULTS: 'slow,snow' }, /"snow".*hangAfter/],
  ['a switch of Slack without its prefix', [], { DEMO_FAULTS: 'messageDeleted' }, /slack\.messageDeleted/],
  ['a name of Object', [], { DEMO_FAULTS: 'slack.toString' }, /slack\.toString/],
  ['an invalid setting', [], { DEMO_FAULTS: '{"slow":{"ms":"long"}}' }, /"slow"[\s\S]*number/],
  ['invalid JSON', [], { DEMO_FAULTS: '{slow}' }, /not JSON/],
])('%s is refused with a way out', (_, args, env, words) => {
  expect(() => readOptions(args, env)).toThrow(words);
  expect(() => readOptions(args, env)).toThrow(DemoError);
});
