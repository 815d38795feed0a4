import { randomUUID } from 'node:crypto';
import type { SlackMessage } from '../blocks/block-kit';
import { composeModal } from '../blocks/modals/compose';
import { openModal } from './open-modal';
import { type RequestContext, refusal } from './request-context';

/** Opens the form for a new batch. Returns null, or a reply that says why not. */
export async function openCompose(request: RequestContext, triggerId: string): Promise<SlackMessage | null> {
  const refused = refusal(request, 'send');
  if (refused) return refused;
  const modal = composeModal(
    request.words,
    { submitKey: randomUUID() },
    request.slack.app.settings.defaultCountry,
  );
  return openModal(request, triggerId, modal);
}
