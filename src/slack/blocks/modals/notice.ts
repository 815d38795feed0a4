import type { Words } from '../../../words/en';
import { type ModalView, plain, section } from '../block-kit';
import { CALLBACKS } from '../ids';

/** A modal with one text: a refusal, an error, or what has happened meanwhile. */
export function noticeModal(words: Words, title: string, text: string): ModalView {
  return {
    type: 'modal',
    callback_id: CALLBACKS.notice,
    title: plain(title),
    close: plain(words.errors.close),
    blocks: [section(text)],
  };
}
