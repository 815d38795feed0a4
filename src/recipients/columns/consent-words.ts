import { foldName, wordsOf } from './fold-name';

/** What a yes in a column means: wants messages, or wants none. */
export type ConsentMeaning = 'consent' | 'opt_out';

/** Names of columns, as `foldName` returns them; a name that contains one counts. */
const OPT_OUT =
  /optout|optedout|unsubscri|donotcontact|donottext|donotsms|donotcall|donotmessage|donotdisturb|dnc|dnd$|blacklist|blocklist|suppress|stoplist|smsstop|退订|退訂|黑名单|黑名單|拒收|拒绝|拒絕|勿扰|不接收|desuscri|descadastr|dadodebaja|desinscri|desabonn|desinscrit|abgemeldet|abmeldung|widerspruch|disiscri|отписа|отказ|إلغاءالاشتراك|رفض|配信停止|退会|수신거부/;
const CONSENT =
  /optin|optedin|consent|subscribed|subscription|subscriber|acceptssms|acceptsmarketing|acceptssmsmarketing|smsmarketing|smsallowed|allowsms|maysend|agreestosms|receivesms|marketingpermission|smspermission|permission|同意|订阅|訂閱|是否接收|接收短信|允许|允許|aceptasms|aceptamarketing|consentimiento|consentimento|aceita|suscri|inscrito|consentement|accepte|abonne|einwilligung|zustimmung|einverstanden|newsletter|consenso|iscritto|согласие|подписан|موافقة|مشترك|同意|許可|수신동의/;
/** Columns about another way to reach people. */
const OTHER_CHANNEL = /^(?:email|e|mail|correo|courriel|post|letter|postal|push|邮件|邮箱|電郵|メール)/;
const ABOUT_SMS = /sms|text|mobile|phone|whatsapp|短信|簡訊|手机|手機/;

const MAX_CELL_CHARACTERS = 60;
/** A plain no, or a state in which people want messages: in a column of those who left, they did not. */
const NO = setOf(
  'no n non nein nao nee ne nie нет н لا いいえ なし 아니요 아니오 hayir tidak khong',
  'false f falso faux falsch 0 off unchecked na notapplicable 否 无 無 不 不是 没有 假 未退订 未退訂 未拒收',
);
const SUBSCRIBED = setOf('subscribed active optedin optin in 已订阅 订阅中 正常');
/** A state in which people want none. */
const LEFT = setOf(
  'unsubscribed notsubscribed nonsubscribed neversubscribed optedout optout out declined denied refused rejected revoked',
  'withdrawn inactive stop stopped 不同意 未同意 未订阅 不接收 退订 已退订 拒绝 已拒绝 拒收 已拒收 退訂 已退訂',
);

/** Whether a column is about who wants messages, by its name. Null for any other, and for those about e-mail only. */
export function consentMeaning(header: string): ConsentMeaning | null {
  const name = foldName(header);
  const isOfOther = wordsOf(header).some((word) => OTHER_CHANNEL.test(word)) && !ABOUT_SMS.test(name);
  if (name === '' || isOfOther) return null;
  if (OPT_OUT.test(name)) return 'opt_out';
  return CONSENT.test(name) ? 'consent' : null;
}

/**
 * Whether a cell of such a column says that this person wants no messages. A blank cell says nothing. In a column of
 * those who left, anything but a clear no is a yes: often it is the day on which they did.
 */
export function refuses(meaning: ConsentMeaning, cell: string): boolean {
  if (cell === '') return false;
  const text = foldName(cell.slice(0, MAX_CELL_CHARACTERS));
  if (text === '') return false;
  if (meaning === 'consent') return NO.has(text) || LEFT.has(text);
  return !NO.has(text) && !SUBSCRIBED.has(text);
}

function setOf(...words: string[]): ReadonlySet<string> {
  return new Set(words.flatMap((line) => line.split(' ')).map(foldName));
}
