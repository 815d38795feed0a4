import type { Difference } from '../../../batches/reconciling/compare-records';
import { maskNumber } from '../../../recipients/mask-number';
import type { Words } from '../../../words/en';
import { context, header, type Message, section } from '../block-kit';
import { inline } from '../escape';

/** Examples of each kind of difference in the message. */
export const SHOWN_EACH = 10;
/** Longer than the provider's ids are; six kinds of ten differences must fit into one message. */
const MOST_ID_CHARACTERS = 40;

export interface Found {
  /** Days at the beginning of the range of which the provider keeps no records, and how many days it does. */
  leftOutDays: number;
  keepsRecordsDays: number;
  hasDays: boolean;
  counts: Record<Difference['kind'], number>;
  /** The first `SHOWN_EACH` of each kind. */
  first: Difference[];
}

/** How far the provider's records and ours differ, with the first examples, masked. */
export function comparisonAnswer(words: Words, range: { from: string; to: string }, found: Found): Message {
  const { comparison } = words;
  const title = comparison.title(range.from, range.to);
  const kinds = (Object.keys(found.counts) as Difference['kind'][]).filter((kind) => found.counts[kind] > 0);
  const leftOut =
    found.leftOutDays > 0 ? [context(comparison.leftOut(found.leftOutDays, found.keepsRecordsDays))] : [];
  if (kinds.length === 0) {
    const nothing = found.hasDays ? comparison.none : comparison.noDays;
    return { text: `${title}: ${nothing}`, blocks: [header(title), section(nothing), ...leftOut] };
  }
  const parts = kinds.map((kind) => `${comparison.kinds[kind]} – ${words.format.number(found.counts[kind])}`);
  const sections = kinds.map((kind, index) => {
    const lines = found.first.filter((one) => one.kind === kind).map((one) => lineOf(words, one));
    const rest = found.counts[kind] - lines.length;
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
