/** What a class of a pattern may take: the first and the last of these that it takes stand for it. */
const SAMPLES = [
  ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)),
  ...'\t\n\r\u0000\u0001\u0085\u00a0\u00ad\u00b4\u00e9\u200b\u200e\u2013\u2028\u2212\u2460\u20e3\u3001\u4e2d\u0661\u0301\ufe0f\ufeff\uff0b\uff1d\ufffd',
  ...['\u{1f4de}', '\u{1f1e9}', '\u{1f600}'],
];
/** Pairs of them are tried: a pattern with more repeats its classes. */
const MAX_SIGNS = 9;
/** Ends that make a match fail late: nothing, and what few patterns take. */
const ENDS = ['', '\u0001', 'x('];

/**
 * A text of about so many characters. Where a pattern backtracks, one made of what the pattern itself names takes it
 * longest.
 */
export type HostileText = (length: number) => string;

/** Texts from the classes and signs of a pattern: runs of each, of pairs, and behind a beginning that matches so far. */
export function hostileTexts(source: string, flags: string): HostileText[] {
  const atoms = atomsOf(source).map((atom) => samplesOf(atom, flags));
  const signs = [...new Set(atoms.flat())].slice(0, MAX_SIGNS);
  const texts: HostileText[] = [];
  const addRun = (before: string, unit: string) => {
    for (const end of ENDS) texts.push((length) => before + repeat(unit, length) + end);
  };
  for (const sign of signs) addRun('', sign);
  for (const one of signs) for (const other of signs) if (one !== other) addRun('', one + other);
  for (const one of signs) for (const other of signs) if (one !== other) addRun(one, other);
  let beginning = '';
  for (const samples of atoms) {
    for (const sample of samples) addRun(beginning, sample);
    beginning += samples[0] ?? '';
  }
  return texts;
}

const repeat = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length));

/** The classes, escapes and single signs of a pattern, in their order. */
function atomsOf(source: string): string[] {
  const atom =
    /\[(?:\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\.|[^\\[\]()|^$?*+{}]/gsu;
  return [...source.replace(/\(\?(?:[:=!]|<[=!]|<\w+>)|\{\d+(?:,\d*)?\}/g, '(').matchAll(atom)].map(
    ([text]) => text,
  );
}

function samplesOf(atom: string, flags: string): string[] {
  let one: RegExp;
  try {
    one = new RegExp(`^(?:${atom})$`, flags.replace(/[gy]/g, ''));
  } catch {
    return [];
  }
  const taken = SAMPLES.filter((sample) => one.test(sample));
  const literal = atom.length === 1 ? [atom] : [];
  return [...new Set([...literal, ...taken.slice(0, 1), ...taken.slice(-1)])];
}
