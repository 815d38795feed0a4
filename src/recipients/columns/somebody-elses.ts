import { foldWords } from './heading-words';

/**
 * How words begin in the name of a phone column that say whose phone it is: somebody else's than the recipient's, or
 * their second one. English, Chinese, Spanish, Portuguese, French, German, Italian, Russian, Arabic, Japanese.
 */
const BEGINNINGS = [
  'emergency urgent 紧急 緊急 emergencia emergência urgence notfall emergenza экстренн طوارئ',
  'sales agent manager assistant 销售 經理 经理 客服 助理 vendedor vertrieb vendeur venditore менеджер مندوب 担当',
  'work office business company 办公 公司 單位 单位 trabajo oficina trabalho bureau travail büro geschäft lavoro рабочий عمل 会社 勤務先',
  'home 家庭 住宅 宅电 casa domicile privat домашний منزل 自宅',
  'second alternat backup other 备用 備用 其他 第二 secundari segundo autre zweit altro другой دوم 予備',
]
  .join(' ')
  .split(' ')
  .map((beginning) => foldWords(beginning).join(''));

const LATIN = /^[a-z]/;

/** Whether a column's name says that its phones are not the ones that the plainly named column has. */
export function isSomebodyElses(name: string): boolean {
  const words = foldWords(name);
  return BEGINNINGS.some((beginning) => words.some((word) => isIn(word, beginning)));
}

/** `Mother Mobile` is no other mobile. Other scripts write articles and whole headings as one word. */
function isIn(word: string, beginning: string): boolean {
  return LATIN.test(beginning) ? word.startsWith(beginning) : word.includes(beginning);
}
