import type { BatchSummary } from '../../../batches/batch';
import { CANCELLABLE, RUNNING } from '../../../batches/states';
import { FAILURE_CLASSES } from '../../../providers/failure-codes';
import type { Words } from '../../../words/en';
import { actions, type Button, button, confirmation } from '../block-kit';
import { ACTIONS, BLOCKS, pauseValue, retryValue, roundValue } from '../ids';

/** The buttons of a status message that make sense in the batch's present state. */
export function batchButtons(words: Words, batch: BatchSummary) {
  const { statusMessage } = words;
  const { status, counts } = batch;
  const value = batch.id;
  const buttons = [
    button(statusMessage.refresh, ACTIONS.refresh, { value }),
    button(statusMessage.details, ACTIONS.details, { value }),
  ];
  if (RUNNING.includes(status) && counts.waiting > 0) {
    buttons.push(button(statusMessage.pause, ACTIONS.pause, { value: roundValue(batch) }));
  }
  if (status === 'paused') {
    const answers = { value: pauseValue(batch), style: 'primary' } as const;
    buttons.push(button(statusMessage.resume, ACTIONS.resume, answers));
  }
  if (batch.awaitsDecision) buttons.push(resolveButton(words, batch));
  if (status === 'completed' && counts.failed > 0) buttons.push(...retryButtons(words, batch));
  if (status === 'completed') buttons.push(exportButtons(words, batch.id)[0]);
  if (CANCELLABLE.includes(status) && counts.waiting > 0) buttons.push(cancelButton(words, batch));
  return actions(BLOCKS.batchActions, buttons);
}

function resolveButton({ statusMessage }: Words, batch: BatchSummary) {
  const label = statusMessage.resolve(batch.counts.unknown);
  return button(label, ACTIONS.resolveUncertain, { value: roundValue(batch), style: 'primary' });
}

const RETRY = {
  temporary: ACTIONS.retryFailed,
  not_told: ACTIONS.retryNoReason,
  permanent: ACTIONS.retryPermanent,
} as const;

/** One for each class of reasons: who may be reached now is not mixed with who will fail again. */
function retryButtons({ statusMessage }: Words, batch: BatchSummary): Button[] {
  const { retry, retryFailed, retryConfirm } = statusMessage;
  const classes = FAILURE_CLASSES.filter((is) => batch.failures[is] > 0);
  return classes.map((is) => {
    const count = batch.failures[is];
    const confirm = confirmation(retryConfirm, retryConfirm.text[is](count));
    // Where there is one class, its name says nothing more.
    const [label, action] =
      classes.length === 1 ? [retryFailed(count), ACTIONS.retryFailed] : [retry[is](count), RETRY[is]];
    return button(label, action, { value: retryValue(batch, is), confirm });
  });
}

function cancelButton({ statusMessage }: Words, batch: BatchSummary) {
  const { cancelConfirm } = statusMessage;
  const confirm = {
    ...confirmation(cancelConfirm, cancelConfirm.text(batch.counts.waiting)),
    style: 'danger',
  } as const;
  const value = roundValue(batch);
  return button(statusMessage.cancel, ACTIONS.cancel, { value, style: 'danger', confirm });
}

/** The buttons that export all recipients, and the rows that were left out. */
export function exportButtons({ exports }: Words, value: string): [Button, Button] {
  const confirm = confirmation(exports.confirm, exports.confirm.text);
  return [
    button(exports.button, ACTIONS.exportRecipients, { value, confirm }),
    button(exports.leftOutButton, ACTIONS.exportLeftOut, { value, confirm }),
  ];
}
