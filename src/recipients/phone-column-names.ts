/** Headers that mean the phone column and nothing else, as `foldName` leaves them. */
const EXACT_NAMES = new Set(
  [
    'phone phones phonenumber phonenumbers phoneno phonenum mobile mobiles mobilenumber mobilenumbers mobileno',
    'mobilephone mobilephonenumber number numbers tel telno telnumber telephone telephonenumber msisdn cell',
    'cellnumber cellphone cellphonenumber contactnumber contactphone recipient recipients recipientnumber',
    '手机 手机号 手机号码 电话 电话号 电话号码 号码 联系电话 联系手机 联系方式 移动电话 移动电话号码 收件号码',
    '手機 手機號 手機號碼 電話 電話號碼 號碼 聯絡電話 聯繫電話 行動電話 行動電話號碼 移動電話',
  ].flatMap((names) => names.split(' ')),
);
/**
 * Headers under which our own files of left-out rows hold the numbers that a person has mended. Beside them stand the
 * columns of the list, with the numbers as they were: whatever is in them, the mended ones are meant.
 */
const MENDED_NAMES = new Set(['phonenumbermendhere', '手机号在此更正']);
/** Headers that speak of phones: `Customer mobile (WhatsApp)`, `家长手机`. */
const HINT = /phone|mobile|msisdn|cellnumber|^tel|tel(no|number)?$|手机|手機|电话|電話|号码|號碼/;
const NOT_A_HINT = /hotel|telegram|身份证|身分證|订单|訂單/;

export type NameRank = 'mended' | 'exact' | 'hint' | 'none';

/** What a header's cell says about its column. */
export function rankName(header: string): NameRank {
  const name = foldName(header);
  if (MENDED_NAMES.has(name)) return 'mended';
  if (EXACT_NAMES.has(name)) return 'exact';
  return HINT.test(name) && !NOT_A_HINT.test(name) ? 'hint' : 'none';
}

/** Full-width forms, case, blanks, underscores and punctuation make no difference: `Phone_Number:` is `phonenumber`. */
function foldName(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
