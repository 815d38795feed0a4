import type { types } from '@slack/bolt';
import type { Words } from '../../../words/en';
import { type ModalView, plain } from '../block-kit';
import { ACTIONS, BLOCKS, CALLBACKS } from '../ids';
import { countrySelect } from './country-select';

/** The most that the form takes: texts as long as providers do, and files as Slack does (file_input). */
export const MAX_TEXT_CHARACTERS = 1024;
export const MAX_SENDER_ID_CHARACTERS = 32;
export const MAX_FILES = 10;
export const MAX_FILE_BYTES = 10 * 1024 * 1024;
export const FILE_KINDS = ['csv', 'txt', 'tsv', 'xlsx'];

/** The private_metadata of the modal. */
export interface ComposeKey {
  /** Created when the modal is opened. All submits of one modal create one batch. */
  submitKey: string;
}

/** The form for a new batch. `channelId`: chosen at first; undefined: the channel in which the form was opened. */
export function composeModal(
  words: Words,
  key: ComposeKey,
  defaultCountry: string | undefined,
  channelId?: string,
): ModalView {
  const { compose } = words;
  return {
    type: 'modal',
    callback_id: CALLBACKS.compose,
    private_metadata: JSON.stringify(key),
    title: plain(compose.title),
    submit: plain(compose.submit),
    close: plain(compose.close),
    blocks: [
      textInput(words),
      ...recipientInputs(words, defaultCountry),
      ...senderAndChannelInputs(words, channelId),
    ],
  };
}

function textInput({ compose }: Words): types.InputBlock {
  return {
    type: 'input',
    block_id: BLOCKS.text,
    label: plain(compose.text),
    hint: plain(compose.textHint(MAX_TEXT_CHARACTERS)),
    element: {
      type: 'plain_text_input',
      action_id: ACTIONS.value,
      multiline: true,
      max_length: MAX_TEXT_CHARACTERS,
      placeholder: plain(compose.textPlaceholder),
      focus_on_load: true,
    },
  };
}

function recipientInputs(words: Words, defaultCountry: string | undefined): types.InputBlock[] {
  const { compose } = words;
  return [
    {
      type: 'input',
      block_id: BLOCKS.file,
      optional: true,
      label: plain(compose.file),
      hint: plain(compose.fileHint),
      element: {
        type: 'file_input',
        action_id: ACTIONS.value,
        filetypes: FILE_KINDS,
        max_files: MAX_FILES,
      },
    },
    {
      type: 'input',
      block_id: BLOCKS.paste,
      optional: true,
      label: plain(compose.paste),
      hint: plain(compose.pasteHint),
      element: {
        type: 'plain_text_input',
        action_id: ACTIONS.value,
        multiline: true,
        max_length: 3000,
        placeholder: plain(compose.pastePlaceholder),
      },
    },
    {
      type: 'input',
      block_id: BLOCKS.country,
      optional: true,
      label: plain(compose.country),
      hint: plain(compose.countryHint),
      element: countrySelect(words, defaultCountry),
    },
  ];
}

function senderAndChannelInputs({ compose }: Words, channelId: string | undefined): types.InputBlock[] {
  return [
    {
      type: 'input',
      block_id: BLOCKS.senderId,
      optional: true,
      label: plain(compose.senderId),
      hint: plain(compose.senderIdHint(MAX_SENDER_ID_CHARACTERS)),
      element: { type: 'plain_text_input', action_id: ACTIONS.value, max_length: MAX_SENDER_ID_CHARACTERS },
    },
    {
      type: 'input',
      block_id: BLOCKS.channel,
      label: plain(compose.channel),
      hint: plain(compose.channelHint),
      element: {
        type: 'conversations_select',
        action_id: ACTIONS.value,
        default_to_current_conversation: true,
        ...(channelId === undefined ? {} : { initial_conversation: channelId }),
        // The status message shows the text, and an export whole numbers: not for another organisation.
        filter: {
          include: ['public', 'private'],
          exclude_bot_users: true,
          exclude_external_shared_channels: true,
        },
      },
    },
  ];
}
