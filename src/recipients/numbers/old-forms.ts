/**
 * Forms of mobile numbers that countries have given up but lists still hold, by calling code: in national format,
 * behind the calling code, and what the last ten or nine digits have before them today. Only such forms are here whose
 * digits can be nobody else's. Where a new plan gave digits to existing numbers (Benin, Ivory Coast, Brazil), the old
 * ones stay refused.
 *
 * - Mexico dropped all prefixes in 2019: `044` and `045` for mobiles, `01` for other areas, `1` behind `+52`.
 * - Argentina has one range for all lines: `9` only tells that the line is a mobile. Without it the call or the text
 *   goes to the same line, so that with it nobody else is reached; a landline gets nothing.
 * - Ukraine dialled `8` and then `0` for other areas.
 *
 * Source: ITU, national numbering plans, https://www.itu.int/oth/T0202.aspx
 */
const OLD_FORMS: Record<string, { national: RegExp; behindCode: RegExp; today: string }> = {
  '52': { national: /^(?:01|04[45])(\d{10})$/, behindCode: /^(?:1|01|04[45])(\d{10})$/, today: '' },
  '54': { national: /^0?(\d{10})$/, behindCode: /^0?(\d{10})$/, today: '9' },
  '380': { national: /^80(\d{9})$/, behindCode: /^80(\d{9})$/, today: '' },
};

/** E.164 of today for a number in an old form, or null. `digits`: as `form` says, without the calling code. */
export function toTodaysForm(
  digits: string,
  callingCode: string,
  form: 'national' | 'behindCode',
): string | null {
  const old = OLD_FORMS[callingCode];
  const subscriber = old?.[form].exec(digits)?.[1];
  return old && subscriber ? `+${callingCode}${old.today}${subscriber}` : null;
}
