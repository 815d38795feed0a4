import { parseExactJson } from '../../../src/providers/onbuka/http/exact-json';

test.each<[string, string, unknown]>([
  ['a 19-digit number', '{"id":2108021054011000095}', { id: '2108021054011000095' }],
  ['trailing zeros', '[99.990000,-0.50,1e3]', ['99.990000', '-0.50', '1e3']],
  ['digits within text', '{"a":"7 of 12, \\"13\\" \\\\"}', { a: '7 of 12, "13" \\' }],
  ['digits in a key', '{"12":13}', { '12': '13' }],
  ['true, false and null', '[true,false,null]', [true, false, null]],
  ['keys with case and blanks, at any depth', '{"orderId ":[{"MsgID":1}]}', { orderid: [{ msgid: '1' }] }],
  ['a byte order mark', '\uFEFF{}', {}],
  ['leading zeros, which JSON forbids', '{"mnc":01}', { mnc: '01' }],
  ['the last of two equal keys', '{"a":1,"a":2}', { a: '2' }],
])('%s', (_, text, value) => {
  expect(parseExactJson(text)).toEqual(value);
});

test.each(['', '{', '<html>', '{"a":"b', '{"a" 1}', '1 2'])('%j is not JSON', (text) => {
  expect(() => parseExactJson(text)).toThrow(SyntaxError);
});

test('an unclosed string is read once and not again from each quote in it', () => {
  for (const end of ['', '\\', '\\\n']) {
    expect(() => parseExactJson(`"${'\\"'.repeat(200_000)}${end}`)).toThrow(SyntaxError);
  }
});
