/** Every id that travels to Slack and comes back. A modal keeps what was typed only while these stay as they are. */
export const CALLBACKS = {
  compose: 'sms_compose',
  reading: 'sms_reading',
  columns: 'sms_columns',
  review: 'sms_review',
  details: 'sms_details',
  notice: 'sms_notice',
  sendShortcut: 'sms_send_shortcut',
} as const;

export const ACTIONS = {
  /** The one input of an input block. */
  value: 'value',
  refresh: 'sms_refresh',
  details: 'sms_details',
  detailsPrevious: 'sms_details_previous',
  detailsNext: 'sms_details_next',
  compareReport: 'sms_compare_report',
  exportRecipients: 'sms_export',
  exportLeftOut: 'sms_export_left_out',
  cancel: 'sms_cancel',
  pause: 'sms_pause',
  resume: 'sms_resume',
  retryFailed: 'sms_retry_failed',
  resolveUncertain: 'sms_resolve_uncertain',
  leaveUncertain: 'sms_leave_uncertain',
  resendUncertain: 'sms_resend_uncertain',
  sendReview: 'sms_send_review',
  discardReview: 'sms_discard_review',
  checkReview: 'sms_check_review',
  openColumns: 'sms_open_columns',
  openCompose: 'sms_open_compose',
} as const;

export const BLOCKS = {
  message: 'sms_message',
  file: 'sms_file',
  paste: 'sms_paste',
  country: 'sms_country',
  senderId: 'sms_sender_id',
  channel: 'sms_channel',
  batchActions: 'sms_batch_actions',
  attentionActions: 'sms_attention_actions',
  reviewActions: 'sms_review_actions',
  detailsPages: 'sms_details_pages',
  detailsFilter: 'sms_details_filter',
  detailsSearch: 'sms_details_search',
  detailsExports: 'sms_details_exports',
  reportActions: 'sms_report_actions',
  homeActions: 'sms_home_actions',
} as const;

/** The question about one source's columns: the source's ordinal is in the block's id. */
export const columnBlock = (source: number) => `sms_column_${source}`;
export const readColumnBlock = (blockId: string) => Number(blockId.slice(columnBlock(0).length - 1));

/** What a button carries that acts once in the round in which it was shown. */
export const roundValue = ({ id, round }: { id: string; round: number }) => `${id}:${round}`;
/** `12:1` or, where the round does not matter, `12`. */
export function readBatchValue(value: string): { batchId: string; round?: number } {
  const [batchId = '', round] = value.split(':');
  return round === undefined ? { batchId } : { batchId, round: Number(round) };
}
