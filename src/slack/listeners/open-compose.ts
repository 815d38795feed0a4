import { randomUUID } from 'node:crypto';
import type { Message } from '../blocks/block-kit';
import { composeModal } from '../blocks/modals/compose';
import { openModal } from './open-modal';
import { refusal, type Visit } from './request';

/** Opens the form in which a batch is written. */
export async function openCompose(visit: Visit, triggerId: string): Promise<Message | null> {
  const refused = refusal(visit, 'send');
  if (refused) return refused;
  const modal = composeModal(visit.words, { submitKey: randomUUID() }, visit.desk.defaultCountry);
  return openModal(visit, triggerId, modal);
}
