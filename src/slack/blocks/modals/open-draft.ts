import type { OpenDraft } from '../../../batches/views/find-open-draft';
import type { Words } from '../../../words/en';
import type { Reader } from '../../../words/words-for';
import {
  actions,
  asApiBlocks,
  button,
  confirmation,
  type ModalView,
  plain,
  section,
  verbatim,
} from '../block-kit';
import { clip } from '../escape';
import { ACTIONS, BLOCKS, CALLBACKS } from '../ids';
import { slackTime } from '../parts/slack-time';

/** Enough to recognise a text by. */
const SHOWN_CHARACTERS = 200;

/** Asks whoever begins a draft beside an open one what becomes of that one. */
export function openDraftModal(reader: Reader, draft: OpenDraft): ModalView {
  const { words } = reader;
  const { openDraft } = words;
  const value = draft.batchId;
  const goOn = button(openDraft.goOn, ACTIONS.continueDraft, { value, style: 'primary' });
  const replace = button(openDraft.replace, ACTIONS.replaceDraft, {
    value,
    confirm: confirmation(openDraft.confirm, openDraft.confirm.text),
  });
  return {
    type: 'modal',
    callback_id: CALLBACKS.openDraft,
    title: plain(openDraft.title),
    close: plain(words.compose.close),
    blocks: asApiBlocks([
      section(openDraft.text(slackTime(reader, draft.begunAt))),
      verbatim(clip(draft.content, SHOWN_CHARACTERS)),
      section(stepOf(words, draft)),
      actions(BLOCKS.openDraftActions, [goOn, replace]),
    ]),
  };
}

function stepOf({ openDraft }: Words, { step, recipients }: OpenDraft): string {
  return step === 'ready' ? openDraft.ready(recipients) : openDraft[step];
}
