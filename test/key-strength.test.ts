import { randomBytes } from 'node:crypto';
import { readKey } from '../src/key-strength';
import { TEST_KEY } from './setup/test-keys';

const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
  ['64 zeros', '0'.repeat(64)],
  ['one letter 43 times', 'a'.repeat(43)],
  ['one byte', '07'.repeat(32)],
  ['a pattern of two', 'c0de'.repeat(16)],
  ['a pattern of sixteen', '00112233445566778899aabbccddeeff'.repeat(2)],
  ['bytes that count up', Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('hex')],
  [
    'bytes that count down by three',
    Buffer.from(Array.from({ length: 32 }, (_, i) => 255 - 3 * i)).toString('hex'),
  ],
  ['a sentence of letters', 'thisisthekeyofourbulksmsbotpleasekeepitsafe'],
  ['a sentence that was encoded', base64('correct horse battery staple 123')],
  ['hex digits that were encoded', base64(randomBytes(16).toString('hex'))],
  ['a run on the keyboard', 'qwertyuiopqwertyuiopqwertyuiopqwertyuiopqwe'],
])('%s is weak', (_, text) => {
  expect(readKey(text)).toMatchObject({ isWeak: true });
});

test('random keys are not, in either writing', () => {
  const keys = Array.from({ length: 20_000 }, (_, index) =>
    randomBytes(32).toString(index % 2 ? 'hex' : 'base64'),
  );
  expect(keys.filter((key) => readKey(key)?.isWeak !== false)).toEqual([]);
  expect(readKey(TEST_KEY)).toEqual({ bytes: Buffer.from(TEST_KEY, 'hex'), isWeak: false });
});

test.each(['', 'short', '07'.repeat(31), 'a'.repeat(50)])('%j is no key', (text) => {
  expect(readKey(text)).toBeNull();
});
