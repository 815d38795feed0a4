import fc from 'fast-check';
import { findUnknownShortcodes, replaceShortcodes } from '../../src/content/emoji';

it.each([
  ['Sale today :tada: see you :wave:', 'Sale today 🎉 see you 👋'],
  [':+1::thumbsup: :-1:', '👍👍 👎'],
  [':flag-us: :us:', '🇺🇸 🇺🇸'],
  [':heart:', '\u2764\uFE0F'],
  [':woman-running:', '🏃\u200D♀\uFE0F'],
  [':male-technologist:', '👨\u200D💻'],
  [':slightly_smiling_face: :simple_smile: :white_square:', '🙂 🙂 ⬜'],
  [':wave::skin-tone-3: :skin-tone-2:', '👋🏼 🏻'],
  [':woman-running::skin-tone-6:', '🏃🏿\u200D♀\uFE0F'],
  [':raised_hand_with_fingers_splayed::skin-tone-2:', '🖐🏻'],
  [':handshake::skin-tone-4: :handshake::skin-tone-2-5:', '🤝🏽 🫱🏻\u200D🫲🏾'],
  [':man-heart-man::skin-tone-2:', '👨🏻\u200D❤\uFE0F\u200D👨🏻'],
  [':tada::skin-tone-3:', '🎉🏼'],
  [':wave::skin-tone-9:', '👋:skin-tone-9:'],
  [':wave::skin-tone-2-3:', '👋:skin-tone-2-3:'],
  ['Sale:tada:now', 'Sale🎉now'],
  ['大促:tada:开始，满分:100:，不要:x:吸烟，:ok:吗', '大促🎉开始，满分💯，不要❌吸烟，🆗吗'],
  ['::tada:::tada::', ':🎉:🎉:'],
  ['12:30:tada: or custom:blob:wave:', '12:30🎉 or custom:blob👋'],
  [':100: (:100:) :x:', '💯 (💯) ❌'],
])('a shortcode becomes its character: %s', (text, replaced) => {
  expect(replaceShortcodes(text)).toBe(replaced);
  expect(replaceShortcodes(replaced)).toBe(replaced);
});

it.each([
  '10:30:45',
  'a:b:c',
  'A:x:B',
  'http://x:80:y',
  'http://x:100:y',
  'score 1:100:3',
  '1:1234:5',
  '４:100:５',
  'from 22:00:to',
  ':party_parrot:',
  'Wifi:Key:1234',
  ': tada :',
  ':tada',
  'tada:',
  ':constructor: :__proto__:',
  `:${'a'.repeat(101)}:`,
  '🎉',
  '',
])('all else stays: %j', (text) => {
  expect(replaceShortcodes(text)).toBe(text);
});

it.each<[string, string[]]>([
  ['Sale :party_parrot: :tada: :Party:', [':party_parrot:']],
  ['大促:party_parrot:开始 Sale:shipit:now', [':party_parrot:', ':shipit:']],
  [':shipit: :shipit: :bowtie:', [':shipit:', ':bowtie:']],
  [':wave::skin-tone-9:', [':skin-tone-9:']],
  ['今日は :ありがとう: です', [':ありがとう:']],
  ['今日は:ありがとう:', [':ありがとう:']],
  ['Closed:x: on Monday', [':x:']],
  ['时间:周五地点:店里', []],
  ['10:30:45 a:b:c http://x:80:y score 1:100:3', []],
  [':tada: :100:', []],
  ['Hours: 9-17, Tel: 202-555-0123', []],
])('what stays of shortcodes is named, each once and in order: %s', (text, names) => {
  expect(findUnknownShortcodes(text)).toEqual(names);
});

it('names ten at most', () => {
  const custom = Array.from({ length: 12 }, (_, i) => `:custom_${i}:`);
  expect(findUnknownShortcodes(custom.join(' '))).toEqual(custom.slice(0, 10));
});

it('replaces all that it can at once, and nothing but shortcodes', () => {
  const part = fc.constantFrom(':', 'tada', 'wave', 'skin-tone-3', '100', 'x', 'a', '1', ' ', '好', 'blob');
  const withoutEmoji = (text: string) =>
    text.replace(/:|tada|wave|skin-tone-3|100|x|a|🎉|👋|🏼|💯|❌|🅰️/gu, '');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      const replaced = replaceShortcodes(text);
      expect(withoutEmoji(replaced)).toBe(withoutEmoji(text));
      expect(replaced).not.toMatch(/:(tada|wave|skin-tone-3):/);
    }),
  );
});
