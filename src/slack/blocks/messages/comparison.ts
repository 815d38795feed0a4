import type { Difference } from '../../../batches/reconciling/compare-records';
import { maskNumber } from '../../../recipients/numbers/mask-number';
import type { Words } from '../../../words/en';
import { context, header, type SlackMessage, section } from '../block-kit';
import { inline } from '../escape';

/** The most examples of each kind of difference that the message shows. */
export const SHOWN_EACH = 10;
/** Longer than the provider's ids. Six kinds with ten differences each must fit into one message. */
const MOST_ID_CHARACTERS = 40;

export interface ComparisonResult {
  /** How many days at the start of the range are older than the provider's records. */
  leftOutDays: number;
  /** For how many days the provider keeps records. */
  keepsRecordsDays: number;
  /** False: there was no day to compare. */
  hasDays: boolean;
  counts: Record<Difference['kind'], number>;
  /** The first `SHOWN_EACH` of each kind. */
  first: Difference[];
}

/**
 * How the provider's records and ours differ: a count of each kind, and the first examples with masked
 * numbers.
 */
export function comparisonMessage(
  words: Words,
  range: { from: string; to: string },
  result: ComparisonResult,
): SlackMessage {
  const { comparison } = words;
  const title = comparison.title(range.from, range.to);
  const kinds = (Object.keys(result.counts) as Difference['kind'][]).filter(
    (kind) => result.counts[kind] > 0,
  );
  const leftOut =
    result.leftOutDays > 0 ? [context(comparison.leftOut(result.leftOutDays, result.keepsRecordsDays))] : [];
  if (kinds.length === 0) {
    const nothing = result.hasDays ? comparison.none : comparison.noDays;
    return { text: `${title}: ${nothing}`, blocks: [header(title), section(nothing), ...leftOut] };
  }
  const parts = kinds.map(
    (kind) => `${comparison.kinds[kind]} – ${words.format.number(result.counts[kind])}`,
  );
  const sections = kinds.map((kind, index) => {
    const lines = result.first.filter((one) => one.kind === kind).map((one) => lineOf(words, one));
    const rest = result.counts[kind] - lines.length;
    const more = rest > 0 ? [comparison.more(rest)] : [];
    return section([`*${parts[index]}*`, ...lines, ...more].join('\n'));
  });
  return { text: `${title}: ${parts.join(' · ')}`, blocks: [header(title), ...sections, ...leftOut] };
}

function lineOf(words: Words, { number, batchId, ours, theirs, messageId }: Difference): string {
  const { comparison } = words;
  const parts = [
    ...(number ? [`\`${maskNumber(number)}\``] : []),
    ...(batchId ? [comparison.batch(batchId)] : []),
    ...(ours ? [comparison.weSay(words.recipientStatus[ours])] : []),
    ...(theirs ? [comparison.theySay(comparison.theirs[theirs])] : []),
    `\`${inline(messageId, MOST_ID_CHARACTERS)}\``,
  ];
  return `• ${parts.join(' · ')}`;
}
