import type { ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import { createBatch } from '../../../batches/importing/create-batch';
import { TooManyDrafts } from '../../../batches/importing/draft-limit';
import type { Words } from '../../../words/en';
import { readCarried } from '../../blocks/carried';
import { BLOCKS } from '../../blocks/ids';
import type { ComposeKey } from '../../blocks/modals/compose';
import { importProgressModal } from '../../blocks/modals/import-progress';
import { insertSlackBatch } from '../../store/slack-batches.sql';
import type { FormReply } from '../form-listeners';
import type { RequestContext } from '../request-context';
import { readCompose } from './read-compose';

/**
 * Stores the draft and shows that its list is being read. Downloads nothing before Slack has its
 * acknowledgement.
 */
export async function submitCompose(request: RequestContext, view: ViewOutput): Promise<FormReply> {
  const { slack, actor, words } = request;
  const form = readCompose(view.state.values, words);
  if (form.kind === 'errors') return { ack: { response_action: 'errors', errors: form.errors } };
  const { submitKey } = readCarried<ComposeKey>(
    view.private_metadata,
    z.object({ submitKey: z.string().min(1).max(200) }),
  );
  const { channelId, ...draft } = form.draft;
  const wanted = {
    ...draft,
    accountId: null,
    submitKey,
  };
  try {
    await createBatch(slack.app, actor, wanted, (trx, batchId) =>
      insertSlackBatch(trx, { batchId, channelId, viewId: view.id }),
    );
  } catch (error) {
    if (!(error instanceof TooManyDrafts)) throw error;
    const errors = { [BLOCKS.text]: whyTooMany(words, error) };
    return { ack: { response_action: 'errors', errors } };
  }
  return { ack: { response_action: 'update', view: importProgressModal(words, null) } };
}

/** Under the first field, and all that was typed stays: another draft came between the form and its submit. */
function whyTooMany({ openDraft }: Words, { of, most }: TooManyDrafts): string {
  return of === 'workspace' ? openDraft.workspaceFull(most) : openDraft.anotherOpen(most);
}
