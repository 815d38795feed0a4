import type { SentText } from '../../../batches/views/find-texts';
import { maskNumber } from '../../../recipients/numbers/mask-number';
import type { Reader } from '../../../words/words-for';
import { context, header, type SlackMessage, section, sections } from '../block-kit';
import { inline } from '../escape';
import { explainFailure } from '../parts/explain-reason';
import { slackTime } from '../parts/slack-time';

/**
 * Every text to one number, newest first. The number is masked, since a message stays on the screen for long.
 */
export function foundTextsMessage(
  reader: Reader,
  number: string,
  { texts, total, hiddenBatches }: { texts: SentText[]; total: number; hiddenBatches: number },
): SlackMessage {
  const { find } = reader.words;
  const title = find.title(maskNumber(number), total);
  const hidden = hiddenBatches > 0 ? [context(find.hidden(hiddenBatches))] : [];
  if (total === 0) {
    // "No text has been sent" would not be true.
    const nothing = hiddenBatches > 0 ? find.nothingReadable(maskNumber(number)) : title;
    return { text: nothing, blocks: [section(nothing), ...hidden] };
  }
  const lines = takeFitting(texts.map((text) => lineOf(reader, text)));
  const rest = total - lines.length;
  return {
    text: title,
    blocks: [header(title), ...sections(lines), ...(rest > 0 ? [context(find.more(rest))] : []), ...hidden],
  };
}

/** Slack refuses a message with more than about 13,200 characters of text (bolt-js issue 2509). */
const MOST_CHARACTERS = 12_000;

function takeFitting(lines: string[]): string[] {
  let characters = 0;
  return lines.filter((line) => {
    characters += line.length + 1;
    return characters <= MOST_CHARACTERS;
  });
}

function lineOf(reader: Reader, text: SentText): string {
  const { words } = reader;
  const failed = text.status === 'failed' ? [explainFailure(words, text.failureReason)] : [];
  const outcome = [`*${words.recipientStatus[text.status]}*`, ...failed, slackTime(reader, text.changedAt)];
  const origin = words.find.from(text.batchId, `<@${text.externalId}>`, slackTime(reader, text.startedAt));
  const sendAttempt = text.attempt > 1 ? [words.find.sendAttempt(text.attempt)] : [];
  const quoted = `_${inline(text.content, 80).replaceAll('_', ' ')}_`;
  return `• ${[...outcome, ...sendAttempt].join(' · ')}\n    ${origin} · ${quoted}`;
}
