import type { Words } from '../../../words/en';
import type { Reader } from '../../../words/words-for';
import { type Block, button, section } from '../block-kit';
import { clip, inline } from '../escape';
import { ACTIONS } from '../ids';
import { barLine } from './counts';
import { messageUrl } from './message-url';
import type { ShownBatch } from './shown-batch';
import { slackTime } from './slack-time';

/** A block for each batch, with its bar, a link and a button. `workspaceUrl` ends with a slash. */
export function batchList(reader: Reader, batches: ShownBatch[], workspaceUrl: string): Block[] {
  return batches.map((batch) => ({
    ...section(batchLine(reader, batch, workspaceUrl)),
    accessory: button(reader.words.statusMessage.details, ACTIONS.details, { value: batch.id }),
  }));
}

function batchLine(reader: Reader, batch: ShownBatch, workspaceUrl: string): string {
  const { words } = reader;
  const { counts } = batch;
  const title = `*${batch.id}* · ${words.batchStatus[batch.status]} · ${words.counts.total} ${words.format.number(counts.total)}`;
  const who = `<@${batch.sender.externalId}> · ${slackTime(reader, batch.createdAt)}`;
  return [
    linkTo(words, batch, workspaceUrl, title),
    barLine(words, counts),
    who,
    `_${inline(clip(batch.content, 80)).replaceAll('_', ' ')}_`,
  ].join('\n');
}

function linkTo(words: Words, batch: ShownBatch, workspaceUrl: string, title: string): string {
  if (!batch.channelId || !batch.messageTs) return title;
  const url = messageUrl(workspaceUrl, batch.channelId, batch.messageTs);
  return `${title} · <${url}|${words.statusMessage.open}>`;
}
