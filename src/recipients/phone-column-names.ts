/** Headers that always mean the phone column, as `foldName` returns them. */
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
 * Headers of the column for corrected numbers in our own files of rejected rows. Those files also have the columns of
 * the original list with the old numbers: the corrected ones always win.
 */
const MENDED_NAMES = new Set(['phonenumbermendhere', '手机号在此更正']);
/** Headers that mention phones: `Customer mobile (WhatsApp)`, `家长手机`. */
const HINT = /phone|mobile|msisdn|cellnumber|^tel|tel(no|number)?$|手机|手機|电话|電話|号码|號碼/;
const NOT_A_HINT = /hotel|telegram|身份证|身分證|订单|訂單/;

export type NameRank = 'mended' | 'exact' | 'hint' | 'none';

/** How clearly a header names the phone column. */
export function rankName(header: string): NameRank {
  const name = foldName(header);
  if (MENDED_NAMES.has(name)) return 'mended';
  if (EXACT_NAMES.has(name)) return 'exact';
  return HINT.test(name) && !NOT_A_HINT.test(name) ? 'hint' : 'none';
}

/** Ignores full-width forms, case, blanks, underscores and punctuation: `Phone_Number:` becomes `phonenumber`. */
function foldName(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
