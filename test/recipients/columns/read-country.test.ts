import { type CountryCode, getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import { readCountry } from '../../../src/recipients/columns/read-country';

describe.each<[CountryCode, string[]]>([
  [
    'IN',
    [
      '91',
      '+91',
      '0091',
      '(+91)',
      '91.0',
      'IN',
      'in',
      'IND',
      'India',
      'INDIA',
      '印度',
      'Индия',
      'الهند',
      'インド',
      'India (+91)',
      'IN (91)',
      '+91 India',
      '"+91"',
    ],
  ],
  [
    'US',
    [
      '1',
      '+1',
      '001',
      'US',
      'USA',
      'U.S.',
      'U.S.A.',
      'us',
      'United States',
      'United States of America',
      'United States (+1)',
      'US +1',
      '美国',
      '美國',
      'Estados Unidos',
      'États-Unis',
      'Vereinigte Staaten',
      'США',
      'アメリカ',
      'アメリカ合衆国',
      '1-340',
      '+1 (US)',
      'United States (US)',
      'The United States',
      'US - United States',
      '1.0',
      'Соединенные Штаты',
    ],
  ],
  [
    'CN',
    [
      'China',
      '中国',
      '中国 +86',
      '+86 China',
      '86',
      'China (中国)',
      '中国大陆',
      'CN',
      'CHN',
      '中国（+86）',
      'P.R. China',
      "People's Republic of China",
      'PR China',
    ],
  ],
  [
    'GB',
    [
      'UK',
      'U.K.',
      'England',
      'Scotland',
      'Great Britain',
      'United Kingdom',
      '英国',
      'GBR',
      '44',
      'United Kingdom of Great Britain and Northern Ireland',
    ],
  ],
  [
    'KR',
    [
      'South Korea',
      'Korea',
      'Republic of Korea',
      'Korea, Republic of',
      'Korea, South',
      '韩国',
      '대한민국',
      'Corea del Sur',
    ],
  ],
  ['HK', ['Hong Kong', 'Hong Kong SAR', 'Hong Kong SAR China', '香港', '中国香港', '852', '+852']],
  ['TW', ['Taiwan', '台湾', '台灣', '中国台湾', 'Taiwan, Province of China']],
  ['CI', ['Ivory Coast', 'Côte d’Ivoire', "Côte d'Ivoire", "Cote d'Ivoire", '科特迪瓦']],
  ['TR', ['Turkey', 'Türkiye', 'Turkiye', 'TÜRKİYE', '土耳其', 'TURKIYE']],
  ['CZ', ['Czech Republic', 'Czechia', 'Česká republika']],
  ['RU', ['Russia', 'Russian Federation', 'Россия', '俄罗斯', '7']],
  ['AE', ['UAE', 'U.A.E.', 'United Arab Emirates', '阿联酋', 'ARE']],
  ['NL', ['Holland', 'The Netherlands', 'Netherlands', 'Nederland']],
  ['CD', ['DRC', 'Congo, Democratic Republic of the', 'Democratic Republic of the Congo', 'COD']],
  ['NG', ['Nigeria', 'NGA', '234']],
  ['AO', ['Angola', 'AO', 'ao', 'AGO']],
  ['BI', ['BI', 'bi', 'Burundi']],
  ['VN', ['Viet Nam', 'Vietnam', '84', '越南']],
  ['TT', ['Trinidad and Tobago', 'Trinidad & Tobago']],
  ['BA', ['Bosnia and Herzegovina']],
  ['KN', ['Saint Kitts and Nevis', 'St. Kitts & Nevis', 'St Kitts and Nevis']],
  ['IR', ['Iran, Islamic Republic of', 'Iran (Islamic Republic of)', '伊朗']],
  ['TZ', ['Tanzania, United Republic of', '坦桑尼亚']],
  ['MK', ['North Macedonia', 'Macedonia']],
  ['GE', ['Georgia']],
  ['NE', ['Niger', 'NE']],
  ['DM', ['Dominica']],
  ['DO', ['Dominican Republic', 'República Dominicana']],
  ['IS', ['Iceland', 'Island', 'IS']],
  ['GN', ['Guinea']],
  ['IE', ['Ireland', 'Irland']],
  ['MO', ['Macao', 'Macau', '澳门']],
  ['DE', ['Deutschland', 'Germany', '49', 'DEU', 'GER']],
  ['ES', ['España', 'Spain', '34']],
  ['BR', ['Brasil', 'Brazil', '55']],
  ['CG', ['Congo - Brazzaville', 'Congo, Republic of the']],
])('a cell: %s', (country, cells) => {
  it.each(cells)('%s', (cell) => {
    expect(readCountry(cell)).toBe(country);
  });
});

it.each([
  '',
  'x',
  '12345',
  '800',
  '870',
  '999',
  '0',
  '+',
  'New York',
  'Texas',
  'n/a',
  'US +44',
  'United States (+44)',
  '中国 +1',
  'Ontario',
  '2025550123',
  '+12025550123',
  '91 44',
  'constructor',
  '__proto__',
  '00',
  'US, UK',
  'unknown',
  'UK +1',
  '044',
])('a cell that names no country, or two: %j', (cell) => {
  expect(readCountry(cell)).toBeNull();
});

it('reads each code, and each name with its calling code, of each language', () => {
  for (const language of ['en', 'zh-Hans', 'zh-Hant', 'es', 'pt', 'fr', 'de', 'it', 'ru', 'ar', 'ja']) {
    const display = new Intl.DisplayNames(language, { type: 'region' });
    for (const code of getCountries()) {
      const cells = [code, code.toLowerCase(), `${display.of(code)} (+${getCountryCallingCode(code)})`];
      expect([code, ...cells.map(readCountry)]).toEqual([code, code, code, code]);
    }
  }
});

it('does not take a name for another country where two languages differ', () => {
  // Congo - Brazzaville in Polish, Congo - Kinshasa in Norwegian; Russia in Vietnamese, a code of Nigeria.
  expect(['Kongo', 'Nga', 'NGA'].map(readCountry)).toEqual([null, null, 'NG']);
});

it('still reads after more different cells than it remembers', () => {
  for (let index = 0; index < 1_500; index += 1) readCountry(`Town ${index}`);
  expect(['UK +44', 'Town 3', 'x'.repeat(65_536)].map(readCountry)).toEqual(['GB', null, null]);
});
