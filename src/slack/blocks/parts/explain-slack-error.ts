import type { Words } from '../../../words/en';
import { inline } from '../escape';

const NO_PERMISSION =
  /^(missing_scope|no_permission|not_allowed_token_type|access_denied|ekm_access_denied)$/;
const NO_UPLOADS = /^file_(uploads?_|type_not_allowed)/;

/**
 * Why Slack refuses a reply, and what to do about it. `code` is Slack's error, such as `missing_scope`.
 * mrkdwn.
 */
export function explainSlackError({ apologies }: Words, code: string): string {
  const shown = inline(code, 60);
  if (NO_PERMISSION.test(code)) return apologies.noPermission(shown);
  return NO_UPLOADS.test(code) ? apologies.noUploads(shown) : apologies.refused(shown);
}
