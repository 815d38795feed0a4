import { createLexicon, kindsOf } from './heading-words';

export { countryInHeading } from './country-in-heading';
export { readCountry } from './read-country';

const COUNTRY_WORDS = createLexicon({
  country: `
    country countries ctry cntry nation calling_code country_calling_code dial_code dialing_code dialling_code
    international_code intl_code country_prefix 国家 国码 国际区号 国际代码 国别 國家 國碼 國際區號 國際代碼 國別
    país países prefijo_internacional código_internacional ddi pays indicatif_pays indicatif_téléphonique
    indicatif_international land länder laender länder_vorwahl landes_vorwahl ländervorwahl landesvorwahl
    länderkennzahl landeskennzahl paese prefisso_internazionale nazione страна страны البلد الدولة البلاد
    国 国名 国番号 국가 ülke kraj negara quốc_gia देश ประเทศ`,
  /** A column of countries only where nothing else is said. */
  iso: 'iso iso2 iso3 iso_alpha_2 iso_alpha_3 iso_3166 alpha_2 alpha_3',
  /** Calling codes, if the cells are such. */
  code: `
    isd isd_code cc dial dialing dialling prefix prefixes phone_code phone_prefix area_prefix 区号 區號 prefijo prefijos
    prefixo prefixos indicatif indicatifs préfixe prefisso vorwahl landeskennzahl код_телефона رمز_الاتصال`,
  /** Another country than that of the phone, or a phone number with its code. */
  unrelated: `
    birth born origin nationality citizenship passport bank issuing with_country_code incl_country_code
    including_country_code without_country_code no_country_code country_code_included 出生 国籍 國籍 籍贯 含国家码
    含国家代码 带国家代码 nacimiento nascimento naissance geburt geburts nascita рождения الميلاد 出身 生年`,
  plain: `
    code codes name of the and phone mobile telephone tel number 2 3 region 代码 编码 码 代碼 編碼 碼 地区 地區 电话 手机 電話
    名称 de del do du di código codice code kürzel kennung teléfono téléphone telefon код كود رمز コード 코드 번호
    kodu kod kode mã`,
});

const CODE = /^\s*(?:code|código|codice|kod|代码|代碼|コード)\s*$/i;

/**
 * Whether a heading names a column with the country of each number: by itself, or beside other words. `code`: only where
 * its cells are calling codes.
 */
export function rankCountryName(header: string): 'exact' | 'hint' | 'code' | 'none' {
  if (header === '') return 'none';
  const kinds = kindsOf(header, COUNTRY_WORDS);
  const isBare = !kinds.includes(null);
  if (kinds.includes('unrelated')) return 'none';
  if (kinds.includes('country')) return isBare ? 'exact' : 'hint';
  if (kinds.includes('iso') && isBare) return 'exact';
  return isBare && (kinds.includes('code') || CODE.test(header)) ? 'code' : 'none';
}
