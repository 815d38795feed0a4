import type { Review } from '../../../batches/batch';
import type { Words } from '../../../words/en';
import { asApiBlocks, type Block, context, type ModalView, plain, section } from '../block-kit';
import { CALLBACKS } from '../ids';
import { progressBar } from '../parts/text-bar';

/** The step between the form and the review: the list is being read. Shows a bar once there is progress. */
export function importProgressModal(words: Words, progress: Review['progress'] | null): ModalView {
  return {
    type: 'modal',
    callback_id: CALLBACKS.reading,
    title: plain(words.reading.title),
    close: plain(words.compose.close),
    blocks: asApiBlocks(importProgressBlocks(words, progress)),
  };
}

/** The same as blocks, for a direct message. Null progress: reading has just begun. */
export function importProgressBlocks(words: Words, progress: Review['progress'] | null): Block[] {
  const { reading } = words;
  if (!progress || progress.rows === 0) return [section(reading.text), context(reading.hint)];
  const { readBytes, totalBytes, rows } = progress;
  const bar = `\`${progressBar(readBytes, totalBytes)}\` ${words.format.percent(readBytes, totalBytes)}`;
  return [section(`${reading.text}\n${bar}\n${reading.rows(rows)}`), context(reading.hint)];
}
