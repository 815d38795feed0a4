import type { Words } from '../../../words/en';
import { inline } from '../escape';

const NO_PERMISSION =
  /^(missing_scope|no_permission|not_allowed_token_type|access_denied|ekm_access_denied)$/;
const NO_UPLOADS = /^file_(uploads?_|type_not_allowed)/;

/** Why Slack does not take an answer, and what to do. `code` is its word for it. mrkdwn. */
export function explainRefusal({ sorry }: Words, code: string): string {
  const shown = inline(code, 60);
  if (NO_PERMISSION.test(code)) return sorry.noPermission(shown);
  return NO_UPLOADS.test(code) ? sorry.noUploads(shown) : sorry.refused(shown);
}
