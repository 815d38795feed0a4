import { type ExportedPart, requestExport } from '../../../batches/exporting/open-export';
import type { SlackMessage } from '../../blocks/block-kit';
import { plainReply } from '../../blocks/messages/replies';
import type { Click } from '../bolt-listeners';
import type { RequestContext } from '../request-context';

/** Requests a batch's CSV. A job makes it and shares it in the thread. */
export function exportList(part: ExportedPart) {
  return async (request: RequestContext, click: Click): Promise<SlackMessage | null> => {
    const { slack, actor, words } = request;
    const requested = await requestExport(slack.app, actor, { batchId: click.value, part });
    if (!requested) return plainReply(words.review.gone);
    if (requested.rows === 0) return plainReply(words.exports.nothing[part]);
    return plainReply(words.exports.coming(requested.rows));
  };
}
