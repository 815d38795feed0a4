import type { BatchSummary, Review } from '../../batches/batch';
import { enqueueReview } from '../../batches/enqueue-jobs';
import { getBatchSummary } from '../../batches/views/get-batch-summary';
import { getReview } from '../../batches/views/get-review';
import { takeSlot } from '../../db/rate-limit';
import { DONE, type JobResult, snooze } from '../../queue/job-result';
import { system } from '../../tenants/actor';
import { getUser } from '../../tenants/person';
import type { Words } from '../../words/en';
import { wordsFor } from '../../words/words-for';
import type { ModalView, SlackMessage } from '../blocks/block-kit';
import { plainReply } from '../blocks/messages/replies';
import { columnsMessage, reviewMessage } from '../blocks/messages/review-message';
import { columnsModal } from '../blocks/modals/columns';
import { importProgressBlocks, importProgressModal } from '../blocks/modals/import-progress';
import { noticeModal } from '../blocks/modals/notice';
import { reviewModal } from '../blocks/modals/review';
import { editMessage } from '../client/edit-message';
import { openDirectMessage } from '../client/open-direct-message';
import { withPostLock } from '../client/post-lock';
import { postOnce } from '../client/post-once';
import type { SlackClients } from '../client/slack-clients';
import {
  isMessageGone,
  isNotEditable,
  isRefusedForGood,
  isViewClosed,
  slackFaultOf,
} from '../client/slack-fault';
import { snoozeIfLater } from '../client/snooze-if-later';
import { reviewKey } from '../store/outbox.sql';
import { findSlackBatch, forgetReview, recordReviewShown, type SlackBatch } from '../store/slack-batches.sql';
import { gatherReview } from './gather-review';

const PROGRESS_EVERY_MS = 2_000;
const MS_PER_HOUR = 3_600_000;

/**
 * Shows the sender the progress of reading the list, then the question about columns or the review, and that a draft has expired or was deleted. It
 * updates the modal, or, if that was closed, posts one direct message and edits it from then on. Throws what is no fault
 * of Slack.
 */
export async function showReview(slack: SlackClients, batchId: string): Promise<JobResult> {
  const { app, workspace } = slack;
  const bot = system(workspace.tenantId);
  const shown = await findSlackBatch(app.db, batchId);
  const review = shown && (await getReview(app, bot, batchId));
  const summary = shown && (await getBatchSummary(app, bot, batchId));
  if (!shown || !review || !summary || summary.startedAt) return DONE;
  if (review.status === 'cancelled' && !isToldOfEnd(review)) return DONE;
  const person = await getUser(app.db, summary.sender.userId);
  const step = await renderStep(slack, shown, { review, summary, words: wordsFor(person?.locale ?? '') });
  if (step.isProgress) {
    const slot = await takeSlot(app.db, `slack-view:${batchId}`, PROGRESS_EVERY_MS);
    if (!slot.taken) return snooze(Math.max(1, slot.waitMs));
  }
  try {
    return await showStep(slack, shown, summary, step);
  } catch (error) {
    const later = snoozeIfLater(error);
    if (later) return later;
    return giveUp(slack, shown, error);
  }
}

/** The same for a person who waits. Where Slack takes nothing now, a job shows it later. */
export async function showReviewNow(slack: SlackClients, batchId: string): Promise<void> {
  const result = await showReview(slack, batchId);
  if (result.kind === 'snooze') await enqueueReview(slack.app.db, batchId, result.snoozeMs);
}

/** A review that can no longer be changed is followed by a new one; one that the person has deleted is not. */
async function giveUp(slack: SlackClients, shown: SlackBatch, error: unknown): Promise<JobResult> {
  const { batchId, reviewMessageTs } = shown;
  const fault = slackFaultOf(error);
  if (fault && isNotEditable(fault) && reviewMessageTs) {
    slack.log.warn({ err: error, batchId }, 'a review cannot be changed any more; a new one follows');
    await forgetReview(slack.app.db, { batchId, ts: reviewMessageTs });
    return snooze(1);
  }
  if (!fault || !isRefusedForGood(fault)) throw error;
  if (isMessageGone(fault)) slack.log.info({ batchId }, 'the person has deleted the review');
  else slack.log.error({ err: error, batchId }, 'a review can be shown nowhere');
  return DONE;
}

interface ReviewStep {
  modal: ModalView;
  message: SlackMessage;
  /** Only progress: not worth a direct message. */
  isProgress: boolean;
}

async function renderStep(
  slack: SlackClients,
  { channelId }: SlackBatch,
  { review, summary, words }: { review: Review; summary: BatchSummary; words: Words },
): Promise<ReviewStep> {
  if (isToldOfEnd(review)) {
    const text = textOfEnd(slack, words, review);
    const modal = noticeModal(words, words.review.title, text);
    return { modal, message: plainReply(text), isProgress: false };
  }
  if (review.columnQuestions.length > 0) {
    const modal = columnsModal(words, review.batchId, review.columnQuestions);
    return { modal, message: columnsMessage(words, review.batchId), isProgress: false };
  }
  if (review.status === 'draft' || review.status === 'importing') {
    const message = { text: words.reading.text, blocks: importProgressBlocks(words, review.progress) };
    return { modal: importProgressModal(words, review.progress), message, isProgress: true };
  }
  const view = await gatherReview(slack, words, review, summary, channelId);
  return { modal: reviewModal(words, view), message: reviewMessage(words, view), isProgress: false };
}

/** Its writer has let it lie, or an admin has deleted it: the writer is told once. */
const isToldOfEnd = ({ reason }: Review) => reason?.code === 'expired' || reason?.code === 'deleted';

function textOfEnd({ settings, app }: SlackClients, { openDraft }: Words, { reason }: Review): string {
  if (reason?.code === 'deleted') return openDraft.deleted(settings.command);
  const hours = Math.max(1, Math.round(app.settings.draftExpiryMs / MS_PER_HOUR));
  return openDraft.expired(hours, settings.command);
}

async function showStep(
  slack: SlackClients,
  shown: SlackBatch,
  summary: BatchSummary,
  step: ReviewStep,
): Promise<JobResult> {
  if (shown.reviewChannelId && shown.reviewMessageTs) {
    await editMessage(slack, { channelId: shown.reviewChannelId, ts: shown.reviewMessageTs }, step.message);
    return DONE;
  }
  if (shown.viewId && (await updateModal(slack, shown.viewId, step.modal))) return DONE;
  if (step.isProgress) return DONE;
  return withPostLock(slack, `review:${summary.id}`, () => postReview(slack, summary, step.message));
}

async function postReview(
  slack: SlackClients,
  summary: BatchSummary,
  message: SlackMessage,
): Promise<JobResult> {
  const shown = await findSlackBatch(slack.app.db, summary.id);
  if (shown?.reviewMessageTs) return snooze(1);
  const channel = await openDirectMessage(slack, summary.sender.externalId);
  const posted = await postOnce(slack, reviewKey(summary.id), { channel }, message);
  if (posted.kind === 'snooze') return posted;
  const { channelId, ts } = posted;
  await recordReviewShown(slack.app.db, { batchId: summary.id, channelId, ts });
  return posted.isFound ? snooze(1) : DONE;
}

/** Returns false if the person has closed the modal. */
async function updateModal(slack: SlackClients, viewId: string, view: ModalView): Promise<boolean> {
  try {
    await slack.client.views.update({ view_id: viewId, view });
    return true;
  } catch (error) {
    const fault = slackFaultOf(error);
    if (fault && isViewClosed(fault)) return false;
    throw error;
  }
}
