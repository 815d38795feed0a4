import { ConfigError, parseConfig } from '../src/config';

const GOOD = {
  SLACK_BOT_TOKEN: 'xoxb-test',
  SLACK_SIGNING_SECRET: 'signing-secret',
  BUKA_API_KEY: 'key',
  BUKA_API_SECRET: 'secret',
  BUKA_APP_ID: 'app',
};

function faultsOf(env: Record<string, string | undefined>): string[] {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map((fault) => fault.variable);
    throw error;
  }
  return [];
}

test('the required settings are enough, and everything else has a default', () => {
  expect(parseConfig(GOOD)).toMatchObject({
    role: 'all',
    port: 3000,
    publicUrl: 'http://localhost:3000',
    dataDir: './data',
    databaseUrl: undefined,
    slack: { command: '/sms', appToken: undefined, messageRefreshMs: 3000 },
    account: {
      credentials: { baseUrl: 'https://api.onbuka.com/v3', apiKey: 'key', apiSecret: 'secret' },
      subAccount: 'app',
      senderId: undefined,
    },
    bukaCallbackSecret: undefined,
    submitTimeoutMs: 30_000,
  });
});

test('for an empty environment, one message names every missing variable', () => {
  expect(faultsOf({})).toEqual([
    'SLACK_BOT_TOKEN',
    'BUKA_API_KEY',
    'BUKA_API_SECRET',
    'BUKA_APP_ID',
    'SLACK_SIGNING_SECRET',
  ]);
});

test.each([
  ['SLACK_BOT_TOKEN', 'xoxp-user'],
  ['SLACK_BOT_TOKEN', 'xoxb-...'],
  ['SLACK_APP_TOKEN', 'xoxb-bot'],
  ['SLACK_APP_TOKEN', 'xapp-...'],
  ['SLACK_COMMAND', 'sms'],
  ['SLACK_API_URL', 'slack.com'],
  ['BUKA_BASE_URL', 'ftp://example.com'],
  ['BUKA_CALLBACK_SECRET', 'fifteen-letters'],
  ['BUKA_CALLBACK_SECRET', 'a/slash/in/the/secret'],
  ['DATABASE_URL', 'mysql://localhost/x'],
  ['ENCRYPTION_KEY', 'short'],
  ['PUBLIC_URL', 'sms.example.com'],
  ['PUBLIC_URL', 'http://sms.example.com'],
  ['PUBLIC_URL', 'http://localhost.example.com'],
  ['PUBLIC_URL', 'https://sms.example.com/?for=all'],
  ['PORT', '70000'],
  ['PORT', 'http'],
  ['ROLE', 'boss'],
  ['DEFAULT_COUNTRY', 'China'],
  ['DEFAULT_COUNTRY', 'ZZ'],
  ['DEFAULT_COUNTRY', 'cn'],
  ['LOG_LEVEL', 'loud'],
  ['SUBMIT_TIMEOUT_MS', '1'],
  ['SUBMIT_CONCURRENCY', '0'],
  ['DELIVERY_POLL_MS', 'soon'],
  ['DELIVERY_HORIZON_HOURS', '-1'],
])('%s=%s is refused by name, and its value is not repeated', (variable, value) => {
  const env = { ...GOOD, [variable]: value };
  expect(faultsOf(env)).toContain(variable);
  expect(() => parseConfig(env)).not.toThrow(new RegExp(`${value}$`, 'm'));
});

test('a setting that another one makes necessary is named with the rest', () => {
  expect(faultsOf({ ...GOOD, ROLE: 'worker' })).toEqual(['DATABASE_URL']);
  expect(faultsOf({ ...GOOD, DATABASE_URL: 'postgres://localhost/x' })).toEqual(['ENCRYPTION_KEY']);
  expect(faultsOf({ ...GOOD, SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: '' })).toEqual([
    'SLACK_SIGNING_SECRET',
  ]);
});

test.each([
  ['https://sms.example.com', 'https://sms.example.com'],
  ['https://sms.example.com/', 'https://sms.example.com'],
  ['https://example.com/sms/', 'https://example.com/sms'],
  ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
])('PUBLIC_URL=%s is %s, which the path of a request can follow', (value, publicUrl) => {
  expect(parseConfig({ ...GOOD, PUBLIC_URL: value })).toMatchObject({ publicUrl });
});

test('without PUBLIC_URL it is this machine at the port', () => {
  expect(parseConfig({ ...GOOD, PORT: '4000' })).toMatchObject({ publicUrl: 'http://localhost:4000' });
});

test('an empty line of an env file counts as not set', () => {
  expect(parseConfig({ ...GOOD, PORT: '', DEFAULT_COUNTRY: ' ' })).toMatchObject({ port: 3000 });
});
