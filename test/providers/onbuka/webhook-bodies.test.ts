import { createOnbukaProvider } from '../../../src/providers/onbuka/onbuka';
import { numberOf } from './fixtures';

const { webhooks } = createOnbukaProvider();

/** A body comes as text. Whatever is not text yet is written as JSON first. */
const asText = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body));
const parseReports = (body: unknown) => webhooks.parseDeliveryReports(asText(body));
const parseInbound = (body: unknown) => webhooks.parseInbound(asText(body));

const pushed = {
  appId: '4luaKsL2',
  msgid: '2108021054011000095',
  orderId: 'order-1',
  mobile: numberOf(1),
  status: 0,
  reason: '0',
  timestamp: 1629801177192,
  mcc: '404',
  mnc: '-1',
  pricedetail: { pay: '0.02', currency: 'EUR', chargeCnt: 2, price: '0.01' },
};
const report = {
  subAccount: '4luaKsL2',
  messageId: '2108021054011000095',
  orderId: 'order-1',
  recipientNumber: `+${numberOf(1)}`,
  status: 'delivered',
  reason: null,
  reportedAt: '2021-08-24T10:32:57.192Z',
  segmentsCharged: 2,
  cost: '0.02',
  currency: 'EUR',
};

describe('a delivery report', () => {
  const { orderId, msgid, ...rest } = pushed;

  test.each<[string, unknown]>([
    ['as documented', pushed],
    ['with a blank in the key', { ...rest, msgid, 'orderId ': orderId }],
    ['with the other spellings', { ...rest, msgId: msgid, orderid: orderId }],
    ['with strings for numbers', { ...pushed, status: '0', timestamp: '1629801177192' }],
    ['with a number for the mobile', { ...pushed, mobile: Number(numberOf(1)) }],
    ['on several lines', JSON.stringify(pushed, null, 2)],
    ['with a bare id', JSON.stringify(pushed).replace(`"${msgid}"`, msgid)],
    ['with a bare price', JSON.stringify(pushed).replace('"0.02"', '0.02')],
    ['in a list', [pushed]],
  ])('%s', (_, body) => {
    expect(parseReports(body)).toEqual({ reports: [report], unreadable: 0 });
  });

  test.each([1, '2', 17, '-99'])('status %j is failed, with the reason', (status) => {
    const body = { ...pushed, status, reason: 'ABSENT_SUBSCRIBER' };
    expect(parseReports(body).reports).toEqual([
      { ...report, status: 'failed', reason: 'ABSENT_SUBSCRIBER' },
    ]);
  });

  test('a field that is missing or of a wrong type is null', () => {
    const body = { msgid, status: 0, mobile: 'n/a', timestamp: 'yesterday', pricedetail: 'free' };
    expect(parseReports(body)).toEqual({
      reports: [
        {
          subAccount: null,
          messageId: msgid,
          orderId: null,
          recipientNumber: null,
          status: 'delivered',
          reason: null,
          reportedAt: null,
          segmentsCharged: null,
          cost: null,
          currency: null,
        },
      ],
      unreadable: 0,
    });
  });

  test('readable items of a list are kept, the others counted', () => {
    const body = [
      pushed,
      null,
      'text',
      {},
      { ...pushed, status: undefined },
      { ...pushed, status: 'DELIVRD' },
      { ...pushed, status: -1 },
      { status: 0 },
    ];
    expect(parseReports(body)).toEqual({ reports: [report], unreadable: 7 });
  });

  test.each<[string, unknown, number]>([
    ['broken JSON', '{"msgid":', 1],
    ['no body', '', 1],
    ['an empty list', [], 0],
  ])('%s', (_, body, unreadable) => {
    expect(parseReports(body)).toEqual({ reports: [], unreadable });
  });
});

describe('an inbound message', () => {
  const inbound = {
    msgid: '2211091100000000001',
    mobile: numberOf(2),
    reply_time: '2022-11-09 11:00:00',
    content: 'hello',
    sendid: '918663322141',
    mcc: 515,
    mnc: -1,
    operator: 'Example',
  };
  const message = {
    subAccount: null,
    messageId: '2211091100000000001',
    fromNumber: `+${numberOf(2)}`,
    toSenderId: '918663322141',
    content: 'hello',
    receivedAt: '2022-11-09T03:00:00.000Z',
  };

  test.each<[string, unknown]>([
    ['as documented', inbound],
    ['on several lines', JSON.stringify(inbound, null, 2)],
    ['with a bare id', JSON.stringify(inbound).replace(`"${inbound.msgid}"`, inbound.msgid)],
    ['in a list', [inbound]],
    ['with the other spellings', { ...inbound, msgid: undefined, msgId: inbound.msgid }],
    ['with an offset', { ...inbound, reply_time: '2022-11-09T04:00:00+0100' }],
  ])('%s', (_, body) => {
    expect(parseInbound(body)).toEqual({ messages: [message], unreadable: 0 });
  });

  test('an empty text is an inbound SMS, a missing text is not', () => {
    const body = [{ ...inbound, content: '' }, { ...inbound, content: undefined }, 7];
    expect(parseInbound(body)).toEqual({ messages: [{ ...message, content: '' }], unreadable: 2 });
  });

  test('blanks around a text are kept', () => {
    expect(parseInbound({ ...inbound, content: ' 123 ' }).messages[0]?.content).toBe(' 123 ');
  });
});
