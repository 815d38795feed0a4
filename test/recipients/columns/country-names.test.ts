import { rankCountryName } from '../../../src/recipients/columns/country-names';

describe.each<[string, string[]]>([
  [
    'exact',
    [
      'Country',
      'Country Code',
      'CountryCode',
      'country_code',
      'Calling Code',
      'Dial Code',
      'Dialing Code',
      'Phone Country',
      'ISO',
      'ISO2',
      '国家',
      '国家/地区',
      '国家代码',
      '国际区号',
      '国码',
      'País',
      'Código de país',
      'Pays',
      'Land',
      'Paese',
      'Страна',
      'Код страны',
      'البلد',
      'رمز الدولة',
      '国',
      '国名',
      'Ländercode',
      '國家',
      'Phone Country Code',
    ],
  ],
  [
    'hint',
    [
      'Billing Country',
      'Shipping Country',
      'Default Address Country Code',
      'Shipping Country Code',
      '收货国家',
    ],
  ],
  ['code', ['区号', 'Code', 'Prefix', 'Prefijo', 'ISD Code', 'CC', 'Indicatif', 'Vorwahl', 'Prefisso']],
  [
    'none',
    [
      'County',
      'Landline',
      'Landlord',
      'Name',
      'Area code',
      'Phone',
      'Phone (with country code)',
      'Nationality',
      '国籍',
      '出生国家',
      'Country of birth',
      'Birth Country',
    ],
  ],
])('the name of a column: %s', (rank, names) => {
  it.each(names)('%s', (name) => {
    expect(rankCountryName(name)).toBe(rank);
  });
});
