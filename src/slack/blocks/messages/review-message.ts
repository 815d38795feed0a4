import { z } from 'zod';
import type { Words } from '../../../words/en';
import { actions, button, confirmation, context, type SlackMessage, section } from '../block-kit';
import { readCarried } from '../carried';
import { ACTIONS, BLOCKS } from '../ids';
import { maySendReview, type ReviewView, reviewBlocks, reviewHeading } from '../parts/review-blocks';

/** The draft of a button or modal, and the version of it that was shown. */
export interface ReviewKey {
  batchId: string;
  version: number;
}

/** Reads the value of a button of the review, or the private_metadata of its modal. */
export function readReviewKey(text: string): ReviewKey {
  return readCarried<ReviewKey>(text, z.object({ batchId: z.string(), version: z.int() }));
}

/** The review as a direct message, for a person who closed the modal while the list was being read. */
export function reviewMessage(words: Words, view: ReviewView): SlackMessage {
  const { review } = view;
  const blocks = reviewBlocks(words, view);
  const text = reviewHeading(words, view);
  if (review.status !== 'ready' || review.accepted === 0) return { text, blocks };
  return {
    text: `${text}. ${words.review.direct}`,
    blocks: [
      context(words.review.direct),
      ...blocks,
      actions(BLOCKS.batchActions, reviewButtons(words, view)),
    ],
  };
}

function reviewButtons(words: Words, view: ReviewView) {
  const { review } = view;
  const value = JSON.stringify({ batchId: review.batchId, version: review.version } satisfies ReviewKey);
  const discard = button(words.review.discard, ACTIONS.discardReview, { value });
  if (!maySendReview(view)) return [discard];
  const { confirm } = words.review;
  const send = button(words.review.submit(review.accepted), ACTIONS.sendReview, {
    value,
    style: 'primary',
    confirm: confirmation(confirm, confirm.text(review.accepted)),
  });
  return [send, discard];
}

/**
 * The question about columns as a direct message. The answer needs a modal, so it has a button that opens
 * one.
 */
export function columnsMessage(words: Words, batchId: string): SlackMessage {
  const open = button(words.columns.open, ACTIONS.openColumns, { value: batchId, style: 'primary' });
  const text = words.columns.text;
  return { text, blocks: [section(text), actions(BLOCKS.reviewActions, [open])] };
}
