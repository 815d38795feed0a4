import type { BatchDetails, RecipientDetail } from '../../batches/batch';
import { maskNumber } from '../../recipients/mask-number';
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
} from '../block-kit';
import { inline } from '../escape';
import { ACTIONS, BLOCKS, CALLBACKS } from '../ids';
import { exportButtons } from '../messages/batch-buttons';
import { explainFailure } from '../messages/batch-reason';
import { barLine, countsInWords } from '../messages/counts';
import type { Words } from '../words/en';

/** Recipients on one page: each line stays readable, and a page stays far below Slack's 3000 characters a section. */
export const DETAILS_PAGE_SIZE = 20;
/** Reasons in one section. */
const REASONS_A_SECTION = 10;

interface Page {
  batchId: string;
  page: number;
}

/** Why messages failed, and the recipients a page at a time, masked. */
export function detailsModal(words: Words, details: BatchDetails): ModalView {
  const { summary } = details;
  return {
    type: 'modal',
    callback_id: CALLBACKS.details,
    title: plain(words.details.title),
    close: plain(words.details.close),
    blocks: asApiBlocks([
      section(barLine(words, summary.counts)),
      context(countsInWords(words, summary.counts) || words.details.noRecipients),
      ...reasonBlocks(words, details),
      divider,
      ...recipientBlocks(words, details),
      actions(BLOCKS.detailsExports, exportButtons(words, summary.id)),
    ]),
  };
}

function reasonBlocks(words: Words, { reasons }: BatchDetails): Block[] {
  if (reasons.length === 0) return [section(words.details.noReasons)];
  const lines = reasons.map(
    ({ reason, count }) => `• ${explainFailure(words, reason)} – ${words.format.number(count)}`,
  );
  return [section(words.details.reasons), ...inGroups(lines, REASONS_A_SECTION)];
}

function recipientBlocks(words: Words, details: BatchDetails): Block[] {
  const { recipients, page, pages } = details;
  if (recipients.length === 0) return [section(words.details.noRecipients)];
  const lines = recipients.map((recipient) => recipientLine(words, recipient));
  const blocks = [section(words.details.recipients(page, pages)), ...inGroups(lines, 10)];
  const buttons = pageButtons(words, details);
  return buttons.length > 0 ? [...blocks, actions(BLOCKS.detailsPages, buttons)] : blocks;
}

function recipientLine(words: Words, recipient: RecipientDetail): string {
  const parts = [
    `\`${maskNumber(recipient.recipientNumber)}\``,
    words.recipientStatus[recipient.status],
    ...(recipient.status === 'failed' ? [explainFailure(words, recipient.failureReason)] : []),
    recipient.sourceName
      ? words.review.sourceLine(inline(recipient.sourceName, 40), recipient.line)
      : words.details.line(recipient.line),
  ];
  return parts.join(' · ');
}

function pageButtons(words: Words, { summary, page, pages }: BatchDetails) {
  const to = (other: number) => ({
    value: JSON.stringify({ batchId: summary.id, page: other } satisfies Page),
  });
  const buttons = [];
  if (page > 1) buttons.push(button(words.details.previous, ACTIONS.detailsPrevious, to(page - 1)));
  if (page < pages) buttons.push(button(words.details.next, ACTIONS.detailsNext, to(page + 1)));
  return buttons;
}

/** Which page a button of `detailsModal` leads to. */
export function readPage(value: string): Page {
  return JSON.parse(value) as Page;
}

function inGroups(lines: string[], size: number): Block[] {
  const groups = [];
  for (let start = 0; start < lines.length; start += size) groups.push(lines.slice(start, start + size));
  return groups.map((group) => section(group.join('\n')));
}
