import { cleanReason } from '../providers/clean-reason';
import type { Explanation } from '../providers/provider-vocabulary';
import type { Words } from './en';

/** Why one text failed, shorter and as plain text: for a cell, or for a line in a list. */
export function failureInWords(words: Words, reason: string | null): string {
  const code = cleanReason(reason) ?? '';
  return explainFailureCode(words, code) ?? explainRefusal(words, code)?.what ?? code;
}

/** A code that all providers share, or one of a provider's own. */
export function explainRefusal(words: Words, code: string): Explanation | undefined {
  const own = Object.values(words.providers).map(({ refusals }) => findEntry(refusals, code));
  return findEntry(words.reasons.provider, code) ?? own.find((one) => one !== undefined);
}

export function explainFailureCode(words: Words, code: string): string | undefined {
  const { failure: shared } = words.reasons;
  const own = Object.values(words.providers).map(({ failures }) => findEntry(failures, code));
  return (
    findEntry(shared, code.toUpperCase()) ?? findEntry(shared, code) ?? own.find((one) => one !== undefined)
  );
}

/** The key comes from the provider: `constructor` must find nothing. */
export function findEntry<T>(table: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
