import { isBoundedJson } from '../../../src/http/bodies/json-structure';

const isBounded = (text: string, bounds = {}) => isBoundedJson(Buffer.from(text), bounds);

test.each([
  ['depth', '[[[1]]]', '[[[[1]]]]'],
  ['depth of objects', '{"a":{"b":{}}}', '{"a":{"b":{"c":{}}}}'],
  ['elements', '[1,2,3,4,5]', '[1,2,3,4,5,6]'],
  ['empty objects', '{},{},{}', '{},{},{},'],
])('%s at the bound and over it', (_, at, over) => {
  expect(isBounded(at, { maxDepth: 3, maxElements: 5 })).toBe(true);
  expect(isBounded(over, { maxDepth: 3, maxElements: 5 })).toBe(false);
});

test('what is in a string is no structure', () => {
  const text = JSON.stringify({ a: '[[[[,,,,,,"\\', b: '{{{{' });
  expect(isBounded(text, { maxDepth: 1, maxElements: 2 })).toBe(true);
});

test('siblings do not add to the depth', () => {
  expect(isBounded('[[],[],[]]', { maxDepth: 2 })).toBe(true);
});

test('4,000 delivery reports in one body are within the bounds, a million empty objects are not', () => {
  const report =
    '{"appId":"abcdefgh","msgid":"2108021054011000095","orderId":"b1-1","mobile":"8613800138000","status":0,"reason":"0","timestamp":1629801177192,"mcc":"404","mnc":"-1","pricedetail":{"pay":"0.02","currency":"EUR","chargeCnt":2,"price":"0.01"}}';
  expect(isBounded(`[${Array(4_000).fill(report).join()}]`)).toBe(true);
  expect(isBounded('{},'.repeat(349_525))).toBe(false);
});
