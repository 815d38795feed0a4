import type { Counts } from '../../../batches/batch';
import type { Words } from '../../../words/en';
import { fields } from '../block-kit';
import { deliveryBar } from './text-bar';

const SHOWN = ['delivered', 'sending', 'failed', 'unknown', 'waiting'] as const;

/** Each count with its share, in two columns. */
export function countFields(words: Words, counts: Counts) {
  const { number } = words.format;
  const total = `*${words.counts.total}*\n${number(counts.total)}`;
  const states = counts.cancelled > 0 ? [...SHOWN, 'cancelled' as const] : SHOWN;
  return fields([
    total,
    ...states.map((state) => `*${words.counts[state]}*\n${countAndShare(words, counts, state)}`),
  ]);
}

/** All counts above zero in one line, for notifications and screen readers. */
export function countsInWords(words: Words, counts: Counts): string {
  const states = [...SHOWN, 'cancelled' as const].filter((state) => counts[state] > 0);
  return states.map((state) => `${words.counts[state]} ${countAndShare(words, counts, state)}`).join(' · ');
}

/** The bar, and the share of delivered texts. */
export function barLine(words: Words, counts: Counts): string {
  const percent = words.format.percent(counts.delivered, counts.total);
  return `\`${deliveryBar(counts)}\` ${words.statusMessage.bar(percent)}`;
}

function countAndShare(words: Words, counts: Counts, state: keyof Counts): string {
  const { number, percent } = words.format;
  return `${number(counts[state])} (${percent(counts[state], counts.total)})`;
}
