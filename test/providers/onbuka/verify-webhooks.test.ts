import { createOnbukaProvider } from '../../../src/providers/onbuka/onbuka';

const SECRET = 'a-secret-of-the-callback';
const BODY = '{"msgid":2108021054011000095}';

const nobody = async () => [];
const request = (path: string) => ({ url: `https://sms.test${path}`, headers: {}, rawBody: BODY });

describe('with a secret', () => {
  const { webhooks } = createOnbukaProvider({ callbackSecret: SECRET });

  test.each([
    ['report', `/buka/reports/${SECRET}`],
    ['inbound', `/buka/inbound/${SECRET}`],
    ['report', `/buka/reports/${SECRET}?from=provider`],
  ])('a %s is received as it came: %s', async (kind, path) => {
    expect(await webhooks.receive(request(path), nobody)).toEqual({ kind, body: BODY, accountIds: null });
  });

  test.each([
    `/buka/reports/${SECRET}x`,
    `/buka/reports/${SECRET.slice(0, -1)}`,
    '/buka/reports/',
    `/buka/elsewhere/${SECRET}`,
    `/${SECRET}`,
  ])('%s is not from the provider', async (path) => {
    expect(await webhooks.receive(request(path), nobody)).toBeNull();
  });

  test('the paths begin and end with a slash', () => {
    expect(webhooks.paths).toEqual(['/buka/reports/', '/buka/inbound/']);
  });
});

test('without a secret there are no paths, and nothing is received', async () => {
  const { webhooks } = createOnbukaProvider();
  expect(webhooks.paths).toEqual([]);
  for (const path of ['/buka/reports/', '/buka/reports/null', '/buka/reports/undefined']) {
    expect(await webhooks.receive(request(path), nobody)).toBeNull();
  }
});
