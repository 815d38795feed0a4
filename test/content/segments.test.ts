import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { countSegments } from '../../src/content/segments';

const segmentsOf = (text: string) => countSegments(text).segments;

describe('segments', () => {
  it.each([
    ['', 0],
    ['a', 1],
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['a'.repeat(306), 2],
    ['a'.repeat(307), 3],
    ['€'.repeat(80), 1],
    [`${'€'.repeat(80)}a`, 2],
    ['验'.repeat(70), 1],
    ['验'.repeat(71), 2],
    ['验'.repeat(134), 2],
    ['验'.repeat(135), 3],
    ['😀'.repeat(35), 1],
    ['😀'.repeat(36), 2],
  ])('%#: %s', (text, segments) => {
    expect(segmentsOf(text)).toBe(segments);
  });

  it('do not cut an extended character in two', () => {
    // 152 + 2 would need 154 of 153 septets: the euro moves on, and with it the last letter.
    expect(segmentsOf(`${'a'.repeat(152)}€${'a'.repeat(151)}`)).toBe(2);
    expect(segmentsOf(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toBe(3);
    expect(segmentsOf(`${'a'.repeat(151)}€${'a'.repeat(153)}`)).toBe(2);
  });

  it('do not cut a surrogate pair in two', () => {
    expect(segmentsOf(`${'验'.repeat(66)}😀${'验'.repeat(65)}`)).toBe(2);
    expect(segmentsOf(`${'验'.repeat(66)}😀${'验'.repeat(66)}`)).toBe(3);
  });

  it('name the characters that force UCS-2, each once and in order', () => {
    expect(countSegments('Café “ok” – ok “€” 😀')).toEqual({
      encoding: 'UCS-2',
      segments: 1,
      units: 21,
      unitsPerSegment: 70,
      ucs2Characters: ['“', '”', '–', '😀'],
      isNearlyGsm7: true,
    });
    expect(
      countSegments(String.fromCodePoint(...Array.from({ length: 90 }, (_, i) => 0x4e00 + i))).ucs2Characters,
    ).toHaveLength(20);
  });

  it.each<[string, string[]]>([
    ['\u2764\uFE0F', ['\u2764\uFE0F']],
    ['👋🏽 👋 👨‍👩‍👧‍👦', ['👋🏽', '👋', '👨‍👩‍👧‍👦']],
    ['🇺🇸🇨🇳', ['🇺🇸', '🇨🇳']],
    ['1\uFE0F\u20E3 1', ['1\uFE0F\u20E3']],
    ['Cafe\u0301 e', ['e\u0301']],
    ['ก็ก', ['ก็', 'ก']],
    ['a\u200Db\u200B', ['\u200D', '\u200B']],
    ['e\uFE0F \u00AD', ['\uFE0F', '\u00AD']],
    ['a\u00A0b\r\n', ['\u00A0']],
    ['\uD83D!', ['\uD83D']],
  ])('name what a person sees as one, and what nobody sees by itself: %j', (text, characters) => {
    expect(countSegments(text).ucs2Characters).toEqual(characters);
  });

  it.each([
    ['Dziękujemy za zakupy, życzymy miłego dnia', true],
    ['Big sale at 王府井 today, all shops open', true],
    ['😀😀😀', true],
    ['您好，您的快递已到', false],
    ['Скидка 20% до воскресенья', false],
    ['สวัสดี 20%', false],
    ['Hello 您好欢迎', false],
  ])('tell a few foreign letters in a text from its script: %s', (text, isNearly) => {
    expect(countSegments(text).isNearlyGsm7).toBe(isNearly);
  });

  it('stay in GSM-7 with all of its alphabet', () => {
    const ascii = Array.from({ length: 0x7f - 0x20 }, (_, i) => 0x20 + i).filter((code) => code !== 0x60);
    // 3GPP TS 23.038, 6.2.1 and 6.2.1.1, what is beyond ASCII, by code point.
    const beyond = [
      0x0a, 0x0c, 0x0d, 0xa1, 0xa3, 0xa4, 0xa5, 0xa7, 0xbf, 0xc4, 0xc5, 0xc6, 0xc7, 0xc9, 0xd1, 0xd6, 0xd8,
      0xdc, 0xdf, 0xe0, 0xe4, 0xe5, 0xe6, 0xe8, 0xe9, 0xec, 0xf1, 0xf2, 0xf6, 0xf8, 0xf9, 0xfc, 0x393, 0x394,
      0x398, 0x39b, 0x39e, 0x3a0, 0x3a3, 0x3a6, 0x3a8, 0x3a9, 0x20ac,
    ];
    const counted = countSegments(String.fromCodePoint(...ascii, ...beyond));
    // 127 basic characters (128 less the escape) and 10 extended ones of two septets.
    expect(counted).toMatchObject({ encoding: 'GSM-7', units: 127 + 20, segments: 1 });
    expect(countSegments('`ç').ucs2Characters).toEqual(['`', 'ç']);
  });

  it('are never fewer than the units need, and one at most too many for every cut avoided', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '€', '\n', '验', '😀'), maxLength: 600 }),
        (text) => {
          const { segments, units, unitsPerSegment } = countSegments(text);
          expect(segments).toBeGreaterThanOrEqual(Math.ceil(units / unitsPerSegment));
          expect(segments).toBeLessThanOrEqual(Math.ceil(units / (unitsPerSegment - 1)));
        },
      ),
    );
  });
});

/** Twilio's own calculator as an independent second opinion. */
describe('Twilio’s sms-segments-calculator agrees on encoding and segments', () => {
  it.each([
    ['GSM-7', ['a', '@', 'é', '\n', '\r\n', 'Ω', ' ']],
    ['GSM-7 with extended characters', ['a', '€', '[', '~', '\f']],
    ['UCS-2', ['a', '验', 'ğ', '’', '€', 'ç']],
    ['UCS-2 with surrogate pairs', ['a', '验', '😀', '👍🏽', '👨‍👩‍👧‍👦', '🇨🇳', '1️⃣']],
    ['combining characters', ['a', 'e\u0301', 'ก็', '\u200d']],
  ])('for %s', (_, characters) => {
    const text = fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength: 400 });
    fc.assert(fc.property(text, (generated) => expectAgreement(generated)));
  });

  it('for any characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }), expectAgreement));
  });

  it('but not on an empty text, which it charges as a segment and which is never sent', () => {
    expect(new SegmentedMessage('').segmentsCount).toBe(1);
    expect(segmentsOf('')).toBe(0);
  });

  function expectAgreement(text: string): void {
    const theirs = new SegmentedMessage(text);
    const { encoding, segments } = countSegments(text);
    expect({ encoding, segments }).toEqual({
      encoding: theirs.encodingName,
      segments: theirs.segmentsCount,
    });
  }
});
