import { account, accountAt, credentials, message, messages, numberOf } from './fixtures';
import { buka, provider, shutNetwork } from './nocked-buka';

shutNetwork();

/** What the provider receives, whatever it answers. */
function capture(path: string): unknown[] {
  const bodies: unknown[] = [];
  buka()
    .post(path, (body) => bodies.push(body) > 0)
    .reply(200, { status: '0', success: '0', fail: '0', array: [] });
  return bodies;
}

test('equal contents go to /sendSms, numbers without +, order ids in the same order', async () => {
  const bodies = capture('/v3/sendSms');

  await provider.sendSmsBatch(account, { messages: messages(2), senderId: 'ACME' });

  expect(bodies).toEqual([
    {
      appId: '4luaKsL2',
      numbers: `${numberOf(0)},${numberOf(1)}`,
      content: 'Hello',
      senderId: 'ACME',
      orderId: 'order-0,order-1',
    },
  ]);
});

test('several contents go to /sendSms/batch in one request, grouped by content', async () => {
  const bodies = capture('/v3/sendSms/batch');

  await provider.sendSmsBatch(account, {
    messages: [message(0, 'A'), message(1, 'B'), message(2, 'A')],
    senderId: 'ACME',
  });

  expect(bodies).toEqual([
    {
      appId: '4luaKsL2',
      array: [
        {
          numbers: `${numberOf(0)},${numberOf(2)}`,
          content: 'A',
          senderId: 'ACME',
          orderId: 'order-0,order-2',
        },
        { numbers: numberOf(1), content: 'B', senderId: 'ACME', orderId: 'order-1' },
      ],
    },
  ]);
});

test.each([undefined, ''])('no sender ID (%j) is not sent at all', async (senderId) => {
  const bodies = capture('/v3/sendSms');
  await provider.sendSmsBatch(account, { messages: [message(0)], senderId });
  expect(bodies[0]).not.toHaveProperty('senderId');
});

test('the base URL may end in slashes', async () => {
  const bodies = capture('/v3/sendSms');
  await provider.sendSmsBatch(accountAt(`${credentials.baseUrl}//`), { messages: [message(0)] });
  expect(bodies).toHaveLength(1);
});

test('1000 messages of 1024 characters outside the BMP fit in one request', async () => {
  const bodies = capture('/v3/sendSms/batch');
  const long = messages(1000).map((each, index) => ({
    ...each,
    content: `${index}`.padEnd(4, '-') + '汉'.repeat(1020),
  }));
  await provider.sendSmsBatch(account, { messages: long });
  expect(bodies).toHaveLength(1);
});

test.each([
  ['no message', []],
  ['1001 messages', messages(1001)],
  ['a number without +', [{ ...message(0), recipientNumber: numberOf(0) }]],
  ['two numbers in one', [{ ...message(0), recipientNumber: `+${numberOf(0)},${numberOf(1)}` }]],
  ['a comma in an order id', [{ ...message(0), orderId: 'a,b' }]],
  ['an empty order id', [{ ...message(0), orderId: '' }]],
  ['an order id of 51 characters', [{ ...message(0), orderId: 'x'.repeat(51) }]],
  ['an order id twice', [message(0), { ...message(1), orderId: 'order-0' }]],
])('%s is a programming error, found before any call', async (_, wrong) => {
  const sending = provider.sendSmsBatch(account, { messages: wrong });
  await expect(sending).rejects.toThrow(RangeError);
  await expect(sending).rejects.not.toThrow(numberOf(0));
});
