import type { BatchSummary } from '../../../batches/batch';
import { CANCELLABLE, RUNNING } from '../../../batches/states';
import type { Words } from '../../../words/en';
import { actions, type Button, button, confirmation } from '../block-kit';
import { ACTIONS, BLOCKS, roundValue } from '../ids';

/** What can be done from a batch's message as things stand. */
export function batchButtons(words: Words, batch: BatchSummary) {
  const { message } = words;
  const { status, counts } = batch;
  const value = batch.id;
  const buttons = [
    button(message.refresh, ACTIONS.refresh, { value }),
    button(message.details, ACTIONS.details, { value }),
  ];
  if (RUNNING.includes(status) && counts.waiting > 0) {
    buttons.push(button(message.pause, ACTIONS.pause, { value }));
  }
  if (status === 'paused') {
    buttons.push(button(message.resume, ACTIONS.resume, { value, style: 'primary' }));
  }
  if (batch.awaitsDecision) buttons.push(resolveButton(words, batch));
  if (status === 'completed' && counts.failed > 0) buttons.push(retryButton(words, batch));
  if (status === 'completed') buttons.push(exportButtons(words, batch.id)[0]);
  if (CANCELLABLE.includes(status) && counts.waiting > 0) buttons.push(cancelButton(words, batch));
  return actions(BLOCKS.batchActions, buttons);
}

function resolveButton({ message }: Words, { id: value, counts }: BatchSummary) {
  return button(message.resolve(counts.unknown), ACTIONS.resolveUncertain, { value, style: 'primary' });
}

function retryButton({ message }: Words, batch: BatchSummary) {
  const { retryConfirm } = message;
  const { counts } = batch;
  const value = roundValue(batch);
  const confirm = confirmation(retryConfirm, retryConfirm.text(counts.failed));
  return button(message.retryFailed(counts.failed), ACTIONS.retryFailed, { value, confirm });
}

function cancelButton({ message }: Words, { id: value, counts }: BatchSummary) {
  const { cancelConfirm } = message;
  const confirm = {
    ...confirmation(cancelConfirm, cancelConfirm.text(counts.waiting)),
    style: 'danger',
  } as const;
  return button(message.cancel, ACTIONS.cancel, { value, style: 'danger', confirm });
}

/** Everyone of a batch, and the rows of its list that were left out. */
export function exportButtons({ exports }: Words, value: string): [Button, Button] {
  const confirm = confirmation(exports.confirm, exports.confirm.text);
  return [
    button(exports.button, ACTIONS.exportRecipients, { value, confirm }),
    button(exports.leftOutButton, ACTIONS.exportLeftOut, { value, confirm }),
  ];
}
