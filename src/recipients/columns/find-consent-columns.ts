import type { Row } from '../files/split-records';
import { isAnswer } from './consent-answers';
import { consentMeaning, isAboutMessages } from './consent-words';

/** The share of filled cells that must be answers where the name alone does not tell. */
const ANSWERED_SHARE = 0.8;

/**
 * The columns that tell who wants messages: by name, as `Opt-out`, or by name and cells, as `SMS Marketing` with yes and
 * no.
 */
export function findConsentColumns(names: (string | null)[], rows: Row[]): number[] {
  return names.flatMap((name, index) => {
    if (name === null) return [];
    const isOne = consentMeaning(name) !== null || (isAboutMessages(name) && isMostlyAnswers(rows, index));
    return isOne ? [index] : [];
  });
}

function isMostlyAnswers(rows: Row[], index: number): boolean {
  const cells = rows.map(({ cells: all }) => (all[index] ?? '').trim()).filter(Boolean);
  return cells.length > 0 && cells.filter(isAnswer).length >= cells.length * ANSWERED_SHARE;
}
