import type { App, BlockAction, ButtonAction, GlobalShortcut, ViewClosedAction } from '@slack/bolt';
import { ACTIONS, CALLBACKS } from './blocks/ids';
import type { Workspaces } from './client/workspaces';
import { checkReview } from './listeners/actions/check-review';
import { compareUsageReport } from './listeners/actions/compare-usage-report';
import { continueDraft } from './listeners/actions/continue-draft';
import { CONTROLS, controlBatch } from './listeners/actions/control-batch';
import { discardReview } from './listeners/actions/discard-review';
import { exportList } from './listeners/actions/export-list';
import { openChangeReading } from './listeners/actions/open-change-reading';
import { openColumns } from './listeners/actions/open-columns';
import { LEVERS, pullLever } from './listeners/actions/pull-lever';
import { refreshStatus } from './listeners/actions/refresh-status';
import { replaceDraft } from './listeners/actions/replace-draft';
import { sendAgain } from './listeners/actions/resend-recipients';
import { resolveUncertain } from './listeners/actions/resolve-uncertain';
import { sendReview } from './listeners/actions/send-review';
import { showDetails } from './listeners/actions/show-details';
import { turnDetailsPage } from './listeners/actions/turn-details-page';
import { onClick, onCommand, onHomeOpened, onShortcut } from './listeners/bolt-listeners';
import { answerCommand, identificationFor } from './listeners/commands/answer-command';
import { showHome } from './listeners/events/show-home';
import { onClose, onSubmit } from './listeners/form-listeners';
import { openCompose } from './listeners/open-compose';
import { closeReview } from './listeners/submissions/close-review';
import { searchDetails } from './listeners/submissions/search-details';
import { submitChangeReading } from './listeners/submissions/submit-change-reading';
import { submitColumns } from './listeners/submissions/submit-columns';
import { submitCompose } from './listeners/submissions/submit-compose';
import { submitReview } from './listeners/submissions/submit-review';

/** Every command, shortcut, event, form and button, and its handler. */
export function registerListeners(app: App, { settings }: Pick<Workspaces, 'settings'>): void {
  app.command(settings.command, onCommand(answerCommand, identificationFor));
  app.shortcut<GlobalShortcut>(CALLBACKS.sendShortcut, onShortcut(openCompose));
  app.event('app_home_opened', onHomeOpened(showHome));

  app.view(CALLBACKS.compose, onSubmit(submitCompose));
  app.view(CALLBACKS.columns, onSubmit(submitColumns));
  app.view(CALLBACKS.changeReading, onSubmit(submitChangeReading));
  app.view(CALLBACKS.details, onSubmit(searchDetails));
  app.view(CALLBACKS.review, onSubmit(submitReview, 'now'));
  app.view<ViewClosedAction>(
    { type: 'view_closed', callback_id: CALLBACKS.review },
    onClose(closeReview, 'last_known'),
  );

  const onButton = (actionId: string, handle: Parameters<typeof onClick>[0]) =>
    app.action<BlockAction<ButtonAction>>(actionId, onClick(handle));
  /** Nothing is sent by it, and less is than would be: it does not wait for Slack to say who somebody is. */
  const onReducingButton = (actionId: string, handle: Parameters<typeof onClick>[0]) =>
    app.action<BlockAction<ButtonAction>>(actionId, onClick(handle, 'last_known'));
  /** It sends, or hands out numbers: a role that was taken away a moment ago counts. */
  const onGrantedButton = (actionId: string, handle: Parameters<typeof onClick>[0]) =>
    app.action<BlockAction<ButtonAction>>(actionId, onClick(handle, 'now'));
  onButton(ACTIONS.refresh, refreshStatus);
  onButton(ACTIONS.details, showDetails);
  onButton(ACTIONS.detailsPrevious, turnDetailsPage);
  onButton(ACTIONS.detailsNext, turnDetailsPage);
  onGrantedButton(ACTIONS.compareUsageReport, compareUsageReport);
  onGrantedButton(ACTIONS.exportRecipients, exportList('recipients'));
  onGrantedButton(ACTIONS.exportLeftOut, exportList('left_out'));
  onReducingButton(ACTIONS.pause, controlBatch(CONTROLS.pause));
  onGrantedButton(ACTIONS.resume, controlBatch(CONTROLS.resume));
  for (const action of [ACTIONS.retryFailed, ACTIONS.retryNoReason, ACTIONS.retryPermanent])
    onGrantedButton(action, sendAgain({ whom: 'failed', isAnyway: false }));
  onGrantedButton(ACTIONS.retryAnyway, sendAgain({ whom: 'failed', isAnyway: true }));
  onGrantedButton(ACTIONS.resolveUncertain, resolveUncertain);
  onReducingButton(ACTIONS.leaveUncertain, controlBatch(CONTROLS.leave));
  onGrantedButton(ACTIONS.resendUncertain, sendAgain({ whom: 'uncertain', isAnyway: false }));
  onGrantedButton(ACTIONS.resendAnyway, sendAgain({ whom: 'uncertain', isAnyway: true }));
  onReducingButton(ACTIONS.cancel, controlBatch(CONTROLS.cancel));
  onGrantedButton(ACTIONS.sendReview, sendReview);
  onReducingButton(ACTIONS.discardReview, discardReview);
  onButton(ACTIONS.checkReview, checkReview);
  onButton(ACTIONS.continueDraft, continueDraft);
  onButton(ACTIONS.replaceDraft, replaceDraft);
  onButton(ACTIONS.openColumns, openColumns);
  onButton(ACTIONS.changeReading, openChangeReading);
  onGrantedButton(ACTIONS.adminDelete, pullLever(LEVERS.deleteDraft));
  onGrantedButton(ACTIONS.adminStop, pullLever(LEVERS.stop));
  onGrantedButton(ACTIONS.adminBlock, pullLever(LEVERS.block));
  onGrantedButton(ACTIONS.adminUnblock, pullLever(LEVERS.unblock));
  onButton(ACTIONS.openCompose, (request, click) => openCompose(request, click.triggerId));
}
