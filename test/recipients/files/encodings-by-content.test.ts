import fc from 'fast-check';
import { decodeText } from '../../../src/recipients/files/decode-text';
import { parseRows } from '../../../src/recipients/files/parse-rows';
import { UnreadableSourceError } from '../../../src/recipients/files/unreadable-source';
import { type CountryCode, ENCODINGS, type Encoding } from '../../../src/recipients/recipient';
import { inPieces } from '../read-text';
import { encode } from './encode';

async function decode(bytes: Uint8Array, country?: CountryCode, fixed?: Encoding, pieceBytes = 1000) {
  const decoded = { text: '', encoding: '' };
  for await (const block of decodeText(inPieces(bytes, pieceBytes), country, fixed)) {
    decoded.text += block.text;
    decoded.encoding = block.encoding;
  }
  return decoded;
}

/** A row for each name, with a number for fiction. */
const listOf = (names: string) =>
  names
    .split(',')
    .map((name, index) => `${name};20255501${10 + index}\n`)
    .join('');

const LISTS: [Encoding, CountryCode, string][] = [
  ['gb18030', 'CN', '姓名,欧阳锋,上官婉儿,令狐冲,周芷若,郭靖'],
  ['gb18030', 'CN', '客户姓名,会员等级,上海市浦东新区,性别,消费金额'],
  ['big5', 'TW', '姓名,歐陽鋒,黃蓉,郭靖,張惠妹'],
  ['big5', 'HK', '電話,陳大文,李嘉欣,會員編號,備註'],
  ['shift_jis', 'JP', '氏名,夏目漱石,芥川龍之介,大谷翔平,ひなた'],
  ['shift_jis', 'JP', 'ﾔﾏﾀﾞ ﾀﾛｳ,ｻﾄｳ ﾊﾅｺ,ﾀﾅｶ ｲﾁﾛｳ'],
  ['euc-jp', 'JP', '名前,佐藤花子,宮崎駿,すずき,電話番号'],
  ['euc-kr', 'KR', '이름,이순신,손흥민,전지현,회원번호'],
  ['windows-1250', 'PL', 'Imię,Małgorzata Żółkiewska,Zbigniew Święty,Józef Dąbrowski,Krzyś'],
  ['windows-1250', 'CZ', 'Jméno,Přemysl Kovář,Božena Němcová,Žaneta Černá,Tomáš Růžička'],
  ['windows-1250', 'HU', 'Név,Szőke Gyöngyi,Szűcs László,Őri Zoltán,Petőfi Sándor'],
  ['windows-1250', 'RO', 'Ştefan Popă,Ionuţ Dumitru,Cătălin Bălan,Ţîrlea'],
  ['windows-1251', 'RU', 'Имя,Фёдор Достоевский,Юрий Гагарин,Эльвира Жданова'],
  ['windows-1251', 'RU', 'ИВАНОВ,ПЕТРОВА,СИДОРОВ'],
  ['windows-1251', 'UA', 'Олексій Шевченко,Юлія Коваленко,Їжакевич'],
  ['koi8-r', 'RU', 'Имя,Лев Толстой,Юрий Гагарин,Эльвира Жданова'],
  ['koi8-r', 'RU', 'ИВАНОВ,ПЕТРОВА,СИДОРОВ'],
  ['windows-1252', 'FR', 'Prénom,Hélène Gérard,François,Noël,Éloïse'],
  ['windows-1252', 'DE', 'Günther Weiß,Jörg,Käthe Schäfer,Über'],
  ['windows-1252', 'ES', 'Núñez,Íñigo Peña,María Güell,Dirección'],
  ['windows-1252', 'BR', 'Conceição,João Simões,Antônio Brandão,Mônica'],
  ['windows-1252', 'NO', 'Bjørn Ødegård,Kåre,Søren Kjær'],
  ['macintosh', 'FR', 'Prénom,Hélène Gérard,François,Noël,Éloïse'],
  ['macintosh', 'DE', 'Günther Weiß,Jörg Müller,Käthe Schäfer,Björn'],
  ['macintosh', 'ES', 'Núñez,Íñigo Peña,María Güell,Dirección'],
  ['windows-1253', 'GR', 'Νίκος,Κωνσταντίνα,Δημήτρης Ψαρράς,Όλγα'],
  ['windows-1254', 'TR', 'Ayşe Yılmaz,Işıl Çağlar,İbrahim Öztürk,Tuğba'],
  ['windows-1256', 'EG', 'الاسم,محمد علي,فاطمة حسن,خالد إبراهيم'],
];

describe('a list of names', () => {
  it.each(LISTS)('in %s from %s is read as it was written: %s', async (encoding, country, names) => {
    const text = listOf(names);
    const bytes = encode(text, encoding);
    expect(await decode(bytes, country)).toEqual({ text, encoding });
    // A list in one encoding from a person of another country, or of none: the content decides.
    expect((await decode(bytes)).text).toBe(text);
    expect((await decode(bytes, 'US')).text).toBe(text);
  });

  it('that fits two encodings is read in that of the country', async () => {
    const bytes = encode('Kamiński;2025550123\n', 'windows-1250');
    expect((await decode(bytes, 'PL')).text).toBe('Kamiński;2025550123\n');
    expect((await decode(bytes, 'ES')).text).toBe('Kamiñski;2025550123\n');
  });
});

describe('UTF-8', () => {
  const text = listOf('姓名,张三,Renée,Иван');

  it.each(['CN', 'FR', 'RU', undefined] as const)('stays so with a bad byte (%s)', async (country) => {
    const bytes = Buffer.concat([Buffer.from(text), Buffer.from([0xe5]), Buffer.from(text)]);
    expect(await decode(bytes, country)).toEqual({ text: `${text}\ufffd${text}`, encoding: 'utf-8' });
  });

  it('is known by one character of three bytes beside a bad one', async () => {
    expect((await decode(Buffer.from('e5bca02c31ff', 'hex'), 'CN')).text).toBe('张,1\ufffd');
  });

  it('is not what merely ends within a character', async () => {
    expect(await decode(encode('2025550123;René', 'windows-1252'), 'FR')).toEqual({
      text: '2025550123;René',
      encoding: 'windows-1252',
    });
  });
});

describe('windows-1252', () => {
  it('has quotes, dots and the euro sign, and none of them ends a line', async () => {
    const text = 'O’Neil;2025550123\nAnn “Bo” Li…;2025550124\n5 € – ok;2025550125\n';
    expect((await decode(encode(text, 'windows-1252'), 'US')).text).toBe(text);
  });

  it.each(['windows-1252', 'macintosh'] as const)(
    'is told from %s by blanks in numbers',
    async (encoding) => {
      const text = 'Tel\n202\u00a0555\u00a00123\n202\u00a0555\u00a00124\n';
      expect(await decode(encode(text, encoding), 'FR')).toEqual({ text, encoding });
    },
  );
});

it.each(ENCODINGS)('%s reads a second time as the first time decided', async (encoding) => {
  const { text, encoding: used } = await decode(Buffer.from('4100e92c0a31', 'hex'), 'CN', encoding);
  const expected = new TextDecoder(encoding).decode(Buffer.from('4100e92c0a31', 'hex'), { stream: true });
  expect(used).toBe(encoding);
  expect(text.startsWith(expected.replaceAll('\0', '\ufffd'))).toBe(true);
});

it.each(ENCODINGS.filter((encoding) => !encoding.startsWith('utf-16')))(
  'no bad byte of %s takes a delimiter, line break or digit with it',
  async (encoding) => {
    for (let byte = 0x80; byte <= 0xff; byte += 1) {
      for (const next of [',', ';', '\t', '\n', '"', ' ', '+', '0', '9']) {
        const bytes = Buffer.concat([Buffer.from('1'), Buffer.of(byte), Buffer.from(`${next}12`)]);
        expect((await decode(bytes, undefined, encoding)).text.endsWith(`${next}12`)).toBe(true);
      }
    }
  },
);

describe('line ends', () => {
  it.each(['\u2028', '\u2029', '\u0085', '\r\n', '\r'])('%j is one', async (end) => {
    expect((await decode(Buffer.from(`Ann${end}Bob`))).text).toBe('Ann\nBob');
  });

  it('are the same however the bytes arrive, and wherever a block ends', async () => {
    const bytes = Buffer.from(`${'x'.repeat(64 * 1024 - 1)}\r\nRené\r\n\ufeffBob`);
    const whole = await decode(bytes, 'FR', undefined, bytes.length);
    expect(whole.text).toBe(`${'x'.repeat(64 * 1024 - 1)}\nRené\nBob`);
    expect(await decode(bytes, 'FR', undefined, 7)).toEqual(whole);
  });
});

it('reads any bytes, or says that they cannot be read', async () => {
  const countries = fc.constantFrom<CountryCode | undefined>(undefined, 'CN', 'JP', 'KR', 'TW', 'RU', 'FR');
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), countries, async (bytes, country) => {
      try {
        for await (const { rows } of parseRows(decodeText(inPieces(bytes, 50), country))) {
          expect(rows.every(({ cells }) => !cells.join().includes('\0'))).toBe(true);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableSourceError);
      }
    }),
    { numRuns: 300 },
  );
});
