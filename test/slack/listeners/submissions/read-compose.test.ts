import { BLOCKS } from '../../../../src/slack/blocks/ids';
import { composeModal } from '../../../../src/slack/blocks/modals/compose';
import { type FormValues, readCompose } from '../../../../src/slack/listeners/submissions/read-compose';
import { en } from '../../../../src/words/en';
import { wordsFor } from '../../../../src/words/words-for';

interface Typed {
  message?: string | null;
  files?: { id: string; name: string; size?: number; mimetype?: string }[];
  paste?: string | null;
  country?: string | null;
  senderId?: string | null;
  channel?: string | null;
}

/** A filled form, as view_submission carries it. */
function form(typed: Typed = {}): FormValues {
  const given = { message: 'Hello', paste: '13800138000', channel: 'C0MARKETNG', ...typed };
  const value = (text: string | null | undefined) => ({
    value: { type: 'plain_text_input', value: text ?? null },
  });
  const option = given.country ? { text: { type: 'plain_text', text: '' }, value: given.country } : null;
  return {
    [BLOCKS.text]: value(given.message),
    [BLOCKS.file]: { value: { type: 'file_input', files: given.files ?? [] } },
    [BLOCKS.paste]: value(given.paste),
    [BLOCKS.country]: { value: { type: 'static_select', selected_option: option } },
    [BLOCKS.senderId]: value(given.senderId),
    [BLOCKS.channel]: { value: { type: 'conversations_select', selected_conversation: given.channel } },
  } as unknown as FormValues;
}

const errorsOf = (typed: Typed) => {
  const read = readCompose(form(typed), en);
  return read.kind === 'errors' ? read.errors : {};
};

const csv = { id: 'F1', name: 'list.csv', size: 100, mimetype: 'text/csv' };

it('reads a form that gives both a file and pasted numbers', () => {
  expect(readCompose(form({ files: [csv], country: 'CN', senderId: ' ACME ' }), en)).toEqual({
    kind: 'composed',
    draft: {
      content: 'Hello',
      senderId: 'ACME',
      defaultCountry: 'CN',
      channelId: 'C0MARKETNG',
      sources: [
        { kind: 'file', origin: 'slack', ref: 'F1', name: 'list.csv', sizeBytes: 100 },
        { kind: 'pasted', text: '13800138000' },
      ],
    },
  });
});

it('keeps the text exactly as it was typed', () => {
  const read = readCompose(form({ message: '  two\nlines <!channel> ' }), en);
  expect(read).toMatchObject({ draft: { content: '  two\nlines <!channel> ' } });
});

it.each([
  ['shortcodes', ':tada:'.repeat(300), '🎉'.repeat(300)],
  ['accents apart from their letters', 'e\u0301'.repeat(1024), 'é'.repeat(1024)],
  ['line ends of Windows', 'x\r\n'.repeat(512), 'x\n'.repeat(512)],
])('takes a text as it will be sent, and counts that: %s', (_name, message, content) => {
  expect(message.length).toBeGreaterThan(1024);
  expect(readCompose(form({ message }), en)).toMatchObject({ draft: { content } });
});

it.each<[string, Typed, string]>([
  ['no message', { message: null }, BLOCKS.text],
  ['a message of blanks', { message: ' \n ' }, BLOCKS.text],
  ['a message of 1025 characters', { message: 'x'.repeat(1025) }, BLOCKS.text],
  ['neither file nor numbers', { paste: ' ' }, BLOCKS.file],
  ['nothing but separators', { paste: ' , ;\n、' }, BLOCKS.file],
  ['a file that is too large', { files: [{ ...csv, size: 10 * 1024 * 1024 + 1 }] }, BLOCKS.file],
  ['a spreadsheet', { files: [csv, { ...csv, name: 'list.xls' }] }, BLOCKS.file],
  ['an image without extension', { files: [{ ...csv, name: 'list', mimetype: 'image/png' }] }, BLOCKS.file],
  ['eleven files', { files: Array(11).fill(csv) }, BLOCKS.file],
  ['an odd country', { country: 'XX' }, BLOCKS.country],
  ['a long sender ID', { senderId: 'x'.repeat(33) }, BLOCKS.senderId],
  ['no channel', { channel: null }, BLOCKS.channel],
])('says under its field what is wrong: %s', (_name, typed, block) => {
  expect(Object.keys(errorsOf(typed))).toEqual([block]);
});

it('reports every fault at once', () => {
  const faults = errorsOf({ message: '', paste: null, senderId: 'x'.repeat(40) });
  expect(Object.keys(faults)).toEqual([BLOCKS.text, BLOCKS.file, BLOCKS.senderId]);
});

it('takes 1024 characters and the largest file', () => {
  const typed = { message: 'x'.repeat(1024), files: [{ ...csv, name: 'LIST.CSV', size: 10 * 1024 * 1024 }] };
  expect(errorsOf(typed)).toEqual({});
});

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

it.each([
  ['list.xlsx', XLSX],
  ['LIST.XLSX', 'application/octet-stream'],
  ['list', XLSX],
  ['list', 'text/plain'],
])('takes the file %s of the type %s', (name, mimetype) => {
  expect(errorsOf({ files: [{ ...csv, name, mimetype }] })).toEqual({});
});

it.each([
  ['list.xlsm', XLSX],
  ['list', `${XLSX}.macro`],
])('does not take the file %s of the type %s', (name, mimetype) => {
  expect(Object.keys(errorsOf({ files: [{ ...csv, name, mimetype }] }))).toEqual([BLOCKS.file]);
});

it('offers no channel of another organisation for the status message', () => {
  const { blocks } = composeModal(wordsFor('en-US'), { submitKey: 'k' }, undefined);
  const channel = blocks.find((block) => block.block_id === BLOCKS.channel);
  expect(channel).toMatchObject({ element: { filter: { exclude_external_shared_channels: true } } });
});
