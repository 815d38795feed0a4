import { randomUUID } from 'node:crypto';
import type { Message } from './block-kit';
import { refusal, type Visit } from './desk';
import { composeModal } from './modals/compose';
import { openModal } from './open-modal';

/** Opens the form in which a batch is written. */
export async function openCompose(visit: Visit, triggerId: string): Promise<Message | null> {
  const refused = refusal(visit, 'send');
  if (refused) return refused;
  const modal = composeModal(visit.words, { submitKey: randomUUID() }, visit.desk.defaultCountry);
  return openModal(visit, triggerId, modal);
}
