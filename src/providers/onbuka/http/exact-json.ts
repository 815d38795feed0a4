/**
 * Parses JSON with every bare number as text: a message id has 19 digits and money has trailing zeros, and
 * `JSON.parse` would round both. Keys lose blanks around them and their case, since the provider spells `msgId` also
 * as `msgid` and `orderId` once with a trailing blank. Throws `SyntaxError`.
 */
export function parseExactJson(text: string): unknown {
  return foldKeys(JSON.parse(text.replace(/^\uFEFF/, '').replace(STRING_OR_NUMBER, quoteNumber)));
}

/**
 * Strings are matched first, so that digits within one are passed over. One that does not end is matched to the end
 * of the text: were it passed over, each quote in it would be tried as a beginning, and 1 MiB would take half an hour.
 */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function quoteNumber(token: string): string {
  return token.startsWith('"') ? token : `"${token}"`;
}

/** The same folding of keys for a value that somebody else has parsed. */
export function foldKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(foldKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.trim().toLowerCase(), foldKeys(inner)]),
  );
}
