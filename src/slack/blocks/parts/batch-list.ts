import type { BatchCounts } from '../../../batches/batch';
import type { Words } from '../../../words/en';
import type { Reader } from '../../../words/words-for';
import { type Block, button, context, section } from '../block-kit';
import { clip, inline } from '../escape';
import { ACTIONS } from '../ids';
import { barLine } from './counts';
import { messageUrl } from './message-url';
import type { SeenShownBatch, ShownBatch } from './shown-batch';
import { slackTime } from './slack-time';

/**
 * A block for each batch, with its bar, a link and a button; for a batch that the reader may not read, its counts alone.
 * `workspaceUrl` ends with a slash.
 */
export function batchList(reader: Reader, batches: SeenShownBatch[], workspaceUrl: string): Block[] {
  const { words } = reader;
  const blocks = batches.map((batch): Block => {
    if (batch.sight === 'counts')
      return section([titleOf(words, batch), barLine(words, batch.counts), timeOf(reader, batch)].join('\n'));
    return {
      ...section(batchLine(reader, batch, workspaceUrl)),
      accessory: button(words.statusMessage.details, ACTIONS.details, { value: batch.id }),
    };
  });
  const hasCountsAlone = batches.some(({ sight }) => sight === 'counts');
  return hasCountsAlone ? [...blocks, context(words.statusMessage.countsOnlyInList)] : blocks;
}

function batchLine(reader: Reader, batch: ShownBatch, workspaceUrl: string): string {
  const { words } = reader;
  return [
    linkTo(words, batch, workspaceUrl, titleOf(words, batch)),
    barLine(words, batch.counts),
    `<@${batch.sender.externalId}> · ${timeOf(reader, batch)}`,
    `_${inline(clip(batch.content, 80)).replaceAll('_', ' ')}_`,
  ].join('\n');
}

const titleOf = (words: Words, { id, status, counts }: BatchCounts) =>
  `*${id}* · ${words.batchStatus[status]} · ${words.counts.total} ${words.format.number(counts.total)}`;

const timeOf = (reader: Reader, { createdAt }: BatchCounts) => slackTime(reader, createdAt);

function linkTo(words: Words, batch: ShownBatch, workspaceUrl: string, title: string): string {
  if (!batch.channelId || !batch.messageTs) return title;
  const url = messageUrl(workspaceUrl, batch.channelId, batch.messageTs);
  return `${title} · <${url}|${words.statusMessage.open}>`;
}
