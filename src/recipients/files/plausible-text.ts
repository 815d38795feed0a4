import type { Encoding } from '../recipient';
import { ALPHABETS, FREQUENT, USUAL_BYTES } from './frequent-characters';

/** All costs are in bits: one more means half as likely. */
const COST = { ascii: 6, frequentLetter: 3.2, perRank: 0.15, capital: 0.5, usual: 13, rare: 17, never: 24 };
/** What hardly a text has, over and above the letter itself. */
const FAULT = { capitalInWord: 7, twoAccents: 3, mixedScripts: 6, besideDigit: 6, alone: 4 };
const SIGN = { blank: 6, apostrophe: 8, ordinal: 7, mark: 9, other: 13, insideWord: 16 };
/** The frequent characters of East Asia share half of the text. */
const FREQUENT_SHARE = 0.5;

const LETTER = /[\p{L}\p{M}]/u;
const LATIN = /\p{Script=Latin}/u;
const UPPER = /\p{Lu}/u;
const LOWER = /\p{Ll}/u;
const DIGIT = /\d/;
const ORDINAL = /[ªº°]/;
const BEFORE_ORDINAL = /[\dnNtTaAoO.]/;
const MARK = /[¡¿«»·–—‘-„•…€£©®№،؛؟、。！-～　「」『』（）【】・]/;
const NEVER = /[\p{Cc}\p{Cn}\p{Co}\ufffd]/u;

const LINE_BREAK = 10;

type Costs = ReadonlyMap<string, number>;

const costsByEncoding = new Map<Encoding, Costs[]>();

/**
 * How unlikely these bytes are as text of a list in an encoding, in bits; the least unlikely encoding is the true one.
 * Letters and characters count by how frequent they are in the languages of the encoding; capitals within words, accents
 * side by side, scripts mixed in a word and signs within words count against it.
 */
export function costOf(bytes: Uint8Array, encoding: Encoding): number {
  const text = new TextDecoder(encoding).decode(bytes, { stream: true });
  const languages = costsByEncoding.get(encoding) ?? listCosts(encoding);
  costsByEncoding.set(encoding, languages);
  return Math.min(...languages.map((known) => costOfText(text, known)));
}

function costOfText(text: string, known: Costs): number {
  let cost = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    if (character <= '\x7f') cost += COST.ascii;
    else cost += costOfCharacter(character, text[at - 1] ?? ' ', text[at + 1] ?? ' ', known);
  }
  return cost;
}

function costOfCharacter(character: string, before: string, after: string, known: Costs): number {
  if (NEVER.test(character)) return COST.never;
  if (ORDINAL.test(character) || !LETTER.test(character)) return costOfSign(character, before, after);
  const cost = known.get(character) ?? COST.rare;
  return isCased(character) ? cost + faultsOf(character, before, after) : cost;
}

/** Scripts whose words are divided by blanks; East Asian characters stand anywhere. */
const isCased = (character: string) => character < '\u3000';

function faultsOf(character: string, before: string, after: string): number {
  let cost = 0;
  const isAlone = !LETTER.test(before) && !LETTER.test(after);
  if (isCapitalInWord(before, character) || isCapitalInWord(character, after)) cost += FAULT.capitalInWord;
  if (DIGIT.test(before) || DIGIT.test(after)) cost += FAULT.besideDigit;
  else if (isAlone) cost += FAULT.alone;
  if (LATIN.test(character)) return before > '\x7f' && LETTER.test(before) ? cost + FAULT.twoAccents : cost;
  return LATIN.test(before) || LATIN.test(after) ? cost + FAULT.mixedScripts : cost;
}

const isCapitalInWord = (before: string, character: string) => LOWER.test(before) && UPPER.test(character);

function costOfSign(character: string, before: string, after: string): number {
  if (character === '\u00a0') return SIGN.blank;
  if (ORDINAL.test(character) && BEFORE_ORDINAL.test(before)) return SIGN.ordinal;
  const isInside = LETTER.test(before) && LETTER.test(after) && isCased(before) && isCased(after);
  if (isInside) return character === '\u2019' ? SIGN.apostrophe : SIGN.insideWord;
  return MARK.test(character) ? SIGN.mark : SIGN.other;
}

/** Of each character that is known, in each language of the encoding. */
function listCosts(encoding: Encoding): Costs[] {
  const characters = new Map<string, number>();
  for (const character of usualCharacters(encoding)) characters.set(character, COST.usual);
  const frequent = new Set(FREQUENT[encoding] ?? '');
  for (const character of frequent) characters.set(character, Math.log2(frequent.size / FREQUENT_SHARE));
  return (ALPHABETS[encoding] ?? ['']).map((alphabet) => new Map([...characters, ...listLetters(alphabet)]));
}

function listLetters(alphabet: string): Costs {
  const letters = new Map<string, number>();
  for (const [rank, letter] of [...alphabet].entries()) {
    const cost = COST.frequentLetter + rank * COST.perRank;
    const capital = letter.toUpperCase();
    if (capital.length === 1) letters.set(capital, cost + COST.capital);
    letters.set(letter, cost);
  }
  return letters;
}

/** Those that the encoding keeps together because they are in use. */
function usualCharacters(encoding: Encoding): string[] {
  const range = USUAL_BYTES[encoding];
  if (!range) return [];
  const [firstFrom, firstTo, secondFrom, secondTo] = range;
  const bytes: number[] = [];
  for (let first = firstFrom; first <= firstTo; first += 1) {
    for (let second = secondFrom; second <= secondTo; second += 1) bytes.push(first, second, LINE_BREAK);
  }
  const text = new TextDecoder(encoding).decode(Uint8Array.from(bytes));
  return text.split('\n').filter((character) => character.length === 1 && character > '\x7f');
}
