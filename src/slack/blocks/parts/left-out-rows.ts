import type { RejectedRowDetail, RejectGroup } from '../../../batches/batch';
import type { Words } from '../../../words/en';
import { clip, inline } from '../escape';

/** Slack refuses a section of more than 3000 characters; the rest is for the text around this one. */
const LIMIT = 2_800;

/** Why rows were left out: one line for each reason, with its first rows. mrkdwn. */
export function leftOutInWords(words: Words, groups: RejectGroup[]): string {
  return clip(groups.map((group) => groupInWords(words, group)).join('\n'), LIMIT);
}

function groupInWords(words: Words, group: RejectGroup): string {
  const { number } = words.format;
  const examples = group.examples.map((example) => exampleInWords(words, example));
  const rest = group.count - examples.length;
  if (rest > 0) examples.push(words.review.more(rest));
  return `• ${words.reasons.reject[group.code]} – ${number(group.count)}: ${words.review.examples(examples)}`;
}

/** Where the row is in the list, with a note if there is one. mrkdwn. */
export function exampleInWords(words: Words, example: RejectedRowDetail): string {
  const { review } = words;
  const row = example.sourceName
    ? review.sourceLine(inline(example.sourceName, 40), example.line)
    : review.line(example.line);
  const note = noteOn(words, example);
  return note ? words.review.withNote(row, note) : row;
}

function noteOn(words: Words, { reason, elsewhere }: RejectedRowDetail): string | null {
  const { review, reasons } = words;
  if (reason.code === 'duplicate') {
    const { line } = reason.of;
    return reasons.sameAs(elsewhere ? review.sourceLine(inline(elsewhere, 40), line) : review.line(line));
  }
  if ('country' in reason && reason.country) {
    return reasons.rejectForCountry(words.format.country(reason.country));
  }
  return null;
}
