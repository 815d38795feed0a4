import { type CountryCode, getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';
import { foldName, wordsOf } from './fold-name';

/** Names of a column with countries or calling codes, as `foldName` returns them. `区号` alone is a Chinese area code. */
const COLUMN_NAMES = new Set(
  [
    'country countries countrycode countryiso countryiso2 iso iso2 iso3 isocode isocountry isocountrycode countryname nation',
    'callingcode countrycallingcode dialcode dialingcode diallingcode countrydialcode phonecountry phonecountrycode',
    'mobilecountrycode telcountrycode internationalcode intlcode countryprefix phoneprefix countrycodenumber countryregion',
    '国家 国家地区 国家代码 国家编码 国家码 国码 国际区号 国际代码 国家区号 国别 地区代码 國家 國家地區 國家代碼 國碼 國際區號 國際代碼 國別',
    'pais codigopais codigodepais codigodopais codigodelpais indicativo codigointernacional prefijo ddi pays codepays indicatif',
    'indicatifpays indicatiftelephonique land landercode landesvorwahl landeskennzahl laendercode landcode vorwahlland',
    'paese codicepaese prefissointernazionale nazione страна кодстраны البلد الدولة رمزالدولة رمزالبلد كودالدولة',
    '国 国名 国番号 国コード 국가 국가코드 국가번호 ulke ulkekodu kraj kodkraju negara kodenegara quocgia maquocgia',
  ].flatMap((names) => names.split(' ').map(foldName)),
);
const HINT = /^(?:country|pais|pays|land$|paese|страна|ulke|kraj|negara)/;
const HINT_PART = /国家|國家/;

/** Most names and codes of a batch are few; a free text column must not fill the memory. */
const MAX_REMEMBERED = 1_000;
const MAX_CELL_CHARACTERS = 60;
const CALLING_CODE = /^\(?(?:\+|00)?(\d{1,3})(?:\.0+)?\)?$/;
const WITH_CALLING_CODE = /^(.*?)[\s(]*\+(\d{1,3})\)?(.*)$/;

/** Whether a heading names a column with the country of each number: by itself, or beside other words. */
export function rankCountryName(header: string): 'exact' | 'hint' | 'none' {
  const name = foldName(header);
  if (COLUMN_NAMES.has(name)) return 'exact';
  const isHint = HINT_PART.test(name) || wordsOf(header).some((word) => HINT.test(word));
  return isHint ? 'hint' : 'none';
}

const remembered = new Map<string, CountryCode | null>();

/**
 * The country that a cell names: by ISO 3166 code (`GB`, `GBR`), by calling code (`44`, `+44`, `0044`; of a code that
 * countries share, the main one), by its name in the languages of the field, or by two of them (`UK +44`). Null for
 * anything else.
 */
export function readCountry(cell: string): CountryCode | null {
  const known = remembered.get(cell);
  if (known !== undefined) return known;
  const country = cell.length > MAX_CELL_CHARACTERS ? null : find(cell.normalize('NFKC').trim());
  if (remembered.size < MAX_REMEMBERED) remembered.set(cell, country);
  return country;
}

function find(text: string): CountryCode | null {
  const code = CALLING_CODE.exec(text)?.[1];
  if (code) return mainCountryOf(code);
  const combined = WITH_CALLING_CODE.exec(text);
  if (combined) {
    const [, before = '', calling = '', after = ''] = combined;
    const named = byName(before) ?? byName(after);
    if (!named) return before.trim() === '' && after.trim() === '' ? mainCountryOf(calling) : null;
    return getCountryCallingCode(named) === calling ? named : null;
  }
  return byName(text);
}

function mainCountryOf(callingCode: string): CountryCode | null {
  const countries = metadata.country_calling_codes as unknown as Record<string, string[]>;
  // 001 is the code of services that belong to no country.
  const [main] = countries[callingCode] ?? [];
  return main && main !== '001' ? (main as CountryCode) : null;
}

const byName = (text: string): CountryCode | null => countriesByName().get(foldName(text)) ?? null;

let names: Map<string, CountryCode> | null = null;

/** The languages whose names of countries are read. */
const LANGUAGES =
  'en zh-Hans zh-Hant es pt fr de it ru ar ja ko tr pl nl id vi hi th sv da nb fi cs hu ro el uk he'.split(
    ' ',
  );

/** Names that the international list of names lacks. */
const ALIASES: Record<string, string> = {
  US: 'usa us u.s.a. america theunitedstates unitedstatesofamerica 美 美國 estadosunidosdeamerica eeuu',
  GB: 'uk england scotland wales northernireland greatbritain britain 英国 英國 inglaterra angleterre grossbritannien',
  AE: 'uae emirates 阿联酋',
  NL: 'holland thenetherlands',
  KR: 'southkorea korea republicofkorea 韩国 韓國 南韩',
  RU: 'russianfederation',
  CZ: 'czechrepublic',
  TR: 'turkey turkiye',
  CI: 'ivorycoast',
  HK: 'hongkong hongkongsar 香港',
  MO: 'macau macao 澳门 澳門',
  TW: 'taiwan 台湾 台灣 臺灣',
  CN: 'china mainlandchina prc 中国 中国大陆 中國 大陆 内地',
  VN: 'vietnam vietnam',
  IR: 'iran',
  SY: 'syria',
  LA: 'laos',
  BO: 'bolivia',
  VE: 'venezuela',
  TZ: 'tanzania',
  MD: 'moldova',
  CD: 'drc drcongo',
  SA: 'ksa',
  CV: 'capeverde',
  MK: 'macedonia',
  SZ: 'swaziland',
  MM: 'burma',
};

/** ISO 3166 alpha-3 codes of the countries that have phone numbers, each after its alpha-2 code. */
const ALPHA_3 =
  'ACASC ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD BEBEL ' +
  'BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF ' +
  'CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM ' +
  'DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY ' +
  'GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GTGTM GUGUM GWGNB GYGUY HKHKG HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR ' +
  'IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT ' +
  'KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL ' +
  'MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK ' +
  'NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PRPRI PSPSE PTPRT ' +
  'PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR ' +
  'SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TATAA TCTCA TDTCD TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON ' +
  'TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM XKXKX ' +
  'YEYEM YTMYT ZAZAF ZMZMB ZWZWE';

/** Built when the first column of countries is read. */
function countriesByName(): Map<string, CountryCode> {
  if (names) return names;
  names = new Map();
  const countries = getCountries();
  for (const language of LANGUAGES) {
    const nameOf = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    for (const country of countries) add(nameOf.of(country), country);
  }
  for (const [country, aliases] of Object.entries(ALIASES)) {
    for (const alias of aliases.split(' ')) add(alias, country as CountryCode);
  }
  for (const pair of ALPHA_3.split(' ')) add(pair.slice(2), pair.slice(0, 2) as CountryCode);
  for (const country of countries) add(country, country);
  return names;
}

function add(name: string | undefined, country: CountryCode): void {
  const folded = foldName(name ?? '');
  if (folded !== '') names?.set(folded, country);
}

/** In brackets: `Phone (US)`. In any other place two letters are a word. */
const IN_BRACKETS = /[([]([^()[\]]{2,40})[)\]]/u;
const PLUS_CODE = /\+(\d{1,3})(?!\d)/;
/** Codes of countries that are usual words in a heading. */
const WORDS = new Set('ID NO IN IS TO AM MY ME IT SO AT BE DO'.split(' '));

/** The country in the heading of a phone column: `Mobile (+44)`, `Phone (US)`, `手机号（中国）`. Null where it names none. */
export function countryInHeading(header: string): CountryCode | null {
  const text = header.slice(0, 200).normalize('NFKC');
  const code = PLUS_CODE.exec(text)?.[1];
  if (code) return mainCountryOf(code);
  const inside = IN_BRACKETS.exec(text)?.[1]?.trim() ?? '';
  if (/^[A-Za-z]{2}$/.test(inside)) {
    return inside === inside.toUpperCase() && !WORDS.has(inside) ? byName(inside) : null;
  }
  return /\d/.test(inside) ? null : byName(inside);
}
