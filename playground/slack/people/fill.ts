import type { SlackContext } from '../slack-context';
import type { PersonOptions } from '../slack-options';
import type { SlackFile, StateValue } from '../workspace/shapes';
import { type Control, valueKey } from '../workspace/state';
import { NotPossible } from './not-possible';

interface UploadInput {
  name: string;
  content: string | Buffer;
}

/**
 * What a person enters: text; an option by its visible text or value; a list of those; the UNIX seconds of a
 * moment; `YYYY-MM-DD`, `HH:mm`; an id of a person or conversation; files; null to empty the field.
 */
export type Entry = string | number | string[] | UploadInput[] | null;

const FILE_LIMIT_BYTES = 10 * 1024 * 1024;

/** The value in `state.values` for what a person entered; refuses what the control would not take. */
export function toStateValue(
  slack: SlackContext,
  person: PersonOptions,
  control: Control,
  entry: Entry,
): StateValue {
  const { type } = control.element;
  const key = valueKey(type);
  if (!key) throw refusal(control, 'cannot be filled in');
  if (entry === null) return { type, [key]: type.startsWith('multi_') || key.endsWith('s') ? [] : null };
  return { type, [key]: enteredValue(slack, person, control, entry) };
}

function enteredValue(slack: SlackContext, person: PersonOptions, control: Control, entry: Entry): unknown {
  switch (control.element.type) {
    case 'plain_text_input':
      return plainText(control, String(entry));
    case 'number_input':
      return numberText(control, String(entry));
    case 'email_text_input':
      return matching(control, entry, /^[^@\s]+@[^@\s]+\.[^@\s]+$/);
    case 'url_text_input':
      return matching(control, entry, /^https?:\/\/\S+$/);
    case 'datepicker':
      return matching(control, entry, /^\d{4}-\d{2}-\d{2}$/);
    case 'timepicker':
      return matching(control, entry, /^\d{2}:\d{2}$/);
    case 'datetimepicker':
      return Number(matching(control, entry, /^\d{10}$/));
    case 'static_select':
    case 'radio_buttons':
      return option(control, String(entry));
    case 'multi_static_select':
    case 'checkboxes':
      return several(control, entry).map((one) => option(control, one));
    case 'users_select':
    case 'channels_select':
    case 'conversations_select':
      return pickable(slack, control, String(entry));
    case 'multi_users_select':
    case 'multi_channels_select':
    case 'multi_conversations_select':
      return several(control, entry).map((one) => pickable(slack, control, one));
    case 'file_input':
      return upload(slack, person, control, entry as UploadInput[]);
    default:
      throw refusal(control, `is a ${control.element.type}, which the local Slack cannot fill in`);
  }
}

function plainText(control: Control, text: string): string {
  const { min_length: min = 0, max_length: max = 3000, multiline } = control.element;
  if (text.length > Number(max)) throw refusal(control, `takes at most ${max} characters`);
  if (text.length < Number(min)) throw refusal(control, `needs at least ${min} characters`);
  return multiline ? text : text.replace(/\s*\n\s*/g, ' ');
}

function numberText(control: Control, text: string): string {
  const { is_decimal_allowed: decimals, min_value: min, max_value: max } = control.element;
  const value = Number(text);
  const isNumber = text.trim() !== '' && Number.isFinite(value) && (decimals || Number.isInteger(value));
  const isWithin = !(min !== undefined && value < Number(min)) && !(max !== undefined && value > Number(max));
  if (!isNumber || !isWithin) throw refusal(control, 'does not take this number');
  return text;
}

function matching(control: Control, entry: Entry, pattern: RegExp): string {
  const text = String(entry);
  if (!pattern.test(text)) throw refusal(control, `does not take "${text}"`);
  return text;
}

function several(control: Control, entry: Entry): string[] {
  const chosen = (Array.isArray(entry) ? entry : [entry]).map(String);
  const max = control.element.max_selected_items;
  if (max !== undefined && chosen.length > Number(max)) throw refusal(control, `takes at most ${max}`);
  return chosen;
}

interface Option {
  text: { text: string };
  value: string;
}

/** One of the options, by visible text or value. */
export function option(control: Control, wanted: string): Option {
  const { options, option_groups: groups } = control.element as {
    options?: Option[];
    option_groups?: { options: Option[] }[];
  };
  const all = options ?? groups?.flatMap((group) => group.options) ?? [];
  const found = all.find((one) => one.text.text === wanted) ?? all.find((one) => one.value === wanted);
  if (!found) throw refusal(control, `has no option "${wanted}"`);
  return found;
}

function pickable(slack: SlackContext, control: Control, id: string): string {
  const { people, channels } = slack.workspace;
  const exists = control.element.type.includes('users')
    ? people.find(id) !== undefined
    : channels.find(id) !== undefined;
  if (!exists) throw refusal(control, `has nothing called ${id}`);
  return id;
}

function upload(
  slack: SlackContext,
  person: PersonOptions,
  control: Control,
  inputs: UploadInput[],
): SlackFile[] {
  const { max_files: max = 10, filetypes } = control.element;
  if (inputs.length > Number(max)) throw refusal(control, `takes at most ${max} files`);
  return inputs.map(({ name, content }) => {
    const extension = name.split('.').at(-1)?.toLowerCase() ?? '';
    if (Array.isArray(filetypes) && !filetypes.includes(extension)) {
      throw refusal(control, `does not take .${extension} files`);
    }
    const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content);
    if (bytes.length > FILE_LIMIT_BYTES) throw refusal(control, 'takes files of at most 10 MB');
    return slack.workspace.files.add({ name, user: person.id, content: bytes });
  });
}

function refusal(control: Control, what: string): NotPossible {
  const label = control.block.type === 'input' ? control.block.label.text : control.element.action_id;
  return new NotPossible('not_valid', `"${label}" ${what}.`, control.block.block_id);
}
