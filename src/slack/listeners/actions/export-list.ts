import { type ExportedPart, requestExport } from '../../../batches/exporting/open-export';
import type { Message } from '../../blocks/block-kit';
import { plainAnswer } from '../../blocks/messages/replies';
import type { Click } from '../bolt-listeners';
import { refusal, type Visit } from '../request';

/** Asks for a batch's CSV; it comes into the thread when it is made. */
export function exportList(part: ExportedPart) {
  return async (visit: Visit, click: Click): Promise<Message | null> => {
    const refused = refusal(visit, 'export');
    if (refused) return refused;
    const { post, tenantId, person, words } = visit;
    const call = { tenantId, userId: person.id, batchId: click.value, part };
    const requested = await requestExport(post.heart, call);
    if (!requested) return plainAnswer(words.review.gone);
    if (requested.rows === 0) return plainAnswer(words.exports.nothing[part]);
    return plainAnswer(words.exports.coming(requested.rows));
  };
}
