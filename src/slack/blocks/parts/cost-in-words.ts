import type { BatchInsights, BatchSummary } from '../../../batches/batch';
import type { CostEstimate } from '../../../batches/costs/estimate-cost';
import type { Balance } from '../../../providers/sms-provider';
import type { Words } from '../../../words/en';
import { type Block, fields } from '../block-kit';
import { inline } from '../escape';

/** Sums by currency: `38.20 USD + 3.00 EUR`. Null if there are none. */
export function moneyInWords(words: Words, sums: { currency: string; cost: string }[]): string | null {
  if (sums.length === 0) return null;
  return sums.map(({ currency, cost }) => `${words.format.decimal(cost)} ${currency}`).join(' + ');
}

/**
 * The estimate: the median of what past batches were charged, the range if there is one, and what has no
 * price.
 */
export function estimateInWords(
  words: Words,
  { sums, unpriced }: Pick<CostEstimate, 'sums' | 'unpriced'>,
): string {
  const { review, format } = words;
  if (sums.length === 0) return review.costNotKnown;
  const shown = sums.map(({ currency, least, median, most }) =>
    least === most
      ? review.costAbout(`${format.decimal(median)} ${currency}`)
      : review.costBetween(
          `${format.decimal(median)} ${currency}`,
          format.decimal(least),
          format.decimal(most),
        ),
  );
  return [...shown, ...(unpriced > 0 ? [review.costWithout(unpriced)] : [])].join('\n');
}

/**
 * The cost of a batch beside the estimate of its review. While no cost is known, returns null; but for a
 * completed batch, once the provider has accepted any text of it, says that the cost is not known.
 */
export function costBlock(words: Words, { status }: BatchSummary, insights: BatchInsights): Block | null {
  const { cost, estimate, accepted } = insights;
  const isOver = status === 'completed';
  const money = moneyInWords(words, cost?.sums ?? []);
  const implausible = cost?.implausible ?? 0;
  if (!money && implausible === 0 && !(isOver && accepted)) return null;
  const { statusMessage } = words;
  const lines =
    cost && money
      ? [
          money,
          statusMessage.cost.known(cost.pricedTexts, Math.max(accepted ?? 0, cost.pricedTexts)),
          ...(cost.segmentsCharged > 0 ? [statusMessage.cost.segments(cost.segmentsCharged)] : []),
        ]
      : implausible > 0
        ? []
        : [statusMessage.cost.notKnown];
  if (implausible > 0) lines.push(words.implausibleCosts(implausible));
  const actual = [isOver ? statusMessage.cost.title : statusMessage.cost.soFar, ...lines].join('\n');
  return fields([actual, ...(estimate ? [estimateField(words, estimate)] : [])]);
}

function estimateField(words: Words, estimate: NonNullable<BatchInsights['estimate']>): string {
  const { cost } = words.statusMessage;
  const said = estimate.sums.length > 0 ? estimateInWords(words, estimate) : cost.noEstimate;
  return [cost.estimated(estimate.messages), said].join('\n');
}

/** What the provider wrote as its amounts, where one of them cannot be read for certain. mrkdwn. */
export function unreadableAmounts(words: Words, parts: Balance['parts']): string {
  return words.replies.balanceUnreadable(parts.map(({ written }) => `“${inline(written)}”`).join(' · '));
}
