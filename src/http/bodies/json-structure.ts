/** What Slack and providers send has a depth below 20. */
const MAX_DEPTH = 64;
/** Of what Slack sends. A provider's bodies have a bound of their own, since each item is read by a schema. */
const MAX_ELEMENTS = 100_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * Whether a JSON text is worth parsing: its values cost far more memory and time than its bytes where it is little but
 * brackets and commas. One look at each byte, and no value is made. Of a text that is no JSON nothing is known: it fails
 * in the parser.
 */
export function isBoundedJson(
  text: Uint8Array,
  { maxDepth = MAX_DEPTH, maxElements = MAX_ELEMENTS } = {},
): boolean {
  let depth = 0;
  let elements = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at] as number;
    if (isInString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isInString = false;
      continue;
    }
    if (byte === QUOTE) isInString = true;
    else if (byte === COMMA) elements += 1;
    else if (OPENING.has(byte)) {
      elements += 1;
      depth += 1;
    } else if (CLOSING.has(byte)) depth -= 1;
    if (depth > maxDepth || elements > maxElements) return false;
  }
  return true;
}
