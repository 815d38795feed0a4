const LAST_WITH_DIGITS = 0x1fbf9;
const BEYOND_ASCII = /\P{ASCII}/u;
const DECIMAL = /\p{Nd}/u;

let values: Map<string, string> | null = null;

/** The text with every decimal digit of Unicode as ASCII: `८१२` and `٨١٢` become `812`. */
export function withAsciiDigits(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text;
  values ??= listDigits();
  const known = values;
  return Array.from(text, (character) => known.get(character) ?? character).join('');
}

/** Scripts have their ten digits one after the other, beginning with zero. */
function listDigits(): Map<string, string> {
  const found = new Map<string, string>();
  let run = 0;
  for (let code = 0x80; code <= LAST_WITH_DIGITS; code += 1) {
    const character = String.fromCodePoint(code);
    if (!DECIMAL.test(character)) {
      run = 0;
      continue;
    }
    found.set(character, String(run % 10));
    run += 1;
  }
  return found;
}
