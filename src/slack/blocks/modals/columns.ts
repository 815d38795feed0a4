import type { types } from '@slack/bolt';
import type { ColumnQuestion } from '../../../batches/batch';
import type { Words } from '../../../words/en';
import { type ModalView, plain, section } from '../block-kit';
import { clip } from '../escape';
import { ACTIONS, CALLBACKS, columnBlock } from '../ids';
import { columnOptions, MAX_OPTIONS } from '../parts/column-options';

/** Of all questions together: an option has up to 350 bytes, and Slack takes 250 KB. */
const MAX_OPTIONS_IN_ALL = 600;

/** The private_metadata of the modal. */
export interface ColumnsKey {
  batchId: string;
}

/** Asks which column of each source holds the numbers. */
export function columnsModal(words: Words, batchId: string, questions: ColumnQuestion[]): ModalView {
  const most = Math.min(MAX_OPTIONS, Math.floor(MAX_OPTIONS_IN_ALL / questions.length));
  return {
    type: 'modal',
    callback_id: CALLBACKS.columns,
    private_metadata: JSON.stringify({ batchId } satisfies ColumnsKey),
    title: plain(words.columns.title),
    submit: plain(words.columns.submit),
    close: plain(words.compose.close),
    blocks: [
      section(words.columns.text),
      ...questions.map((question) => questionBlock(words, question, most)),
    ],
  };
}

function questionBlock(
  words: Words,
  { source, sourceName, columns, mayBeAll }: ColumnQuestion,
  most: number,
): types.InputBlock {
  return {
    type: 'input',
    block_id: columnBlock(source),
    label: plain(clip(words.columns.label(sourceName ?? words.columns.pasted), 150)),
    element: {
      type: 'static_select',
      action_id: ACTIONS.value,
      options: columnOptions(words, columns, mayBeAll, { most }),
    },
  };
}
