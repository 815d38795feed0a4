/** Words before a number that say what it is. `Fax` is none of them: nobody reads an SMS there. */
const WORDS = new Set(
  `tel telephone phone ph mobile mobil mob cell cellphone cellular sms whatsapp wa callto contact msisdn gsm
   home work office privat casa trabajo domicile bureau
   telefono movil celular cel tlf tlfn telf tfno cellulare telefone telemovel tlm fone
   portable port telefon handy mobiltelefon mobilnummer handynummer telefonnummer rufnummer
   телефон тел мобильныи моб сотовыи сот
   هاتف الهاتف جوال الجوال موبايل محمول المحمول تلفون
   电话 電話 手机 手機 电话号码 電話號碼 手机号 手機號 手机号码 手機號碼 联系电话 聯絡電話 移动电话 行動電話
   電話番号 携帯 携帯電話 携帯番号 携帯電話番号 전화 전화번호 휴대폰 휴대전화 핸드폰`.split(/\s+/),
);
/** Words that stand beside one of the above: `Phone number`. */
const COMPANIONS = new Set('number num no nr numero номер رقم 号码 號碼 番号'.split(' '));
const MAX_WORDS = 3;
/** `p:+12025550123` is how lead exports write it. `l:`, `f:` and `c:` are ids there. */
const LETTER = /^[ptm]\s?:\s{0,5}/i;
const LEADING_WORD = /^[\p{L}\p{M}]{2,24}/u;
const AFTER_WORD = /^[\s.:#=/-]{0,8}/;
const ACCENT = /\p{Mn}/gu;

/** The text without `Tel.`, `Mobile phone:`, `手机:` or `p:` before it, or as it is. */
export function takeOffLabel(text: string): string {
  const behindLetter = text.replace(LETTER, '');
  if (behindLetter !== text) return behindLetter;
  let rest = text;
  let isLabelled = false;
  for (let i = 0; i < MAX_WORDS; i += 1) {
    const word = LEADING_WORD.exec(rest)?.[0];
    if (word === undefined) break;
    const folded = word.normalize('NFKD').replace(ACCENT, '').normalize('NFKC').toLowerCase();
    const isLabel = WORDS.has(folded);
    if (!isLabel && !COMPANIONS.has(folded)) return text;
    isLabelled ||= isLabel;
    rest = rest.slice(word.length).replace(AFTER_WORD, '');
  }
  return isLabelled ? rest : text;
}
