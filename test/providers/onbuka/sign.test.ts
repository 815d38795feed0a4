import { signHeaders } from '../../../src/providers/onbuka/http/sign';
import { account, credentials, NOW_MS, SIGN } from './fixtures';
import { buka, provider, shutNetwork } from './nocked-buka';

shutNetwork();

const documented = {
  'Content-Type': 'application/json;charset=UTF-8',
  'Api-Key': 'bDqJFiq9',
  Timestamp: '1630468800',
  Sign: SIGN,
};

test("the provider's worked example", () => {
  expect(signHeaders(credentials, NOW_MS)).toEqual(documented);
});

test('the timestamp is in whole seconds', () => {
  expect(signHeaders(credentials, NOW_MS + 999).Sign).toBe(SIGN);
});

test('a GET carries all four headers', async () => {
  const sent: Record<string, string>[] = [];
  buka()
    .get('/v3/getBalance')
    .reply(function () {
      sent.push(this.req.headers as Record<string, string>);
      return [200, { status: '0', balance: '1' }];
    });

  await provider.getBalance(account);

  const lowerCased = Object.entries(documented).map(([name, value]) => [name.toLowerCase(), value]);
  expect(sent[0]).toMatchObject(Object.fromEntries(lowerCased));
});
