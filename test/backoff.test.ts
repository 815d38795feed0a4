import { backoffMs } from '../src/backoff';

const waits = (random?: () => number) =>
  [1, 2, 3, 4, 12, 2_000].map((tryNumber) =>
    backoffMs({ tryNumber, firstMs: 100, mostMs: 500, ...(random ? { random } : {}) }),
  );

test('the wait doubles with each try, up to the most', () => {
  expect(waits()).toEqual([100, 200, 400, 500, 500, 500]);
});

test('jitter moves the wait by up to a quarter either way, and around the most as well', () => {
  expect(waits(() => 0)).toEqual([75, 150, 300, 375, 375, 375]);
  expect(waits(() => 0.5)).toEqual(waits());
  expect(waits(() => 1)).toEqual([125, 250, 500, 625, 625, 625]);
});
