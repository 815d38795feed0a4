/**
 * The same object without NUL in its texts: Postgres cannot hold it. It is for parsed values: in JSON a NUL can be
 * written in more ways than one can take out of the text, such as `\u00\u000000` once the inner one is gone.
 */
export function withoutNul<Values extends object>(values: Values): Values {
  const cleaned = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.replaceAll('\0', '') : value,
  ]);
  return Object.fromEntries(cleaned) as Values;
}
