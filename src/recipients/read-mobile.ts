import { Metadata, type MetadataJson } from 'libphonenumber-js/core';
import type { CountryCode } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';

/**
 * A quick reading of the plainest case, a mobile number written nationally, by the library's own patterns: nearly
 * every row of a long list, and a quarter of what the library's general way takes. Null says nothing of the
 * number: the library must be asked. A property test holds the two together.
 */
export function readMobile(digits: string, country: CountryCode): string | null {
  const plan = plans.get(country) ?? remember(country);
  if (!plan?.lengths.has(digits.length) || plan.transformed.test(digits)) return null;
  return plan.general.test(digits) && plan.mobile.test(digits) ? `+${plan.callingCode}${digits}` : null;
}

interface Plan {
  callingCode: string;
  lengths: Set<number>;
  /** What the library would take something off before it reads the rest. */
  transformed: RegExp;
  general: RegExp;
  mobile: RegExp;
}

const plans = new Map<CountryCode, Plan | null>();

function remember(country: CountryCode): Plan | null {
  const plan = planOf(country);
  plans.set(country, plan);
  return plan;
}

/** What the library's declarations leave out of a numbering plan. */
interface NumberingPlan {
  callingCode(): string;
  IDDPrefix(): string;
  nationalNumberPattern(): string;
  nationalPrefixForParsing(): string | null;
  type(name: 'MOBILE'): { pattern(): string; possibleLengths(): number[] } | undefined;
}

/** Null for a country that shares its calling code: which of them a number belongs to is the library's to say. */
function planOf(country: CountryCode): Plan | null {
  // The library's JSON does not fit its own type.
  const all = new Metadata(metadata as unknown as MetadataJson);
  all.selectNumberingPlan(country);
  const plan = all.numberingPlan as unknown as NumberingPlan;
  const mobile = plan.type('MOBILE');
  const callingCode = plan.callingCode();
  const sharing = metadata.country_calling_codes as unknown as Record<string, string[]>;
  if (!mobile?.pattern() || sharing[callingCode]?.length !== 1) return null;
  const prefixes = [plan.IDDPrefix(), plan.nationalPrefixForParsing(), callingCode].filter(Boolean);
  return {
    callingCode,
    lengths: new Set(mobile.possibleLengths()),
    transformed: new RegExp(`^(?:${prefixes.map((prefix) => `(?:${prefix})`).join('|')})`),
    general: new RegExp(`^(?:${plan.nationalNumberPattern()})$`),
    mobile: new RegExp(`^(?:${mobile.pattern()})$`),
  };
}
