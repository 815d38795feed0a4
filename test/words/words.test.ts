import { VOCABULARIES } from '../../src/providers/vocabularies';
import { en } from '../../src/words/en';
import { createFormats } from '../../src/words/formats';
import { wordsFor } from '../../src/words/words-for';
import { zhCn } from '../../src/words/zh-cn';

/** Every entry of a catalogue by its path; functions are called with numbers that do not occur otherwise. */
function entries(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    const here = path ? `${path}.${key}` : key;
    if (here === 'format') return [];
    if (typeof value === 'string') return [[here, value]];
    if (typeof value === 'function') return [[here, value(...argumentsFor(here, value.length))]];
    return entries(value, here);
  });
}

/** Entries that join a list. */
const OF_LISTS = ['review.examples', 'replies.balanceParts'];

const argumentsFor = (path: string, count: number) =>
  OF_LISTS.includes(path) ? [['987654']] : Array(count).fill(987_654);

const english = new Map(entries(en));
const chinese = new Map(entries(zhCn));

it('has the same keys in both languages', () => {
  expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
});

it('has words for every key', () => {
  const empty = [...english, ...chinese].filter(
    ([, text]) => text.trim() === '' || /undefined|NaN/.test(text),
  );
  expect(empty).toEqual([]);
});

it('uses every number that it is given, in both languages', () => {
  const numbers = (text: string) => text.match(/987,?654/g)?.length ?? 0;
  const differing = [...english].filter(
    ([key, text]) => numbers(text) > 0 !== numbers(chinese.get(key) ?? '') > 0,
  );
  expect(differing).toEqual([]);
});

it('leaves no English in the Chinese', () => {
  const names =
    /\b(Slack|Buka|CSV|Excel|xlsx|vCard|MB|API|IP|ID|key|secret|Unicode|UCS|GSM|invite|sms|send|status|list|find|report|today|balance|admin|help)\b/;
  // A network's own code in brackets stays as it is: it is what a provider's support asks for.
  const odd = [...chinese].filter(([, text]) =>
    (text.replace(/（[A-Z_]+）/g, '').match(/[A-Za-z]{2,}/g) ?? []).some((word) => !names.test(word)),
  );
  expect(odd).toEqual([]);
});

it('sets bold only between blanks or punctuation, where Slack renders it', () => {
  const beside = /[\p{L}\p{N}\u3000-\u303f\uff00-\uffef]/u;
  const unseen = [...english, ...chinese].filter(([, text]) =>
    [...text.matchAll(/\*[^*\n]+\*/g)].some(
      ({ 0: bold, index }) =>
        beside.test(text.charAt(index - 1)) || beside.test(text.charAt(index + bold.length)),
    ),
  );
  expect(unseen).toEqual([]);
});

/** Titles and buttons of modals; counts in them are shown with separators. */
const inFrames = [...english.keys()].filter(
  (key) =>
    /^(compose|reading|columns|review|details|errors)\.(title|submit|close)$/.test(key) ||
    key === 'home.title',
);

it.each(inFrames)('keeps %s, in the frame of a modal, within 24 characters', (key) => {
  for (const words of [english, chinese]) expect(words.get(key)?.length).toBeLessThanOrEqual(24);
});

it('checks every modal', () => {
  expect(inFrames).toEqual(expect.arrayContaining(['review.title', 'review.submit', 'details.submit']));
});

it('chooses Chinese for Chinese locales and English for all others', () => {
  expect(wordsFor('zh-CN')).toBe(zhCn);
  expect(wordsFor('zh-TW')).toBe(zhCn);
  expect(wordsFor('de-DE')).toBe(en);
  expect(wordsFor('')).toBe(en);
});

describe('formats', () => {
  const format = createFormats('en-US');
  it('does not round up to 100 %', () => {
    expect(format.percent(999_999, 1_000_000)).toBe('99.9%');
    expect(format.percent(1_000_000, 1_000_000)).toBe('100%');
    expect(format.percent(0, 0)).toBe('0%');
  });
  it('keeps money exact', () => {
    expect(format.decimal('90071992547409931.123456')).toBe('90,071,992,547,409,931.123456');
    expect(format.decimal('unlimited')).toBe('unlimited');
  });
  it('shows the two largest units of a duration', () => {
    expect(format.duration(192_000)).toBe('3 min 12 sec');
    expect(format.duration(90_061_000)).toBe('1 day 1 hr');
    expect(createFormats('zh-CN').duration(192_000)).toMatch(/3\s?分钟12\s?秒/);
  });
});

test('no two providers have a code in common: a code is explained without asking whose it is', () => {
  for (const ofLanguage of Object.values(VOCABULARIES)) {
    const codes = Object.values(ofLanguage).flatMap(({ refusals, failures }) => [
      ...new Set([...Object.keys(refusals), ...Object.keys(failures)]),
    ]);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  }
});
