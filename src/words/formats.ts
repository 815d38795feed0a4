/** Numbers, shares, times and names in the form of one language. */
interface Formats {
  number(value: number): string;
  /**
   * `part` of `whole`, rounded down to a tenth of a percent: 100 % only if they are equal. Of nothing: 0 %.
   */
  percent(part: number, whole: number): string;
  /** A decimal string of a provider, without loss: it is never a float. Any other text stays as it is. */
  decimal(value: string): string;
  dateTime(date: Date, timeZone: string): string;
  /** The two largest units, at least a second: `3 min 12 sec`. */
  duration(ms: number): string;
  /** The name of a country by its two-letter code; the code if it has none. */
  country(code: string): string;
  /** Sorts names in the alphabetical order of the language. */
  compare(a: string, b: string): number;
  /** The form of a word for a count. */
  plural(count: number, forms: { one: string; other: string }): string;
}

/** `locale` is a BCP 47 tag, such as `zh-CN`. Throws RangeError for what is none. */
export function createFormats(locale: string): Formats {
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const decimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 6 });
  const regions = new Intl.DisplayNames(locale, { type: 'region' });
  const plurals = new Intl.PluralRules(locale);
  return {
    number: (value) => number.format(value),
    percent: (part, whole) => percent.format(whole > 0 ? Math.floor((part / whole) * 1000) / 1000 : 0),
    decimal: (value) =>
      /^-?\d+(\.\d+)?$/.test(value) ? decimal.format(value as Intl.StringNumericLiteral) : value,
    dateTime: (date, timeZone) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(date),
    duration: (ms) => formatDuration(locale, ms),
    country: (code) => regions.of(code) ?? code,
    compare: new Intl.Collator(locale).compare,
    plural: (count, forms) => (plurals.select(count) === 'one' ? forms.one : forms.other),
  };
}

const UNITS = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const;

function formatDuration(locale: string, ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const first = UNITS.findIndex((unit) => seconds >= unit.seconds);
  let rest = seconds;
  const parts: string[] = [];
  for (const { unit, seconds: size } of UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) {
      parts.push(new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(count));
    }
  }
  return new Intl.ListFormat(locale, { type: 'unit', style: 'narrow' }).format(parts);
}
