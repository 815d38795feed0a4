import type { App, BlockAction, ButtonAction, GlobalShortcut, ViewClosedAction } from '@slack/bolt';
import { checkReview } from './actions/check-review';
import { compareReport } from './actions/compare-report';
import { CONTROLS, controlBatch } from './actions/control-batch';
import { discardReview } from './actions/discard-review';
import { exportList } from './actions/export-list';
import { openColumns } from './actions/open-columns';
import { refreshStatus } from './actions/refresh-status';
import { resolveUncertain } from './actions/resolve-uncertain';
import { sendReview } from './actions/send-review';
import { showDetails } from './actions/show-details';
import { turnDetailsPage } from './actions/turn-details-page';
import { answerCommand } from './commands/answer-command';
import type { Desk } from './desk';
import { ACTIONS, CALLBACKS } from './ids';
import { onClick, onClose, onCommand, onHomeOpened, onShortcut, onSubmit } from './listeners';
import { openCompose } from './open-compose';
import { showHome } from './show-home';
import { closeReview } from './submissions/close-review';
import { searchDetails } from './submissions/search-details';
import { submitColumns } from './submissions/submit-columns';
import { submitCompose } from './submissions/submit-compose';
import { submitReview } from './submissions/submit-review';

/** Every way in, and the handler behind it. */
export function registerListeners(app: App, desk: Desk): void {
  app.command(desk.post.settings.command, onCommand(desk, answerCommand));
  app.shortcut<GlobalShortcut>(CALLBACKS.sendShortcut, onShortcut(desk, openCompose));
  app.event('app_home_opened', onHomeOpened(desk, showHome));

  app.view(CALLBACKS.compose, onSubmit(desk, submitCompose));
  app.view(CALLBACKS.columns, onSubmit(desk, submitColumns));
  app.view(CALLBACKS.details, onSubmit(desk, searchDetails));
  app.view(CALLBACKS.review, onSubmit(desk, submitReview));
  app.view<ViewClosedAction>(
    { type: 'view_closed', callback_id: CALLBACKS.review },
    onClose(desk, closeReview),
  );

  const onButton = (actionId: string, handle: Parameters<typeof onClick>[1]) =>
    app.action<BlockAction<ButtonAction>>(actionId, onClick(desk, handle));
  onButton(ACTIONS.refresh, refreshStatus);
  onButton(ACTIONS.details, showDetails);
  onButton(ACTIONS.detailsPrevious, turnDetailsPage);
  onButton(ACTIONS.detailsNext, turnDetailsPage);
  onButton(ACTIONS.compareReport, compareReport);
  onButton(ACTIONS.exportRecipients, exportList('recipients'));
  onButton(ACTIONS.exportLeftOut, exportList('left_out'));
  onButton(ACTIONS.pause, controlBatch(CONTROLS.pause));
  onButton(ACTIONS.resume, controlBatch(CONTROLS.resume));
  onButton(ACTIONS.retryFailed, controlBatch(CONTROLS.retry));
  onButton(ACTIONS.resolveUncertain, resolveUncertain);
  onButton(ACTIONS.leaveUncertain, controlBatch(CONTROLS.leave));
  onButton(ACTIONS.resendUncertain, controlBatch(CONTROLS.resend));
  onButton(ACTIONS.cancel, controlBatch(CONTROLS.cancel));
  onButton(ACTIONS.sendReview, sendReview);
  onButton(ACTIONS.discardReview, discardReview);
  onButton(ACTIONS.checkReview, checkReview);
  onButton(ACTIONS.openColumns, openColumns);
  onButton(ACTIONS.openCompose, (visit, click) => openCompose(visit, click.triggerId));
}
