import type { BatchReason } from '../../batches/batch';
import { inline } from '../escape';
import type { Words } from '../words/en';

/** Why a batch is paused or failed, and what to do next. mrkdwn. */
export function explainReason(words: Words, reason: BatchReason): string {
  const { reasons } = words;
  const code = codeIn(reason.detail);
  const { what, next } = reasons.provider[code] ?? reasons.batch[reason.code] ?? reasons.other;
  return [`*${what}*`, detailInWords(words, reason.detail), next].filter(Boolean).join(' ');
}

/** `spreadsheet: list.csv` in words; what the provider itself wrote, as it stands. */
function detailInWords(words: Words, detail: string | null): string {
  if (!detail) return '';
  const inWords = words.reasons.file[codeIn(detail)];
  return inWords
    ? `${inline(detail.slice(detail.indexOf(':') + 1))}: ${inWords}`
    : `(${inline(detail, 300)})`;
}

/** Why the provider could not be asked. `error` is a ChannelError's code and fault. */
export function explainChannelError(words: Words, error: { code: string; fault: string }): string {
  const { provider, providerBusy, batch, other } = words.reasons;
  const { what, next } =
    provider[error.code] ?? (error.fault === 'busy' ? providerBusy : batch[error.fault]) ?? other;
  return words.reasons.together(what, next);
}

/** Why one message failed: in words where the stored reason is a code, else as the provider wrote it. mrkdwn. */
export function explainFailure(words: Words, reason: string | null): string {
  return inline(failureInWords(words, reason));
}

/** The same as plain text. */
export function failureInWords(words: Words, reason: string | null): string {
  const code = reason?.trim() ?? '';
  return words.reasons.failure[code] ?? words.reasons.provider[code]?.what ?? code;
}

/** The code at the head of `-10 insufficient balance` or `http_429`. */
function codeIn(detail: string | null): string {
  return /^(-?\d+|[a-z][a-z0-9_]*)/.exec(detail ?? '')?.[0] ?? '';
}
