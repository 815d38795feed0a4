import { type ExportedPart, requestExport } from '../../batches/export-batch';
import type { Message } from '../block-kit';
import { refusal, type Visit } from '../desk';
import type { Click } from '../listeners';
import { plainAnswer } from '../messages/answers';

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
