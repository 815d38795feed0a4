import type { DrawnFrom } from '../../batches/control/drawn-from';
import { FAILURE_CLASSES, type FailureClass } from '../../providers/failure-codes';

/**
 * Every id that Slack sends back to us. They must not change: an open modal keeps what was typed only while
 * its ids stay the same, and buttons of old messages are still pressed.
 */
export const CALLBACKS = {
  compose: 'sms_compose',
  openDraft: 'sms_open_draft',
  reading: 'sms_reading',
  columns: 'sms_columns',
  changeReading: 'sms_change_reading',
  review: 'sms_review',
  details: 'sms_details',
  notice: 'sms_notice',
  admin: 'sms_admin',
  sendShortcut: 'sms_send_shortcut',
} as const;

export const ACTIONS = {
  /** The one input of an input block. */
  value: 'value',
  refresh: 'sms_refresh',
  details: 'sms_details',
  detailsPrevious: 'sms_details_previous',
  detailsNext: 'sms_details_next',
  compareUsageReport: 'sms_compare_report',
  exportRecipients: 'sms_export',
  exportLeftOut: 'sms_export_left_out',
  cancel: 'sms_cancel',
  pause: 'sms_pause',
  resume: 'sms_resume',
  /** Everybody who failed, or one class of reasons. Each class has a button of its own. */
  retryFailed: 'sms_retry_failed',
  retryNoReason: 'sms_retry_not_told',
  retryPermanent: 'sms_retry_permanent',
  retryAnyway: 'sms_retry_anyway',
  resolveUncertain: 'sms_resolve_uncertain',
  leaveUncertain: 'sms_leave_uncertain',
  resendUncertain: 'sms_resend_uncertain',
  resendAnyway: 'sms_resend_anyway',
  sendReview: 'sms_send_review',
  discardReview: 'sms_discard_review',
  checkReview: 'sms_check_review',
  openColumns: 'sms_open_columns',
  changeReading: 'sms_change_reading',
  openCompose: 'sms_open_compose',
  continueDraft: 'sms_continue_draft',
  replaceDraft: 'sms_replace_draft',
  adminDelete: 'sms_admin_delete',
  adminStop: 'sms_admin_stop',
  adminBlock: 'sms_admin_block',
  adminUnblock: 'sms_admin_unblock',
} as const;

export const BLOCKS = {
  text: 'sms_message',
  file: 'sms_file',
  paste: 'sms_paste',
  country: 'sms_country',
  senderId: 'sms_sender_id',
  channel: 'sms_channel',
  phoneColumn: 'sms_phone_column',
  countryColumn: 'sms_country_column',
  include: 'sms_include',
  batchActions: 'sms_batch_actions',
  alertActions: 'sms_attention_actions',
  heldBackActions: 'sms_held_back_actions',
  reviewActions: 'sms_review_actions',
  openDraftActions: 'sms_open_draft_actions',
  detailsPages: 'sms_details_pages',
  detailsFilter: 'sms_details_filter',
  detailsSearch: 'sms_details_search',
  detailsExports: 'sms_details_exports',
  usageReportActions: 'sms_report_actions',
  homeActions: 'sms_home_actions',
} as const;

/** The block that asks for the phone column of one source; the source's ordinal is part of its id. */
export const columnBlock = (source: number) => `sms_column_${source}`;
export const readColumnBlock = (blockId: string) => Number(blockId.slice(columnBlock(0).length - 1));

/** One source of a batch in a review: `12:0`. */
export const sourceValue = (batchId: string, source: number) => `${batchId}:${source}`;
export function readSourceValue(value: string): { batchId: string; source: number } {
  const [batchId = '', source = ''] = value.split(':');
  return { batchId, source: Number(source) };
}

/**
 * The values of buttons that change a batch carry what they were drawn from, for the verb to compare: see drawn-from.ts.
 * Of a button that acts only in the round of sending in which it was shown: `12:1`.
 */
export const roundValue = ({ id, round }: { id: string; round: number }) => `${id}:${round}`;
/** Of *Resume*, for the one pause for which it was shown: `12:1:3`. */
export const pauseValue = (batch: { id: string; round: number; alertNumber: number }) =>
  `${roundValue(batch)}:${batch.alertNumber}`;
/** Of a retry, for recipients that failed for one class of reasons: `12:1:temporary`. */
export const retryValue = (batch: { id: string; round: number }, is: FailureClass) =>
  `${roundValue(batch)}:${is}`;

/** A button that was pressed: its batch, and as much of what it was drawn from as it carries. */
export interface Pressed extends DrawnFrom {
  batchId: string;
  failureClass?: FailureClass;
}

/** Reads `12:1:temporary`, `12:1:3`, `12:1` or, of a button that changes nothing or of a former version, `12`. */
export function readBatchValue(value: string): Pressed {
  const [batchId = '', round, last] = value.split(':');
  const failureClass = FAILURE_CLASSES.find((one) => one === last);
  return {
    batchId,
    ...(round === undefined ? {} : { round: Number(round) }),
    ...(failureClass ? { failureClass } : {}),
    ...(last === undefined || failureClass ? {} : { alertNumber: Number(last) }),
  };
}
