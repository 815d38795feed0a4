import type { CountryCode } from 'libphonenumber-js/max';
import { countryByFullName, countryByName } from './country-by-name';
import { foldWords, kindsOf } from './heading-words';
import { PHONE_WORDS } from './phone-words';
import { countryOfCallingCode, DIVIDERS } from './read-country';

const MAX_CHARACTERS = 200;
/** More is an example: `e.g. +44 7400 123456`. */
const MAX_DIGITS = 5;
const DIGIT = /\p{Nd}/gu;
const PLUS_CODE = /\+ ?(\d{1,4})(?!\d)|\(00(\d{1,3})\)/g;
/** Says that numbers have a code, not that they have none. */
const IS_EXAMPLE =
  /e\.g|\beg\b|example|format|\bwith\b|\bincl|例|如|格式|含|带|z\. ?B\.|p\. ?ej|ejemplo|exemple|esempio/i;
/** A shorter name is mostly a word: `Mobile Per`. */
const MIN_NAME_CHARACTERS = 3;
const IN_BRACKETS = /[([]\s?([A-Z]{2,3})\s?[)\]]/g;

/**
 * Codes that mean something else in a heading: words (`NO`, `IN`), abbreviations (`HR`, `PA`, `EC` for emergency contact)
 * and states of the US. A number of Colorado, `(CO)`, may be somebody's in Colombia.
 */
const OTHER_MEANINGS = new Set(
  (
    'ID NO IN IS TO AM MY ME IT SO AT BE DO AS BY CC AL AR AZ BO CO GA IL KY LA MA MD MN MO MS MT NC NE PA SC SD VA PM PS ' +
    'RE SA SM SR ST TV VC MR AD AI AF HR PR CV GM BB FM EC EG BF GF NA TG LI WF SI PW TC BS BA'
  ).split(' '),
);
/** Names of people, of states and of things. */
const OTHER_NAMES = /^\s*(?:georgia|jordan|chad|tchad|island|jersey|reunion|réunion)\s*$/i;
const THREE_LETTERS = /^(?:USA|UAE)$/;

/** The country in the heading of a phone column: `Mobile (+44)`, `Phone (US)`, `手机号（中国）`. Null where it is not plain. */
export function countryInHeading(header: string): CountryCode | null {
  const text = cut(header);
  if ((text.match(DIGIT)?.length ?? 0) > MAX_DIGITS || IS_EXAMPLE.test(text)) return null;
  const codes = [...text.matchAll(PLUS_CODE)].map(([, plus, zeros]) =>
    countryOfCallingCode(plus ?? zeros ?? ''),
  );
  const letters = [...text.matchAll(IN_BRACKETS)].map(([, code = '']) => byLetters(code));
  const names = text.split(DIVIDERS).map((part) => byName(part) ?? byNameBesidePhone(part));
  const all = [...codes, ...letters.filter(Boolean), ...names.filter(Boolean)];
  return all.every((country) => country === all[0]) ? (all[0] ?? null) : null;
}

/** The heading's first 200 characters without the parts that name a country. */
export function headingWithoutCountry(header: string): string {
  return cut(header)
    .replace(PLUS_CODE, ' ')
    .replace(IN_BRACKETS, (whole, code: string) => (byLetters(code) ? ' ' : whole))
    .split(DIVIDERS)
    .filter((part) => !byName(part))
    .join(' ');
}

const cut = (header: string) => header.slice(0, MAX_CHARACTERS).normalize('NFKC');

function byLetters(code: string): CountryCode | null {
  if (code.length === 3 && !THREE_LETTERS.test(code)) return null;
  return OTHER_MEANINGS.has(code) ? null : countryByName(code);
}

function byName(part: string): CountryCode | null {
  const isWord = part.trim() === '' || OTHER_NAMES.test(part);
  return isWord || /^\s*[A-Za-z]{1,3}\s*$/.test(part) ? byCapitals(part.trim()) : countryByFullName(part);
}

/** `Mobile India`, `Celular México`. */
function byNameBesidePhone(part: string): CountryCode | null {
  const words = foldWords(part);
  const others = words.filter((word) => kindsOf(word, PHONE_WORDS).includes(null));
  const name = others.join(' ');
  const isName = name.length > MIN_NAME_CHARACTERS && !OTHER_NAMES.test(name);
  return isName && others.length < words.length ? countryByFullName(name) : null;
}

/** `Phone – UK`. */
const byCapitals = (part: string) => (/^(?:UK|USA|UAE)$/.test(part) ? countryByFullName(part) : null);
