import type { types } from '@slack/bolt';
import type { ReviewSource, SourceReading } from '../../../batches/batch';
import type { ReadingChoice } from '../../../recipients/recipient';
import type { Words } from '../../../words/en';
import { type ModalView, type Option, plain, section, sections } from '../block-kit';
import { inline, plainLine } from '../escape';
import { ACTIONS, BLOCKS, CALLBACKS } from '../ids';
import { columnName, columnOptions, columnValue, fitOptions, MAX_OPTIONS } from '../parts/column-options';
import { sourceLines } from '../parts/source-lines';

/** The private_metadata of the modal. */
export interface ChangeReadingKey {
  batchId: string;
  source: number;
  /** Of the review that was shown: a window of an older one changes nothing. */
  version: number;
}

/** The value of the select of countries where no column is chosen. */
export const NO_COLUMN = 'none';

/** What may be sent to all the same: each is left out unless a person says otherwise. */
export type Included = 'includeNoConsent' | 'includeForeign' | 'includeHidden';

/** How a source was read, to be changed: its columns, and who is left out. */
export function changeReadingModal(
  words: Words,
  key: ChangeReadingKey,
  source: ReviewSource & { reading: SourceReading },
): ModalView {
  const { name, choice, reading } = source;
  const included = includedInput(words, choice, reading);
  return {
    type: 'modal',
    callback_id: CALLBACKS.changeReading,
    private_metadata: JSON.stringify(key),
    title: plain(words.list.changeTitle),
    submit: plain(words.list.changeSubmit),
    close: plain(words.compose.close),
    blocks: [
      section(words.list.changeText(inline(name ?? words.list.pasted))),
      ...sections(sourceLines(words, source, reading)),
      phoneInput(words, reading),
      ...countryInput(words, reading),
      ...(included ? [included] : []),
    ],
  };
}

function phoneInput(words: Words, { layout }: SourceReading): types.InputBlock {
  const { columns, phoneColumn, sheet, names } = layout;
  const mayBeAll = phoneColumn === 'all' || (names.length === 0 && layout.width > 1);
  const chosen = columnValue(phoneColumn === 'all' ? { phoneColumn } : { sheet: sheet?.index, phoneColumn });
  const options = columnOptions(words, columns, mayBeAll, { kept: chosen });
  return selectInput(BLOCKS.phoneColumn, words.list.numbers, options, chosen);
}

/** The columns of the sheet that was read. A list of mere numbers has none. */
function countryInput(words: Words, { layout }: SourceReading): types.InputBlock[] {
  const { columns, countryColumn, sheet, width, names } = layout;
  if (width <= 1) return [];
  const own = columns.filter((column) => column.sheet?.index === sheet?.index);
  // The columns are those that may have phone numbers: of a very wide table, the chosen one may not be among them.
  if (countryColumn !== null && !own.some(({ index }) => index === countryColumn)) {
    own.push({ sheet, index: countryColumn, name: names[countryColumn] ?? null, samples: [] });
  }
  const none: Option = { text: plain(words.list.noCountries), value: NO_COLUMN };
  const each = own.map((column): Option => {
    const label = words.columns.option(plainLine(columnName(words, column), 30), column.samples.join(', '));
    return { text: plain(plainLine(label, 75)), value: String(column.index) };
  });
  const chosen = String(countryColumn ?? NO_COLUMN);
  const options = fitOptions([none, ...each], MAX_OPTIONS, chosen);
  return [selectInput(BLOCKS.countryColumn, words.list.countries, options, chosen)];
}

function selectInput(blockId: string, label: string, options: Option[], chosen: string): types.InputBlock {
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: 'input',
    block_id: blockId,
    label: plain(label),
    element: {
      type: 'static_select',
      action_id: ACTIONS.value,
      options,
      ...(initial ? { initial_option: initial } : {}),
    },
  };
}

function includedInput(
  words: Words,
  choice: ReadingChoice,
  { findings }: SourceReading,
): types.InputBlock | null {
  const counts: Record<Included, number> = {
    includeNoConsent: findings.noConsent,
    includeForeign: findings.foreign.reduce((sum, { count }) => sum + count, 0),
    includeHidden: findings.hiddenRows,
  };
  const offered = (Object.keys(counts) as Included[]).filter((one) => counts[one] > 0 || choice[one]);
  if (offered.length === 0) return null;
  const options = offered.map((one): Option => ({ text: plain(words.list[one]), value: one }));
  const chosen = options.filter(({ value }) => choice[value as Included]);
  return {
    type: 'input',
    block_id: BLOCKS.include,
    optional: true,
    label: plain(words.list.include),
    element: {
      type: 'checkboxes',
      action_id: ACTIONS.value,
      options,
      ...(chosen.length > 0 ? { initial_options: chosen } : {}),
    },
  };
}
