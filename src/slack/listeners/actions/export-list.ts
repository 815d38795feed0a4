import {
  type ExportedPart,
  type RequestedExport,
  requestExport,
} from '../../../batches/exporting/open-export';
import type { Words } from '../../../words/en';
import type { SlackMessage } from '../../blocks/block-kit';
import { plainReply } from '../../blocks/messages/replies';
import type { Click } from '../bolt-listeners';
import type { RequestContext } from '../request-context';

/** Requests a batch's CSV. A job makes it and shares it in the thread. */
export function exportList(part: ExportedPart) {
  return async (request: RequestContext, click: Click): Promise<SlackMessage | null> => {
    const { slack, actor, words } = request;
    const requested = await requestExport(slack.app, actor, { batchId: click.value, part });
    return plainReply(answerTo(words, part, requested));
  };
}

function answerTo({ exports, review }: Words, part: ExportedPart, requested: RequestedExport): string {
  switch (requested.kind) {
    case 'not_found':
      return review.gone;
    case 'nothing':
      return exports.nothing[part];
    case 'opened':
      return exports.coming(requested.rows);
    case 'already_open':
      return exports.alreadyComing;
    case 'stopping':
      return exports.stopping;
    case 'too_many':
      return exports.tooMany(requested.most);
  }
}
