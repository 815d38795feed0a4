import type { UploadedFile, ViewStateValue } from '@slack/bolt';
import type { DraftSource } from '../../../batches/draft-input';
import { composeText } from '../../../content/compose-text';
import { replaceShortcodes } from '../../../content/emoji';
import { isBlankPaste } from '../../../recipients/read-pasted';
import type { Words } from '../../../words/en';
import { ACTIONS, BLOCKS } from '../../blocks/ids';
import {
  FILE_KINDS,
  MAX_FILE_BYTES,
  MAX_FILES,
  MAX_SENDER_ID_CHARACTERS,
  MAX_TEXT_CHARACTERS,
} from '../../blocks/modals/compose';
import { isCountry } from '../../blocks/modals/country-select';
import { SLACK_FILES } from '../../client/download-file';

export type FormValues = Record<string, Record<string, ViewStateValue>>;

interface ComposedDraft {
  content: string;
  senderId: string | null;
  defaultCountry: string | null;
  channelId: string;
  sources: DraftSource[];
}

/** The draft in the form, or its errors: a sentence for each wrong field, by block id. */
type ReadCompose =
  | { kind: 'composed'; draft: ComposedDraft }
  | { kind: 'errors'; errors: Record<string, string> };

/** Reads the form. Checks every field, so that all errors are shown at once. */
export function readCompose(values: FormValues, words: Words): ReadCompose {
  const field = (block: string): ViewStateValue | undefined => values[block]?.[ACTIONS.value];
  const content = composeText(replaceShortcodes(field(BLOCKS.text)?.value ?? ''));
  const senderId = field(BLOCKS.senderId)?.value?.trim() ?? '';
  const typed = field(BLOCKS.paste)?.value?.trim() ?? '';
  const pasted = isBlankPaste(typed) ? '' : typed;
  const files: ChosenFile[] = field(BLOCKS.file)?.files ?? [];
  const country = field(BLOCKS.country)?.selected_option?.value ?? null;
  const channelId = field(BLOCKS.channel)?.selected_conversation ?? '';
  const errors = withoutNulls({
    [BLOCKS.text]: textError(content, words),
    [BLOCKS.file]: filesError(files, pasted, words),
    [BLOCKS.country]: country === null || isCountry(country) ? null : words.compose.errors.country,
    [BLOCKS.senderId]: senderIdError(senderId, words),
    [BLOCKS.channel]: channelId === '' ? words.compose.errors.channel : null,
  });
  if (Object.keys(errors).length > 0) return { kind: 'errors', errors };
  const sources = sourcesOf(files, pasted);
  const draft = { content, senderId: senderId || null, defaultCountry: country, channelId, sources };
  return { kind: 'composed', draft };
}

/**
 * Counts UTF-16 units, which are never fewer than characters: a text that passes is within the provider's
 * limit.
 */
function textError(content: string, { compose }: Words): string | null {
  if (content.trim() === '') return compose.errors.textEmpty;
  if (content.length <= MAX_TEXT_CHARACTERS) return null;
  return compose.errors.textTooLong(content.length, MAX_TEXT_CHARACTERS);
}

function filesError(files: ChosenFile[], pasted: string, { compose }: Words): string | null {
  if (files.length === 0) return pasted === '' ? compose.errors.noRecipients : null;
  if (files.length > MAX_FILES) return compose.errors.tooManyFiles(MAX_FILES);
  const odd = files.find((file) => !isListFile(file));
  if (odd) return compose.errors.fileKind(odd.name ?? odd.id);
  const large = files.find((file) => (file.size ?? 0) > MAX_FILE_BYTES);
  return large ? compose.errors.fileTooLarge(large.name ?? large.id) : null;
}

/** For a file from another workspace Slack sends only the id (`file_access: check_file_info`). */
type ChosenFile = Pick<UploadedFile, 'id'> & Partial<UploadedFile>;

const TEXT_OR_WORKBOOK = /^(?:text\/|application\/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet$)/;

function isListFile(file: ChosenFile): boolean {
  if (file.name === undefined) return true;
  const extension = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase();
  return extension === undefined
    ? TEXT_OR_WORKBOOK.test(file.mimetype ?? '')
    : FILE_KINDS.includes(extension);
}

function senderIdError(senderId: string, { compose }: Words): string | null {
  if (senderId.length <= MAX_SENDER_ID_CHARACTERS) return null;
  return compose.errors.senderIdTooLong(MAX_SENDER_ID_CHARACTERS);
}

function sourcesOf(files: ChosenFile[], pasted: string): DraftSource[] {
  const sources: DraftSource[] = files.map((file) => ({
    kind: 'file',
    origin: SLACK_FILES,
    ref: file.id,
    name: file.name ?? file.id,
    sizeBytes: file.size ?? 0,
  }));
  return pasted === '' ? sources : [...sources, { kind: 'pasted', text: pasted }];
}

function withoutNulls(errors: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
