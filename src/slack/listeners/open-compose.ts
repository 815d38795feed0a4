import { randomUUID } from 'node:crypto';
import { authorise } from '../../tenants/actor';
import type { SlackMessage } from '../blocks/block-kit';
import { composeModal } from '../blocks/modals/compose';
import { openModal } from './open-modal';
import type { RequestContext } from './request-context';

/** Opens the form for a new batch. Returns null, or a reply that says why not. */
export async function openCompose(request: RequestContext, triggerId: string): Promise<SlackMessage | null> {
  // createBatch decides. It is asked before, so that nobody fills in a form that they may not send.
  authorise(request.actor, 'send');
  const modal = composeModal(
    request.words,
    { submitKey: randomUUID() },
    request.slack.app.settings.defaultCountry,
  );
  return openModal(request, triggerId, modal);
}
