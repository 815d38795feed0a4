/**
 * Parses JSON and returns every bare number as text: a message id has 19 digits and money has trailing zeros, and
 * `JSON.parse` loses both. Keys are trimmed and lower-cased, since the provider writes both `msgId` and `msgid`, and
 * `orderId` once with a trailing blank. Throws `SyntaxError`.
 *
 * It uses no library. `lossless-json` rejects numbers with leading zeros, which a mobile network code may have
 * (`"mnc":01`). `json-bigint` drops trailing zeros. `JSON.parse` gives the text of a number only since Node 21.
 */
export function parseExactJson(text: string): unknown {
  return foldKeys(JSON.parse(text.replace(/^\uFEFF/, '').replace(STRING_OR_NUMBER, quoteNumber)));
}

/**
 * Strings are matched first, so that digits inside them are skipped. An unclosed string is matched to the end of the
 * text: otherwise the search would start again at each quote inside it, and 1 MiB would take half an hour.
 */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function quoteNumber(token: string): string {
  return token.startsWith('"') ? token : `"${token}"`;
}

/** Trims and lower-cases the keys, at any depth, of a value that is parsed already. */
export function foldKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(foldKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.trim().toLowerCase(), foldKeys(inner)]),
  );
}
