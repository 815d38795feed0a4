import type { BatchSummary } from '../../batches/batch';
import type { BatchStatus } from '../../batches/states';
import { actions, button, mrkdwn, plain } from '../block-kit';
import { ACTIONS, BLOCKS } from '../ids';
import type { Words } from '../words/en';

const CANCELLABLE: readonly BatchStatus[] = ['scheduled', 'pending', 'submitting', 'paused'];

/** What can be done from a batch's message. Later capabilities add their button here. */
export function batchButtons(words: Words, batch: BatchSummary) {
  const { message } = words;
  const buttons = [
    button(message.refresh, ACTIONS.refresh, { value: batch.id }),
    button(message.details, ACTIONS.details, { value: batch.id }),
  ];
  if (mayBeCancelled(batch)) buttons.push(cancelButton(words, batch));
  return actions(BLOCKS.batchActions, buttons);
}

function mayBeCancelled(batch: BatchSummary): boolean {
  return batch.counts.waiting > 0 && CANCELLABLE.includes(batch.status);
}

function cancelButton(words: Words, batch: BatchSummary) {
  const { cancel, cancelConfirm } = words.message;
  return button(cancel, ACTIONS.cancel, {
    value: batch.id,
    style: 'danger',
    confirm: {
      title: plain(cancelConfirm.title),
      text: mrkdwn(cancelConfirm.text(batch.counts.waiting)),
      confirm: plain(cancelConfirm.ok),
      deny: plain(cancelConfirm.cancel),
      style: 'danger',
    },
  });
}
