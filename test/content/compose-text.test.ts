import fc from 'fast-check';
import { composeText } from '../../src/content/compose-text';
import { countSegments } from '../../src/content/segments';

it.each([
  ['an accent', 'Cafe\u0301', 'Café'],
  ['two accents on a letter', 'Vie\u0323\u0302t', 'Việt'],
  ['a Korean syllable in parts', '\u1112\u1161\u11ab', '한'],
  ['the sign of the ohm', '\u2126', 'Ω'],
  ['line ends of Windows', 'a\r\nb\r\n', 'a\nb\n'],
  ['line ends of old Macs', 'a\rb\r\r\nc', 'a\nb\n\nc'],
  ['an emoji', '\u2764\uFE0F 👩\u200D💻', '\u2764\uFE0F 👩\u200D💻'],
  ['what only NFKC would change', '① ﬁ １', '① ﬁ １'],
  ['blanks', '  two\nlines ', '  two\nlines '],
])('a text with %s', (_, text, composed) => {
  expect(composeText(text)).toBe(composed);
});

it('saves segments: composed accents are in GSM-7', () => {
  const text = 'Café '.repeat(20).normalize('NFD');
  expect(countSegments(text)).toMatchObject({ encoding: 'UCS-2', segments: 2 });
  expect(countSegments(composeText(text))).toMatchObject({ encoding: 'GSM-7', segments: 1 });
});

it('changes nothing the second time', () => {
  const part = fc.oneof(fc.constantFrom('\r', '\n', 'e', '\u0301', '\u0323'), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const once = composeText(parts.join(''));
      expect(composeText(once)).toBe(once);
      expect(once).not.toContain('\r');
    }),
  );
});
