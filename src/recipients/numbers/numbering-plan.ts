import { Metadata, type MetadataJson } from 'libphonenumber-js/core';
import type { CountryCode } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';

/** What we use of a country's numbering plan; members that the library's type declarations lack. */
interface NumberingPlan {
  callingCode(): string;
  IDDPrefix(): string;
  nationalNumberPattern(): string;
  leadingDigits(): string | undefined | null;
  nationalPrefixForParsing(): string | null;
  type(name: 'MOBILE' | 'FIXED_LINE'): { pattern(): string; possibleLengths(): number[] } | undefined;
}

/** The country's plan in the library's own words. */
export function numberingPlan(country: CountryCode): NumberingPlan {
  // The library's JSON does not fit its own type.
  const plans = new Metadata(metadata as unknown as MetadataJson);
  plans.selectNumberingPlan(country);
  return plans.numberingPlan as unknown as NumberingPlan;
}

/**
 * Whether every number that is valid in the country is a number of it: the calling code is its own, or the library asks
 * it first, as the US before Canada.
 */
export function isFirstOfCallingCode(country: CountryCode): boolean {
  const plan = numberingPlan(country);
  const countries = metadata.country_calling_codes as unknown as Record<string, string[]>;
  const [first, second] = countries[plan.callingCode()] ?? [];
  return first === country && (second === undefined || !plan.leadingDigits());
}

interface Facts {
  callingCode: string;
  exitCode: RegExp;
  mobileLengths: number[];
}

const known = new Map<CountryCode, Facts>();

function factsOf(country: CountryCode): Facts {
  const cached = known.get(country);
  if (cached) return cached;
  const plan = numberingPlan(country);
  const facts = {
    callingCode: plan.callingCode(),
    exitCode: new RegExp(`^(?:${plan.IDDPrefix()})(?=[1-9])`),
    mobileLengths: plan.type('MOBILE')?.possibleLengths() ?? [],
  };
  known.set(country, facts);
  return facts;
}

export const callingCodeOf = (country: CountryCode): string => factsOf(country).callingCode;

/**
 * The possible lengths of a mobile number in the country, without calling code; empty where it has none. The library
 * itself checks the lengths of all numbers (7 to 12 in China), so it calls a mobile number with a missing digit
 * possible.
 */
export const mobileLengths = (country: CountryCode): number[] => factsOf(country).mobileLengths;

/** The digits behind what the country dials for abroad (`011` in the US), or null where they do not begin so. */
export function behindExitCode(digits: string, country: CountryCode): string | null {
  const exit = factsOf(country).exitCode.exec(digits);
  return exit ? digits.slice(exit[0].length) : null;
}
