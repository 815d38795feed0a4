import { setImmediate as letOthersRun } from 'node:timers/promises';
import { type CountryCode, getCountries } from 'libphonenumber-js/max';
import { ALIASES, ALPHA_3 } from './country-aliases';
import { foldWords } from './heading-words';

/** The product's own languages: their names win where another language calls another country so. */
const OWN_LANGUAGES = 'en zh-Hans zh-Hant zh-Hant-HK'.split(' ');
const LANGUAGES = 'es pt fr de it ru ar ja ko tr pl nl id vi hi th sv da nb fi cs hu ro el uk he'.split(' ');
const LEFT_OUT = new Set(['the', 'of', 'and']);
const LETTERS_OF_A_CODE = /^[a-z]{2,3}$/i;

interface Names {
  codes: Map<string, CountryCode>;
  /** Null where two languages call two countries so. */
  names: Map<string, CountryCode | null>;
}
let built: Names | null = null;

/**
 * The country of an ISO 3166 code (`gb`, `GBR`, `U.S.`) or of a name in the languages of the field, whatever its case and
 * accents; null for anything else.
 */
export function countryByName(text: string): CountryCode | null {
  const name = countryByFullName(text);
  const letters = text.replace(/[.\s]/g, '');
  const code = LETTERS_OF_A_CODE.test(letters) ? allNames().codes.get(letters.toLowerCase()) : undefined;
  if (!code || !name || code === name) return code ?? name;
  // `Nga` is Russia in Vietnamese, NGA is Nigeria.
  return letters === letters.toUpperCase() || letters === letters.toLowerCase() ? code : null;
}

/** The same without ISO codes: two or three letters are often a word. */
export function countryByFullName(text: string): CountryCode | null {
  return allNames().names.get(foldCountryName(text)) ?? null;
}

function foldCountryName(text: string): string {
  const words = foldWords(text).filter((word) => !LEFT_OUT.has(word));
  return words.map((word) => (word === 'saint' ? 'st' : word)).join('');
}

/** Builds the names before the first country is read, and lets others run: it is a fifth of a second of work. */
export async function prepareCountryNames(): Promise<void> {
  if (built) return;
  const building = buildNames();
  for (let step = building.next(); ; step = building.next()) {
    if (step.done) {
      built = step.value;
      return;
    }
    await letOthersRun();
  }
}

/** Built at once where nothing has prepared them. */
function allNames(): Names {
  if (built) return built;
  const building = buildNames();
  for (let step = building.next(); !built; step = building.next()) if (step.done) built = step.value;
  return built;
}

/** Yields after each language. */
function* buildNames(): Generator<void, Names> {
  const codes = new Map<string, CountryCode>();
  for (const country of getCountries()) codes.set(country.toLowerCase(), country);
  for (const pair of ALPHA_3.split(' '))
    codes.set(pair.slice(2).toLowerCase(), pair.slice(0, 2) as CountryCode);
  const own = yield* namesIn(OWN_LANGUAGES);
  for (const [country, aliases] of Object.entries(ALIASES)) {
    for (const alias of aliases.split(/\s+/)) own.set(foldCountryName(alias), country as CountryCode);
  }
  const others = yield* namesIn(LANGUAGES);
  return { codes, names: new Map([...others, ...own]) };
}

function* namesIn(languages: string[]): Generator<void, Names['names']> {
  const names: Names['names'] = new Map();
  for (const language of languages) {
    const display = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    for (const country of getCountries()) {
      const name = foldCountryName(display.of(country) ?? '');
      const isOther = names.has(name) && names.get(name) !== country;
      if (name !== '') names.set(name, isOther ? null : country);
    }
    yield;
  }
  return names;
}
