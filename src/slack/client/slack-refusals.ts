/** What a refusal is about, and so what can help. */
export type RefusalCause =
  /** The bot cannot write in the channel, or not any more. */
  | 'channel'
  /** There is no such person for the bot, or no direct message to them. */
  | 'person'
  /** The message takes no replies. The channel around it may take posts. */
  | 'thread'
  /** The message was deleted. */
  | 'gone'
  /** The message is there, and the bot may not change it. */
  | 'not_editable'
  /** The workspace does not support one of the blocks. */
  | 'blocks'
  /** What was given will never be taken as it is. */
  | 'content'
  /** Slack lets the bot do nothing at all until somebody renews its token or its installation. */
  | 'token'
  /** A scope that the bot lacks, or a rule of the workspace. */
  | 'permission'
  /** Slack has the file not, not yet, or not any more. */
  | 'file'
  /** The trigger was used or is too old; the modal is closed or changed. */
  | 'view';

const CODES: Record<RefusalCause, string[]> = {
  channel: [
    ...['channel_not_found', 'not_in_channel', 'is_archived', 'is_inactive', 'messages_tab_disabled'],
    ...['restricted_action', 'restricted_action_read_only_channel', 'restricted_action_thread_only_channel'],
    ...['invalid_channel', 'posting_to_channel_denied', 'app_cannot_join_channel', 'ekm_access_denied'],
  ],
  person: [
    ...['user_not_found', 'user_not_visible', 'user_disabled', 'user_not_in_channel', 'cannot_dm_bot'],
    ...['invalid_user_combination'],
  ],
  thread: [
    ...['cannot_reply_to_message', 'thread_locked', 'thread_not_found', 'restricted_action_thread_locked'],
    ...['restricted_action_non_threadable_channel'],
  ],
  gone: ['message_not_found'],
  not_editable: ['cant_update_message', 'cant_delete_message', 'edit_window_closed'],
  blocks: ['invalid_blocks'],
  content: [
    ...['invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long', 'no_text', 'markdown_text_conflict'],
    ...['invalid_metadata_format', 'invalid_metadata_schema', 'metadata_too_large', 'block_mismatch'],
    ...['metadata_must_be_sent_from_app', 'invalid_attachments', 'too_many_attachments'],
    ...['attachment_payload_limit_exceeded', 'too_many_contact_cards', 'missing_file_data'],
    ...['invalid_arguments', 'invalid_arg_name', 'invalid_array_arg', 'invalid_charset', 'invalid_form_data'],
    ...['invalid_post_type', 'missing_post_type', 'method_deprecated', 'deprecated_endpoint'],
    ...['unknown_method', 'invalid_cursor', 'view_too_large', 'duplicate_external_id'],
  ],
  token: [
    ...['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive'],
    ...['user_removed_from_team', 'team_disabled', 'org_login_required', 'team_added_to_org'],
    ...['team_access_not_granted', 'enterprise_is_restricted', 'two_factor_setup_required', 'accesslimited'],
  ],
  permission: [
    ...['missing_scope', 'no_permission', 'access_denied', 'not_allowed_token_type'],
    ...['slack_connect_file_link_sharing_blocked', 'slack_connect_canvas_sharing_blocked'],
    ...['slack_connect_lists_sharing_blocked', 'method_not_supported_for_channel_type'],
    ...['file_uploads_disabled', 'file_uploads_except_images_disabled', 'file_type_not_allowed'],
    ...['file_upload_size_restricted'],
  ],
  file: [
    'file_not_found',
    'file_deleted',
    'file_not_ready',
    'file_not_yet_available',
    'file_upload_in_progress',
  ],
  view: [
    ...['not_found', 'expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id', 'trigger_expired'],
    ...['trigger_exchanged', 'hash_conflict', 'push_limit_reached', 'view_not_found'],
  ],
};

/** Slack takes nothing of this kind for now. */
const LIMITS = new Set(['rate_limited', 'ratelimited', 'message_limit_exceeded']);

const CAUSES = new Map(
  Object.entries(CODES).flatMap(([cause, codes]) => codes.map((code) => [code, cause as RefusalCause])),
);

/**
 * What Slack's error code proves. The cause: Slack did nothing. `limited`: nothing, and it may be asked later. Null: it
 * proves nothing, since Slack answers `internal_error`, `fatal_error`, `service_unavailable`, `request_timeout` or
 * `update_failed` also after it has acted, and a code that is not listed may mean anything.
 *
 * The source is the lists of errors of each method at docs.slack.dev/reference/methods (chat.postMessage, chat.update,
 * chat.delete, conversations.open, files.completeUploadExternal, files.info, views.open, views.update, users.info,
 * auth.test; read in November 2026). `thread_locked`, `thread_not_found`, `cannot_dm_bot` and those about uploads are from
 * reports of people.
 */
export function causeOf(code: string): RefusalCause | 'limited' | null {
  return LIMITS.has(code) ? 'limited' : (CAUSES.get(code) ?? null);
}
