import { headingWithoutCountry } from './country-in-heading';
import { foldWords, kindsOf } from './heading-words';
import { PHONE_WORDS } from './phone-words';

/**
 * The column for corrected numbers in our own files of rejected rows. Those files also have the columns of the original
 * list with the old numbers: the corrected ones always win.
 */
const MENDED_NAMES = new Set(['phonenumbermendhere', '手机号在此更正']);

/** Says nothing beside the word for a phone: `Mobile number`, `Recipient's phone`, `N° de téléphone`. */
const BESIDE_PHONE = new Set(['mobile', 'phone', 'recipient', '号码', 'plain']);

/**
 * `mended` in our own files; `mobile` and `exact` say mobile or phone and nothing else; `hint` says it beside other words
 * (`Customer Cell`), or may mean it (`号码`); `other` names what is no phone though it has digits (`Order no`,
 * `Phone type`); `none` says nothing of phones.
 */
export type NameRank = 'mended' | 'mobile' | 'exact' | 'hint' | 'none' | 'other';

/** Whether a header names a phone column, or may. */
export function isPhoneName(header: string): boolean {
  const rank = rankName(header);
  return rank !== 'none' && rank !== 'other';
}

/** How clearly a header names the phone column, by its first 200 characters. */
export function rankName(header: string): NameRank {
  // A list of numbers on one line has thousands of columns without a name.
  if (header === '') return 'none';
  if (MENDED_NAMES.has(foldWords(header).join(''))) return 'mended';
  const kinds = kindsOf(headingWithoutCountry(header), PHONE_WORDS);
  const has = (kind: (typeof kinds)[number]) => kinds.includes(kind);
  if (has('aspect')) return 'other';
  const isBare = kinds.every((kind) => kind !== null && BESIDE_PHONE.has(kind));
  if (has('mobile')) return isBare ? 'mobile' : 'hint';
  if (has('phone')) return isBare ? 'exact' : 'hint';
  if (has('landline')) return 'hint';
  if (has('recipient') && isBare) return 'exact';
  if (has('thing')) return 'other';
  return has('号码') ? 'hint' : 'none';
}
