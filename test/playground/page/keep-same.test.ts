import { keepSame } from '@bulk-sms/playground/page/store/keep-same';

test('an unchanged value that was loaded again is the same object', () => {
  const before = { messages: [{ ts: '1', text: 'a' }], home: null };
  expect(keepSame(before, structuredClone(before))).toBe(before);
});

test('only the changed branch of a value is new', () => {
  const before = { messages: [{ ts: '1' }, { ts: '2', text: 'a' }], people: ['x'] };
  const next = keepSame(before, { messages: [{ ts: '1' }, { ts: '2', text: 'b' }], people: ['x'] });
  expect(next).toEqual({ messages: [{ ts: '1' }, { ts: '2', text: 'b' }], people: ['x'] });
  expect(next.messages[0]).toBe(before.messages[0]);
  expect(next.people).toBe(before.people);
});

test('a removed value is not kept', () => {
  expect(keepSame({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
  expect(keepSame([1, 2], [1])).toEqual([1]);
});
