import { randomUUID } from 'node:crypto';
import { findDraftInTheWay } from '../../batches/views/find-open-draft';
import { authorise } from '../../tenants/actor';
import type { ModalView, SlackMessage } from '../blocks/block-kit';
import { composeModal } from '../blocks/modals/compose';
import { openDraftModal } from '../blocks/modals/open-draft';
import { openModal } from './open-modal';
import type { RequestContext } from './request-context';

/**
 * Opens the form for a new batch, or asks what becomes of the draft that is open. Returns null, or a reply that says why
 * not.
 */
export async function openCompose(request: RequestContext, triggerId: string): Promise<SlackMessage | null> {
  return openModal(request, triggerId, await composeOrAsk(request));
}

/** The form, with this channel chosen, or the question about an open draft of the same person. */
export async function composeOrAsk(request: RequestContext, channelId?: string): Promise<ModalView> {
  const { slack, actor, words, reader } = request;
  // createBatch decides. It is asked before, so that nobody fills in a form that they may not send.
  authorise(actor, 'send');
  const open = await findDraftInTheWay(slack.app, actor);
  if (open) return openDraftModal(reader, open);
  return composeModal(words, { submitKey: randomUUID() }, slack.app.settings.defaultCountry, channelId);
}
