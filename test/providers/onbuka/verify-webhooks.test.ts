import { createOnbukaProvider } from '../../../src/providers/onbuka/onbuka';
import type { WebhookAccounts } from '../../../src/providers/provider-webhooks';

const SECRET = 'a-secret-of-the-callback';
const BODY = '{"msgid":2108021054011000095}';

const { webhooks } = createOnbukaProvider();
let asked: string[];
const accounts: WebhookAccounts = {
  ofSubAccount: async () => [],
  async atAddress(secret) {
    asked.push(secret);
    return secret === SECRET ? ['7'] : null;
  },
};
beforeEach(() => {
  asked = [];
});
const request = (path: string) => ({ url: `https://sms.test${path}`, headers: {}, rawBody: BODY });

test.each([
  ['report', `/buka/reports/${SECRET}`],
  ['inbound', `/buka/inbound/${SECRET}`],
  ['report', `/buka/reports/${SECRET}?from=provider`],
])('a %s is received as it came, for the account whose address it came to: %s', async (kind, path) => {
  expect(await webhooks.expects(request(path), accounts)).toBe(true);
  expect(await webhooks.receive(request(path), accounts)).toEqual({ kind, body: BODY, accountIds: ['7'] });
});

test.each([
  `/buka/reports/${SECRET}x`,
  `/buka/reports/${SECRET.slice(0, -1)}`,
  '/buka/reports/',
  '/buka/reports/null',
  `/buka/elsewhere/${SECRET}`,
  `/${SECRET}`,
])('%s is not from the provider', async (path) => {
  expect(await webhooks.expects(request(path), accounts)).toBe(false);
  expect(await webhooks.receive(request(path), accounts)).toBeNull();
});

test('what cannot be a secret is not looked up', async () => {
  for (const path of ['short', 'x'.repeat(129), `${SECRET}/more`, '%00'.repeat(20)]) {
    expect(await webhooks.expects(request(`/buka/reports/${path}`), accounts)).toBe(false);
  }
  expect(asked).toEqual([]);
});

test('the paths begin and end with a slash', () => {
  expect(webhooks.paths).toEqual(['/buka/reports/', '/buka/inbound/']);
});
