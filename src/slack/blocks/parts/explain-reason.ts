import type { BatchReason } from '../../../batches/batch';
import { cleanReason } from '../../../providers/clean-reason';
import { BOUND_OF } from '../../../recipients/bounds';
import type { Words } from '../../../words/en';
import { explainFailureCode, explainRefusal, findEntry } from '../../../words/explain-codes';
import { inline } from '../escape';

/** Why a batch is paused or failed, and what to do next. mrkdwn. */
export function explainReason(words: Words, reason: BatchReason): string {
  const { reasons } = words;
  const code = codeIn(reason.detail);
  const { what, next } =
    explainRefusal(words, code) ?? findEntry(reasons.batch, reason.code) ?? reasons.other;
  return [`*${what}*`, detailInWords(words, reason.detail), next].filter(Boolean).join(' ');
}

/** `too_many_columns 1 60000: list.csv`: the line and how much is there, before the name of the file. */
const BEYOND_BOUND = /^([a-z_]+) (\d+) (\d+):/;

/** `spreadsheet: list.csv` in words; what the provider wrote, as it is. */
function detailInWords(words: Words, detail: string | null): string {
  if (!detail) return '';
  const inWords = beyondBoundInWords(words, detail) ?? findEntry(words.reasons.file, codeIn(detail));
  return inWords
    ? `${inline(detail.slice(detail.indexOf(':') + 1))}: ${inWords}`
    : `(${inline(cleanReason(detail) ?? '', 300)})`;
}

function beyondBoundInWords(words: Words, detail: string): string | undefined {
  const [, code = '', ...place] = BEYOND_BOUND.exec(detail) ?? [];
  const most = findEntry<number>(BOUND_OF, code);
  const [line = '', count = '', bound = ''] = [...place, most].map((one) => words.format.number(Number(one)));
  return findEntry(words.reasons.beyondBound, code)?.(line, count, bound);
}

/** Why the provider could not be asked, and what to do next. `error` is a ProviderError. mrkdwn. */
export function explainProviderError(words: Words, error: { code: string; fault: string }): string {
  const { providerBusy, batch, other } = words.reasons;
  const { what, next } =
    explainRefusal(words, error.code) ??
    (error.fault === 'busy' || error.fault === 'too_often' ? providerBusy : findEntry(batch, error.fault)) ??
    other;
  return words.reasons.whatAndNext(what, next);
}

/** The same by the code alone, as it is stored. Empty where there is none. mrkdwn. */
export function explainUnanswered(words: Words, code: string | null): string {
  return code === null ? '' : explainProviderError(words, { code, fault: 'busy' });
}

/** Far longer than our own reasons. A longer text of the provider is cut. */
const REASON_SHOWN = 240;

/** Why one text failed, and what to do next. A code that we do not know is shown as it is. mrkdwn. */
export function explainFailure(words: Words, reason: string | null): string {
  const code = cleanReason(reason) ?? '';
  const known = explainFailureCode(words, code);
  const explained = explainRefusal(words, code);
  return inline(
    known ?? (explained ? words.reasons.whatAndNext(explained.what, explained.next) : code),
    REASON_SHOWN,
  );
}

/** One line for each reason, most frequent first. Reasons with the same text become one line. mrkdwn. */
export function reasonLines(words: Words, reasons: { reason: string; count: number }[]): string[] {
  const counts = new Map<string, number>();
  for (const { reason, count } of reasons) {
    const shown = explainFailure(words, reason);
    counts.set(shown, (counts.get(shown) ?? 0) + count);
  }
  const inOrder = [...counts].sort(([, a], [, b]) => b - a);
  return inOrder.map(([shown, count]) => `• *${words.format.number(count)}* · ${shown}`);
}

/** The code at the start of `-10 insufficient balance` or `http_429`; empty if there is none. */
function codeIn(detail: string | null): string {
  return /^(-?\d+|[a-z][a-z0-9_]*)/.exec(detail ?? '')?.[0] ?? '';
}
