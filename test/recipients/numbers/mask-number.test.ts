import { maskNumber } from '../../../src/recipients/numbers/mask-number';

it.each([
  ['+8613800131234', '+86 138****1234'],
  ['+12025550123', '+1 202****0123'],
  ['+6591234567', '+65 9****4567'],
  ['13800131234', '138****1234'],
  ['1234', '****4'],
  ['', '****'],
])('%s is shown as %s', (number, masked) => {
  expect(maskNumber(number)).toBe(masked);
});
