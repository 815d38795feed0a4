import type { ViewOutput } from '@slack/bolt';
import { changeReading } from '../../../../src/batches/importing/change-reading';
import { getBatchSummary } from '../../../../src/batches/views/get-batch-summary';
import { getReview } from '../../../../src/batches/views/get-review';
import type { ReadingChoice, Sheet } from '../../../../src/recipients/recipient';
import { BLOCKS } from '../../../../src/slack/blocks/ids';
import type { ChangeReadingKey } from '../../../../src/slack/blocks/modals/reading-choices';
import { submitChangeReading } from '../../../../src/slack/listeners/submissions/submit-change-reading';
import { showReviewNow } from '../../../../src/slack/posts/show-review';
import { wordsFor } from '../../../../src/words/words-for';
import { review, reviewSource, summary } from '../../blocks/batch-fixtures';

jest.mock('../../../../src/batches/importing/change-reading', () => ({ changeReading: jest.fn() }));
jest.mock('../../../../src/batches/views/get-batch-summary', () => ({ getBatchSummary: jest.fn() }));
jest.mock('../../../../src/batches/views/get-review', () => ({ getReview: jest.fn() }));
jest.mock('../../../../src/slack/posts/show-review', () => ({ showReviewNow: jest.fn() }));

const words = wordsFor('en-US');
const request = { words, slack: { app: {} }, actor: {} } as Parameters<typeof submitChangeReading>[0];
const option = (value?: string) => ({
  value: { type: 'static_select', selected_option: value ? { value } : null },
});
const ticks = (values: string[]) => ({
  value: { type: 'checkboxes', selected_options: values.map((value) => ({ value })) },
});

interface Filled {
  phone?: string;
  country?: string;
  include?: string[];
}

/** *Read again* in a window of version 3. */
function submit({ phone = '1', country, include }: Filled = {}, key: Partial<ChangeReadingKey> = {}) {
  const values = {
    [BLOCKS.phoneColumn]: option(phone),
    ...(country === undefined ? {} : { [BLOCKS.countryColumn]: option(country) }),
    ...(include ? { [BLOCKS.include]: ticks(include) } : {}),
  };
  const private_metadata = JSON.stringify({ batchId: '12', source: 0, version: 3, ...key });
  return submitChangeReading(request, { private_metadata, state: { values } } as unknown as ViewOutput);
}

const { reading, ...plain } = reviewSource();
const withSheet = (sheet: Sheet | null) =>
  reviewSource({ ...plain, reading: reading && { ...reading, layout: { ...reading.layout, sheet } } });
const found = (sheet: Sheet | null = null) =>
  jest.mocked(getReview).mockResolvedValue(review({ sources: [withSheet(sheet)] }));

beforeEach(() => {
  jest.resetAllMocks();
  found();
  jest.mocked(getBatchSummary).mockResolvedValue(summary({ status: 'ready', startedAt: null }));
  jest.mocked(changeReading).mockResolvedValue(true);
});

const ALL_TICKS = ['includeNoConsent', 'includeForeign', 'includeHidden'];
const none = { includeNoConsent: false, includeForeign: false, includeHidden: false };
const book = { index: 1, name: 'Contacts' };

test.each<[string, Sheet | null, Filled, ReadingChoice]>([
  ['a column', null, { phone: '2' }, { phoneColumn: 2 }],
  ['all columns', null, { phone: 'all' }, { phoneColumn: 'all' }],
  ['the column of the country', null, { country: '2' }, { phoneColumn: 1, countryColumn: 2 }],
  ['no column of the country', null, { country: 'none' }, { phoneColumn: 1, countryColumn: 'none' }],
  ['no tick', null, { include: [] }, { phoneColumn: 1 }],
  ['one tick', null, { include: ['includeHidden'] }, { phoneColumn: 1, includeHidden: true }],
  [
    'all ticks',
    null,
    { include: ALL_TICKS },
    { phoneColumn: 1, includeNoConsent: true, includeForeign: true, includeHidden: true },
  ],
  [
    'another column: its numbers of other countries were not counted yet',
    null,
    { phone: '2', include: ALL_TICKS },
    { phoneColumn: 2, includeNoConsent: true, includeForeign: false, includeHidden: true },
  ],
  [
    'another column of the country: the same',
    null,
    { country: '2', include: ALL_TICKS },
    { phoneColumn: 1, countryColumn: 2, includeNoConsent: true, includeForeign: false, includeHidden: true },
  ],
  ['the same sheet', book, { phone: '1:1', country: '2' }, { sheet: 1, phoneColumn: 1, countryColumn: 2 }],
  [
    'another sheet: nothing that was chosen for this one holds there',
    book,
    { phone: '0:1', country: '2', include: ALL_TICKS },
    { sheet: 0, phoneColumn: 1 },
  ],
])('stores %s', async (_, sheet, filled, choice) => {
  found(sheet);
  const reply = await submit(filled);
  expect(changeReading).toHaveBeenCalledWith(request.slack.app, request.actor, {
    batchId: '12',
    changes: [{ source: 0, choice: { ...none, ...choice } }],
  });
  expect(reply.ack).toBeUndefined();
  await reply.afterwards?.();
  expect(showReviewNow).toHaveBeenCalledWith(request.slack, '12');
});

const outdated = 'The list has been read again since.';
test.each<[string, Partial<ChangeReadingKey>, () => void, string]>([
  ['the list was read again', { version: 2 }, () => {}, outdated],
  ['there is no such source', { source: 1 }, () => {}, outdated],
  ['it is being read', {}, () => jest.mocked(changeReading).mockResolvedValue(false), outdated],
  [
    'the draft is gone',
    {},
    () => {
      jest.mocked(getReview).mockResolvedValue(null);
      jest.mocked(getBatchSummary).mockResolvedValue(null);
    },
    'This draft is no longer there.',
  ],
  [
    'it was started',
    { version: 2 },
    () => jest.mocked(getBatchSummary).mockResolvedValue(summary({ startedAt: new Date() })),
    'This batch has already been started.',
  ],
  [
    'it was discarded',
    { version: 2 },
    () => jest.mocked(getBatchSummary).mockResolvedValue(summary({ status: 'cancelled', startedAt: null })),
    'Discarded. Nothing was sent.',
  ],
])('says that %s meanwhile, and shows the review anew', async (_, key, happen, said) => {
  happen();
  const reply = await submit({}, key);
  expect(reply.ack).toMatchObject({ response_action: 'update' });
  expect(JSON.stringify(reply.ack)).toContain(said);
  await reply.afterwards?.();
  expect(showReviewNow).toHaveBeenCalled();
});
