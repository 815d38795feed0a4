import { readNumber } from '../../recipients/numbers/read-number';
import type { CountryCode } from '../../recipients/recipient';
import type { RecipientSearch } from './search-recipients.sql';

const FEWEST_DIGITS = 3;

/**
 * What a person typed into the search field: empty finds everybody. Null where it has fewer than three digits, which
 * would match half the list. A whole number of the list's own country may also be the last digits of a number of
 * another country, so it is returned as both.
 */
export function readSearch(search: string, defaultCountry: string | null): RecipientSearch | null {
  if (search.trim() === '') return {};
  const digits = digitsOf(search);
  const isInternational = /^\s*(\+|00)/.test(search.normalize('NFKC'));
  const reading = readNumber(search, (defaultCountry ?? undefined) as CountryCode | undefined);
  if (reading.kind === 'accepted') {
    return { number: reading.number, ...(isInternational ? {} : { lastDigits: digits }) };
  }
  return digits.length < FEWEST_DIGITS ? null : { lastDigits: digits };
}

/** The digits of a text in any script's full-width or half-width form. */
export const digitsOf = (text: string) => text.normalize('NFKC').replace(/\D/g, '');
