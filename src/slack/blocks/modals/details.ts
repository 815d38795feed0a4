import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { BatchDetails, DetailFilter } from '../../../batches/views/batch-details';
import { DETAIL_FILTERS } from '../../../batches/views/batch-details';
import type { Words } from '../../../words/en';
import type { Reader } from '../../../words/words-for';
import {
  actions,
  asApiBlocks,
  type Block,
  button,
  context,
  divider,
  type ModalView,
  plain,
  section,
  sections,
} from '../block-kit';
import { readCarried } from '../carried';
import { ACTIONS, BLOCKS, CALLBACKS } from '../ids';
import { exportButtons } from '../parts/batch-buttons';
import { barLine, countsInWords } from '../parts/counts';
import { reasonLines } from '../parts/explain-reason';
import { leftOutLine, recipientLine } from '../parts/recipient-lines';
import { sendAttemptLines } from '../parts/send-attempt-lines';

/** Recipients on one page: few enough to read, and far below Slack's 3000 characters in a section. */
export const DETAILS_PAGE_SIZE = 20;
/** One page of the details. */
interface DetailsPage {
  batchId: string;
  filter: DetailFilter;
  search: string;
  page: number;
}

/** Why texts failed, and the recipients with masked numbers: one page of a filter or of a search. */
export function detailsModal(reader: Reader, details: BatchDetails): ModalView {
  const { words } = reader;
  const { summary } = details;
  return {
    type: 'modal',
    callback_id: CALLBACKS.details,
    private_metadata: summary.id,
    title: plain(words.details.title),
    submit: plain(words.details.submit),
    close: plain(words.details.close),
    blocks: asApiBlocks([
      section(barLine(words, summary.counts)),
      context(countsInWords(words, summary.counts) || words.details.noRecipients),
      ...(details.implausibleCosts > 0 ? [context(words.implausibleCosts(details.implausibleCosts))] : []),
      ...(isOverview(details) ? [...reasonBlocks(words, details), divider] : []),
      filterInput(words, details.filter),
      searchInput(words, details.search),
      ...listBlocks(reader, details),
      ...(isOverview(details) ? [] : [divider, ...reasonBlocks(words, details)]),
      actions(BLOCKS.detailsExports, exportButtons(words, summary.id)),
    ]),
  };
}

/**
 * The reasons come first for those who open the details or filter by Failed, and last for those who search.
 */
function isOverview({ filter, search, page }: BatchDetails): boolean {
  return ['all', 'failed'].includes(filter) && search === '' && page === 1;
}

function filterInput(words: Words, chosen: DetailFilter): types.InputBlock {
  const option = (filter: DetailFilter) => ({ text: plain(nameOf(words, filter)), value: filter });
  return {
    type: 'input',
    block_id: BLOCKS.detailsFilter,
    label: plain(words.details.filter),
    element: {
      type: 'static_select',
      action_id: ACTIONS.value,
      options: DETAIL_FILTERS.map(option),
      initial_option: option(chosen),
    },
  };
}

function nameOf(words: Words, filter: DetailFilter): string {
  return filter === 'all' || filter === 'left_out'
    ? words.details.filters[filter]
    : words.recipientStatus[filter];
}

function searchInput(words: Words, search: string): types.InputBlock {
  return {
    type: 'input',
    block_id: BLOCKS.detailsSearch,
    optional: true,
    label: plain(words.details.search),
    element: {
      type: 'plain_text_input',
      action_id: ACTIONS.value,
      max_length: 40,
      ...(search ? { initial_value: search } : {}),
    },
  };
}

function listBlocks(reader: Reader, details: BatchDetails): Block[] {
  const { words } = reader;
  const { recipients, rejectedRows, history, searchedFirst, page, pages } = details;
  const note = searchedFirst === null ? [] : [context(words.details.searchedFirst(searchedFirst))];
  const lines = [
    ...recipients.map((recipient) => recipientLine(words, recipient)),
    ...rejectedRows.map((row) => leftOutLine(words, row)),
  ];
  if (lines.length === 0) return [section(words.details.noRecipients), ...note];
  const buttons = pageButtons(words, details);
  return [
    section(words.details.recipients(page, pages)),
    ...note,
    ...sections(lines),
    ...(history ? sections(sendAttemptLines(reader, history)) : []),
    ...(buttons.length > 0 ? [actions(BLOCKS.detailsPages, buttons)] : []),
  ];
}

function reasonBlocks(words: Words, { reasons }: BatchDetails): Block[] {
  if (reasons.length === 0) return [section(words.details.noReasons)];
  return sections([words.details.reasons, ...reasonLines(words, reasons)]);
}

function pageButtons(words: Words, { summary, filter, search, page, pages }: BatchDetails) {
  const to = (other: number) => ({
    value: JSON.stringify({ batchId: summary.id, filter, search, page: other } satisfies DetailsPage),
  });
  const buttons = [];
  if (page > 1) buttons.push(button(words.details.previous, ACTIONS.detailsPrevious, to(page - 1)));
  if (page < pages) buttons.push(button(words.details.next, ACTIONS.detailsNext, to(page + 1)));
  return buttons;
}

/** Reads the page from the value of a page button. */
export function readPage(value: string): DetailsPage {
  const shape = z.object({
    batchId: z.string(),
    filter: z.enum(DETAIL_FILTERS),
    search: z.string(),
    page: z.int(),
  });
  return readCarried<DetailsPage>(value, shape);
}
