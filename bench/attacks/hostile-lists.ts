import { CALLBACKS } from '../../src/slack/blocks/ids';
import { makeWorkbook } from '../../test/setup/make-workbook';
import type { BenchSystem } from '../bench-system';
import type { Attack } from './attack';

const ANNA = 'U0ANNA0001';
const WAIT = { timeoutMs: 600_000 };
const UNDER_WAY: string[] = [CALLBACKS.compose, CALLBACKS.reading];
const BLANKS = 60_000;
const WIDE = 60_000;
const FILE_BYTES = 10 * 1024 * 1024;
/** Each list is drafted so often, one after the other. */
const ROUNDS = 3;

/** Lists that were made to cost much: Anna drafts each of them and sees what comes of it. */
export function hostileLists(rows: number): Attack[] {
  const lists: Record<string, { file: string; content: () => string | Buffer }> = {
    'cells of a bracket and 60,000 blanks': { file: 'list.csv', content: () => repeat(`(${blanks()}x\n`) },
    'cells of 60,000 digits and marks': {
      file: 'list.csv',
      content: () => repeat(`${'+1 (2)-'.repeat(BLANKS / 7)}\n`),
    },
    'a header of 60,000 columns': {
      file: 'list.csv',
      content: () => `${','.repeat(WIDE)}\n${'+8613800000000\n'.repeat(3_000)}`,
    },
    'rows of 400 columns': { file: 'list.csv', content: () => repeat(`${'1,'.repeat(400)}13800000000\n`) },
    'one line of numbers': { file: 'list.txt', content: () => oneLine() },
    'a workbook of one long cell after another': { file: 'list.xlsx', content: () => longCells() },
    'a list of a usual kind, the largest file': { file: 'list.csv', content: () => usual(rows) },
  };
  return Object.entries(lists).map(([name, { file, content }]) => ({
    name,
    run: (system) => draft(system, file, content()),
  }));
}

const blanks = () => ' '.repeat(BLANKS);
const repeat = (row: string) => `phone\n${row.repeat(Math.floor(FILE_BYTES / row.length) - 1)}`;
const oneLine = () => Array.from({ length: 600_000 }, (_, index) => `+861${3_000_000_000 + index}`).join(',');
const usual = (rows: number) =>
  `phone\n${Array.from({ length: Math.min(rows, 800_000) }, (_, index) => 13_000_000_000 + index).join('\n')}`;

/** Small when packed, 150 MB when not. */
function longCells(): Buffer {
  const cell = `<c t="inlineStr"><is><t>(${' '.repeat(30_000)}x</t></is></c>`;
  return makeWorkbook([{ name: 'Sheet1', rows: `<row>${cell}</row>`.repeat(5_000) }]);
}

async function draft({ slack }: BenchSystem, name: string, content: string | Buffer): Promise<void> {
  const anna = slack.as(ANNA);
  for (let round = 0; round < ROUNDS; round += 1) {
    await anna.command('/sms send', slack.channel('marketing').id);
    const form = await slack.waitFor(() => anna.modal(), WAIT);
    await anna.submit(form.id, { Message: 'Hello', 'Recipients file': [{ name, content }] });
    // The list was read or refused, or a column is asked about.
    const end = await slack.waitFor(() => {
      const view = anna.modal();
      return view && !UNDER_WAY.includes(view.callback_id) ? view : null;
    }, WAIT);
    await anna.close(end.id);
  }
}
