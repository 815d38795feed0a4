import { fromMillionths } from './money';
import { countSegments } from './segments';

interface Country {
  /** Country code. The longest match counts. */
  prefix: string;
  /** Mobile country code, as reports carry it. */
  mcc: string;
  /** Price of one segment, in millionths. Invented: real prices depend on the contract with the provider. */
  price: number;
}

const COUNTRIES: Country[] = [
  { prefix: '1', mcc: '310', price: 7_900 },
  { prefix: '33', mcc: '208', price: 54_000 },
  { prefix: '44', mcc: '234', price: 38_500 },
  { prefix: '49', mcc: '262', price: 69_000 },
  { prefix: '61', mcc: '505', price: 31_000 },
  { prefix: '65', mcc: '525', price: 29_700 },
  { prefix: '81', mcc: '440', price: 61_000 },
  { prefix: '86', mcc: '460', price: 32_000 },
  { prefix: '91', mcc: '404', price: 2_100 },
  { prefix: '852', mcc: '454', price: 41_000 },
  { prefix: '886', mcc: '466', price: 45_000 },
];
const ELSEWHERE: Country = { prefix: '', mcc: '-1', price: 50_000 };
const BY_PREFIX = new Map(COUNTRIES.map((country) => [country.prefix, country]));

/** `pricedetail` of a report: what one message cost. */
interface PriceDetail {
  pay: string;
  currency: string;
  chargeCnt: number;
  price: string;
}

export function countryOf(number: string): Country {
  return (
    BY_PREFIX.get(number.slice(0, 3)) ??
    BY_PREFIX.get(number.slice(0, 2)) ??
    BY_PREFIX.get(number.slice(0, 1)) ??
    ELSEWHERE
  );
}

/** The cost of one text to these numbers, in millionths. Each segment has a price by country. */
export function costOf(numbers: string[], content: string): number {
  const segments = countSegments(content);
  return numbers.reduce((sum, number) => sum + countryOf(number).price * segments, 0);
}

export function priceDetailOf(number: string, content: string, currency: string): PriceDetail {
  const segments = countSegments(content);
  const { price } = countryOf(number);
  return {
    pay: fromMillionths(price * segments),
    currency,
    chargeCnt: segments,
    price: fromMillionths(price),
  };
}
