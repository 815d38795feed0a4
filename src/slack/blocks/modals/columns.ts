import type { types } from '@slack/bolt';
import type { Review } from '../../../batches/batch';
import type { Words } from '../../../words/en';
import { type ModalView, type Option, plain, section } from '../block-kit';
import { clip } from '../escape';
import { ACTIONS, CALLBACKS, columnBlock } from '../ids';

type Question = Review['columnQuestions'][number];

/** Slack's limit of options in one select. */
const MAX_OPTIONS = 100;

/** The private_metadata of the modal. */
export interface ColumnsKey {
  batchId: string;
}

/** Asks which column of each source holds the numbers. */
export function columnsModal(words: Words, batchId: string, questions: Question[]): ModalView {
  return {
    type: 'modal',
    callback_id: CALLBACKS.columns,
    private_metadata: JSON.stringify({ batchId } satisfies ColumnsKey),
    title: plain(words.columns.title),
    submit: plain(words.columns.submit),
    close: plain(words.compose.close),
    blocks: [section(words.columns.text), ...questions.map((question) => questionBlock(words, question))],
  };
}

function questionBlock(words: Words, { source, sourceName, columns }: Question): types.InputBlock {
  return {
    type: 'input',
    block_id: columnBlock(source),
    label: plain(clip(words.columns.label(sourceName ?? words.columns.pasted), 150)),
    element: {
      type: 'static_select',
      action_id: ACTIONS.value,
      options: columns.slice(0, MAX_OPTIONS).map((column) => columnOption(words, column)),
    },
  };
}

function columnOption(words: Words, column: Question['columns'][number]): Option {
  const name = column.name?.trim() || words.columns.unnamed(column.index + 1);
  const samples = column.samples
    .map((sample) => sample.trim())
    .filter(Boolean)
    .slice(0, 3);
  return {
    text: plain(clip(words.columns.option(clip(name, 30), samples.join(', ')), 75)),
    value: String(column.index),
  };
}
