import path from 'node:path';
import { WEATHER_NAMES } from '@bulk-sms/playground/buka/weather/table';
import { DemoError } from '@bulk-sms/playground/demo/demo-error';
import { readOptions } from '@bulk-sms/playground/demo/read-options';
import { SLACK_WEATHER } from '@bulk-sms/playground/slack/weather';

test('without a word: port 4400, Socket Mode, ./data, the weather of the last time', () => {
  expect(readOptions([], {})).toEqual({
    port: 4400,
    mode: 'socket',
    directory: path.resolve('data/playground'),
    reset: false,
    sample: false,
    weather: null,
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
])('weather from %s', (text, weather) => {
  expect(readOptions([], { DEMO_WEATHER: text }).weather).toEqual(weather);
});

test('every switch there is can be set in the environment', () => {
  const slack = Object.keys(SLACK_WEATHER);
  const names = [...WEATHER_NAMES, ...slack.map((name) => `slack.${name}`)];
  const { weather } = readOptions([], { DEMO_WEATHER: names.join(',') });
  expect(Object.keys(weather?.buka ?? {})).toEqual(WEATHER_NAMES);
  expect(Object.keys(weather?.slack ?? {})).toEqual(slack);
});

test.each([
  ['an unknown flag', ['--fresh'], {}, /--reset.*--http.*--sample/],
  ['a port that is none', [], { DEMO_PORT: '44OO' }, /DEMO_PORT/],
  ['a port too high', [], { DEMO_PORT: '65536' }, /DEMO_PORT/],
  ['a wait that is none', [], { DEMO_SLACK_WAITS_MS: '0' }, /DEMO_SLACK_WAITS_MS/],
  ['a mode that is none', [], { DEMO_MODE: 'pigeon' }, /socket or http/],
  ['a switch that is none', [], { DEMO_WEATHER: 'slow,snow' }, /"snow".*hangAfter/],
  ['a switch of Slack without its prefix', [], { DEMO_WEATHER: 'messageDeleted' }, /slack\.messageDeleted/],
  ['a name of Object', [], { DEMO_WEATHER: 'slack.toString' }, /slack\.toString/],
  ['a setting that is none', [], { DEMO_WEATHER: '{"slow":{"ms":"long"}}' }, /"slow"[\s\S]*number/],
  ['JSON that is none', [], { DEMO_WEATHER: '{slow}' }, /not JSON/],
])('%s is refused with a way out', (_, args, env, words) => {
  expect(() => readOptions(args, env)).toThrow(words);
  expect(() => readOptions(args, env)).toThrow(DemoError);
});
