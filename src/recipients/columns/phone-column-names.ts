import { foldName, wordsOf } from './fold-name';

/**
 * Names of the phone column in English, Chinese, Spanish, Portuguese, French, German, Italian, Russian, Arabic and
 * Japanese, with some of Korean, Turkish, Polish, Dutch, Indonesian and Vietnamese; as `foldName` returns them.
 */
const MOBILE_NAMES = setOf(
  'mobile mobiles mobilenumber mobilenumbers mobileno mobilenum mobilephone mobilephones mobilephonenumber mobilephoneno',
  'cell cells cellnumber cellno cellphone cellphones cellphonenumber cellular cellularphone handphone handphonenumber',
  '手机 手机号 手机号码 手机电话 移动电话 移动电话号码 联系手机 手機 手機號 手機號碼 行動電話 行動電話號碼 移動電話 手提電話',
  'celular celulares numerocelular numerodecelular telefonocelular telefonecelular movil moviles telefonomovil numeromovil',
  'telemovel telemoveis portable telephoneportable numeroportable telportable mobil mobiltelefon mobilnummer mobilfunk',
  'mobilfunknummer handy handynummer handynr mobilnr cellulare cellulari telefonocellulare numerocellulare telefonino',
  'мобильный мобильныйтелефон мобильныи мобильныителефон сотовый сотовыи сотовыйтелефон сотовыителефон мобильныйномер',
  'الجوال جوال رقمالجوال الموبايل موبايل رقمالموبايل المحمول رقمالمحمول الهاتفالمحمول',
  '携帯 携帯電話 携帯番号 携帯電話番号 휴대폰 휴대폰번호 휴대전화 핸드폰 핸드폰번호 ceptelefonu cep gsm gsmno',
  'komorka telefonkomorkowy mobiel mobielnummer nohp hp nomorhp ponsel didong sodidong dienthoaididong',
);
const PHONE_NAMES = setOf(
  'phone phones phonenumber phonenumbers phoneno phonenum phonenr phone1 phoneprimary primaryphone tel tels telno telnumber',
  'telephone telephones telephonenumber telephoneno msisdn msisdns contactnumber contactno recipient recipients',
  'recipientnumber recipientphone whatsapp whatsappnumber whatsappno smsnumber smsphone',
  '电话 电话号 电话号码 联系电话 联系方式 联系号码 收件号码 收件人号码 收件人电话 電話 電話號碼 聯絡電話 聯繫電話 聯絡方式',
  'telefono telefonos numerodetelefono numerotelefono numtelefono ntelefono telefone telefones numerodetelefone fone',
  'numerodotelefone telephonenumero numerodetelephone numerotelephone notelephone notel telefon telefonnummer telefonnr',
  'rufnummer telnr fonnummer numeroditelefono recapitotelefonico',
  'телефон телефоны номертелефона тел контактныйтелефон контактныителефон',
  'الهاتف هاتف رقمالهاتف هاتفي رقمالتلفون تلفون التلفون رقمالاتصال',
  '電話番号 電話番號 連絡先 連絡先電話番号 전화 전화번호 연락처 telefonnumarasi telefonno numertelefonu telefoonnummer telefoon',
  'notelp notelepon nomortelepon telepon sodienthoai dienthoai sdt',
);
/**
 * The column for corrected numbers in our own files of rejected rows. Those files also have the columns of the original
 * list with the old numbers: the corrected ones always win.
 */
const MENDED_NAMES = new Set(['phonenumbermendhere', '手机号在此更正']);

/** Words that tell something else of a phone than its number: `Phone Model`, `Phone 1 - Label`. Beginnings of words. */
const DESCRIPTIONS =
  /^(?:model|label|type|typ$|tipo|carrier|operator|brand|status|country|plan$|provider|os$|ext$|extension|id$|ids$|imei|consent|optin|optout|accepts)/;
const DESCRIPTION_PARTS = /型号|型號|品牌|机型|機型|归属地|運營商|运营商/;
/** Beginnings of words that mean a phone, beside other words: `Customer mobile (WhatsApp)`, `Sales Rep Cell`. */
const PHONE_WORDS =
  /^(?:phone|mobile|mobil|cell|msisdn|tel$|tels$|telno|telephon|telefon|telemo|celular|movil|portable|handy|cellular|whatsapp|fone|тел|мобил|сотов)/;
/** The same in languages that write no blanks between words, and in names that are written as one word. */
const PHONE_PARTS = /手机|手機|电话|電話|携帯|휴대|전화|핸드폰|هاتف|جوال|موبايل|phone|mobile/;
/** What has digits and is surely no phone. Beginnings of words. */
const OTHER_WORDS =
  /^(?:order|ordre|orden|pedido|bestell|ordine|заказ|account|acct|konto|cuenta|compte|conta$|conto|счет|customer|client|kunde|uid|userid|guid|uuid|invoice|factur|rechnung|fattura|fax|zip|postcode|postal|plz|hotel|telegram|iban|siret|siren|passport|ssn|vat|tax|date|datum|fecha|data$|дата|birth|age$|amount|price|total|qty|quantity|sku|ean|barcode|tracking|ticket|serial|ref$|reference)/;
const OTHER_PARTS =
  /qq|微信|身份证|身分證|订单|訂單|邮编|郵遞|编号|編號|账号|帳號|帐号|账户|卡号|卡號|传真|傳真|日期|金额|数量|运单|運單|快递单|发票|税号|护照|車牌|车牌|注文|口座|郵便|会員番号|顧客番号|ファックス|주문|hotel|telegram|فاكس|طلب|حساب/;

/**
 * How clearly a heading names the phone column: `mended` in our own files; `mobile` and `exact` say mobile or phone and
 * nothing else; `hint` says it beside other words; `other` names something else that has digits.
 */
export type NameRank = 'mended' | 'mobile' | 'exact' | 'hint' | 'none' | 'other';

/** How clearly a header names the phone column. */
export function rankName(header: string): NameRank {
  const name = foldName(header);
  if (name === '') return 'none';
  if (MENDED_NAMES.has(name)) return 'mended';
  if (MOBILE_NAMES.has(name)) return 'mobile';
  if (PHONE_NAMES.has(name)) return 'exact';
  const words = wordsOf(header);
  const has = (part: RegExp, word: RegExp) => part.test(name) || words.some((one) => word.test(one));
  if (has(DESCRIPTION_PARTS, DESCRIPTIONS)) return 'other';
  if (/^(?:hotel|telegram)/.test(name)) return 'other';
  if (has(PHONE_PARTS, PHONE_WORDS)) return 'hint';
  return has(OTHER_PARTS, OTHER_WORDS) ? 'other' : 'none';
}

function setOf(...names: string[]): ReadonlySet<string> {
  return new Set(names.flatMap((line) => line.split(' ')).map(foldName));
}
