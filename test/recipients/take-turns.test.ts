import { findCountryColumn } from '../../src/recipients/columns/find-country-column';
import { makeWorkbook, textRows } from '../setup/make-workbook';
import { read } from './read-text';

/**
 * Between two looks at the clock, reading does a bounded number of steps. Here every look says that the turn is over, so
 * that others run as often as reading looks.
 */
let now = 0;
let ticks = 0;
let isCounting = false;
beforeEach(() => {
  jest.spyOn(performance, 'now').mockImplementation(() => {
    now += 1_000;
    return now;
  });
  ticks = 0;
  isCounting = true;
  const tick = () => {
    ticks += 1;
    if (isCounting) setImmediate(tick);
  };
  setImmediate(tick);
});
afterEach(() => {
  isCounting = false;
  jest.restoreAllMocks();
});

const ROWS = process.env.FAULTS === 'full' ? 200_000 : 8_000;
const number = (i: number) => `+1202${5_550_000 + (i % 9_000)}`;
const US = { defaultCountry: 'US' } as const;
/** Each row is looked at for its columns and for its number. */
const perRow = (rows: number) => (2 * rows) / 8;

it('others run while a long list is read', async () => {
  const rows = Array.from({ length: ROWS }, (_, i) => `Li ${i},${number(i)},( ${i}`);
  const { findings } = await read(`name,phone,note\n${rows.join('\n')}\n`, US, 64 * 1024);
  expect(findings?.entries).toBe(ROWS);
  expect(ticks).toBeGreaterThan(perRow(ROWS) * 0.9);
});

it('others run while one line of numbers is read', async () => {
  const { findings } = await read(
    Array.from({ length: 4_000 }, (_, i) => number(i)).join(','),
    US,
    64 * 1024,
  );
  expect(findings?.entries).toBe(4_000);
  expect(ticks).toBeGreaterThan(4_000 / 8);
});

it('others run while a workbook is read', async () => {
  const rows = Array.from({ length: ROWS / 4 }, (_, i) => [`Li ${i}`, number(i)]);
  const workbook = makeWorkbook([{ name: 'S', rows: textRows([['name', 'phone'], ...rows]) }]);
  const { findings } = await read(workbook, US, 64 * 1024);
  expect(findings?.entries).toBe(ROWS / 4);
  expect(ticks).toBeGreaterThan(perRow(ROWS / 4) * 0.9);
});

it('others run while a country is looked for in hundreds of columns', async () => {
  const rows = Array.from({ length: 50 }, () => Array.from({ length: 400 }, (_, i) => `none ${i}`));
  expect(await findCountryColumn([], rows)).toBeNull();
  expect(ticks).toBeGreaterThan(300);
});
