import schema from '@bulk-sms/playground/slack/blocks/block-kit.schema.json';
import { generateSchema } from '@bulk-sms/playground/slack/blocks/generate-schema';
import { validateMessage } from '@bulk-sms/playground/slack/blocks/validate-message';
import { validateView } from '@bulk-sms/playground/slack/blocks/validate-view';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (text = 'Hello') => ({ type: 'section', text: mrkdwn(text) });
const button = (more: object = {}) => ({ type: 'button', action_id: 'go', text: plain('Go'), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const option = (value: string) => ({ text: plain(value), value });
const select = (more: object = {}) => ({
  type: 'static_select',
  action_id: 'pick',
  options: [option('a'), option('b')],
  ...more,
});
const input = (element: object, more: object = {}) => ({
  type: 'input',
  label: plain('Field'),
  element,
  ...more,
});
const textInput = (more: object = {}) => ({ type: 'plain_text_input', action_id: 'value', ...more });
const pie = (...segments: object[]) => ({
  type: 'data_visualization',
  title: 'Delivery',
  chart: { type: 'pie', segments },
});
const slice = (label = 'Delivered', value = 3) => ({ label, value });
const line = (label: string) => ({
  type: 'data_visualization',
  title: 'Over time',
  chart: {
    type: 'line',
    series: [{ name: 'Delivered', data: [{ label, value: 0 }] }],
    axis_config: { categories: ['10:00'] },
  },
});
const cell = (text: string) => ({ type: 'raw_text', text });
const modal = (blocks: object[], more: object = {}) => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Next'),
  blocks,
  ...more,
});
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));

it('has the schema that Slack’s types make now', () => {
  expect(generateSchema()).toEqual(schema);
});

describe('a message is accepted with', () => {
  it.each<[string, object[]]>([
    ['no blocks', []],
    ['a section with a button', [{ ...section(), accessory: button() }]],
    ['a pie', [pie(slice(), slice('Failed', 1))]],
    ['a line that starts at zero', [line('10:00')]],
    ['fifty blocks', times(50, () => ({ type: 'divider' }))],
    ['a select with its initial option', [actions(select({ initial_option: option('b') }))]],
    [
      'a data table',
      [{ type: 'data_table', caption: 'Counts', rows: [[cell('Status')], [cell('Delivered')]] }],
    ],
    [
      'a confirm dialog',
      [actions(button({ confirm: { title: plain('Sure?'), text: mrkdwn('Really'), style: 'danger' } }))],
    ],
  ])('%s', (_what, blocks) => {
    expect(validateMessage({ blocks })).toEqual([]);
  });
});

describe('a message is refused with', () => {
  it.each<[string, object[], string, RegExp]>([
    ['51 blocks', times(51, () => ({ type: 'divider' })), '/blocks', /at most 50 items/],
    ['an unknown block', [{ type: 'progress_bar' }], '/blocks/0/type', /must be one of/],
    ['an unknown field', [{ type: 'divider', color: 'red' }], '/blocks/0/color', /unknown field/],
    ['a header in mrkdwn', [{ type: 'header', text: mrkdwn('x') }], '/blocks/0/text/type', /plain_text/],
    ['an empty text', [section('')], '/blocks/0/text/text', /at least 1/],
    ['a long section', [section('x'.repeat(3001))], '/blocks/0/text', /3000 characters, has 3001/],
    ['a section of nothing', [{ type: 'section' }], '/blocks/0', /text or fields/],
    [
      '11 fields',
      [{ type: 'section', fields: times(11, () => mrkdwn('x')) }],
      '/blocks/0/fields',
      /10 items/,
    ],
    ['a long header', [{ type: 'header', text: plain('x'.repeat(151)) }], '/blocks/0/text', /150/],
    ['a long button', [actions(button({ text: plain('x'.repeat(76)) }))], '/blocks/0/elements/0/text', /75/],
    ['a long value', [actions(button({ value: 'x'.repeat(2001) }))], '/blocks/0/elements/0/value', /2000/],
    [
      'a long confirm button',
      [actions(button({ confirm: { text: plain('x'), confirm: plain('x'.repeat(31)) } }))],
      '/blocks/0/elements/0/confirm/confirm',
      /30/,
    ],
    [
      '26 buttons',
      [actions(...times(26, (i) => button({ action_id: `b${i}` })))],
      '/blocks/0/elements',
      /25/,
    ],
    ['an action_id twice', [actions(button(), button())], '/blocks/0/elements/1/action_id', /twice/],
    [
      'a block_id twice',
      [
        { type: 'divider', block_id: 'x' },
        { type: 'divider', block_id: 'x' },
      ],
      '/blocks/1/block_id',
      /twice/,
    ],
    [
      'an initial option that is none of the options',
      [actions(select({ initial_option: option('c') }))],
      '/blocks/0/elements/0/initial_option',
      /one of the options/,
    ],
    [
      'six choices in an overflow menu',
      [actions({ type: 'overflow', action_id: 'm', options: times(6, (i) => option(`${i}`)) })],
      '/blocks/0/elements/0/options',
      /5 items/,
    ],
    ['a slice of zero', [pie(slice('Failed', 0))], '/blocks/0/chart/segments/0/value', /greater than 0/],
    ['seven slices', [pie(...times(7, (i) => slice(`${i}`)))], '/blocks/0/chart/segments', /6 items/],
    ['no slice', [pie()], '/blocks/0/chart/segments', /at least 1/],
    ['a long label', [pie(slice('x'.repeat(21)))], '/blocks/0/chart/segments/0/label', /20/],
    ['three charts', times(3, () => pie(slice())), '/blocks/2', /at most 2 data_visualization/],
    ['a label beside the axis', [line('11:00')], '/blocks/0/chart/series/0/data/0/label', /categories/],
    ['two tables', times(2, () => ({ type: 'table', rows: [[cell('x')]] })), '/blocks/1', /at most 1 table/],
    ['an empty cell', [{ type: 'table', rows: [[cell('')]] }], '/blocks/0/rows/0/0/text', /at least 1/],
    [
      'an uneven data table',
      [{ type: 'data_table', caption: 'x', rows: [[cell('a')], [cell('b'), cell('c')]] }],
      '/blocks/0/rows/1',
      /1 cells/,
    ],
    ['an alert', [{ type: 'alert', text: plain('x') }], '/blocks/0', /not allowed in a message/],
    ['too much text', times(5, () => section('x'.repeat(2900))), '/blocks', /msg_blocks_too_long/],
  ])('%s', (_what, blocks, pointer, message) => {
    expect(validateMessage({ blocks })).toContainEqual({ pointer, message: expect.stringMatching(message) });
  });
});

it('accepts a modal with inputs', () => {
  const list = input({ type: 'file_input', action_id: 'file', filetypes: ['csv'], max_files: 10 });
  expect(validateView(modal([input(textInput({ multiline: true })), list, section()]))).toEqual([]);
});

it('accepts an App Home', () => {
  expect(validateView({ type: 'home', blocks: [section(), actions(button())] })).toEqual([]);
});

describe('a view is refused with', () => {
  it.each<[string, object, string, RegExp]>([
    ['a long title', modal([], { title: plain('x'.repeat(25)) }), '/title', /24/],
    ['a long submit', modal([], { submit: plain('x'.repeat(25)) }), '/submit', /24/],
    ['no title', { type: 'modal', blocks: [] }, '', /missing required field: title/],
    ['inputs but no submit', { ...modal([input(textInput())]), submit: undefined }, '/submit', /required/],
    ['101 blocks', modal(times(101, () => ({ type: 'divider' }))), '/blocks', /100 items/],
    ['long metadata', modal([], { private_metadata: 'x'.repeat(3001) }), '/private_metadata', /3000/],
    ['a long external id', modal([], { external_id: 'x'.repeat(256) }), '/external_id', /255/],
    ['a chart', modal([pie(slice())]), '/blocks/0', /not allowed in a modal/],
    [
      'eleven files',
      modal([input({ type: 'file_input', max_files: 11 })]),
      '/blocks/0/element/max_files',
      /10/,
    ],
    [
      'a first text beyond max_length',
      modal([input(textInput({ max_length: 3, initial_value: 'four' }))]),
      '/blocks/0/element/initial_value',
      /max_length/,
    ],
    ['a button as an input', modal([input(button())]), '/blocks/0/element/type', /must be one of/],
    [
      'a file input at home',
      { type: 'home', blocks: [input({ type: 'file_input' })] },
      '/blocks/0/element',
      /home/,
    ],
    ['too many bytes', modal(times(90, () => section('x'.repeat(2900)))), '', /view_too_large/],
  ])('%s', (_what, view, pointer, message) => {
    expect(validateView(view)).toContainEqual({ pointer, message: expect.stringMatching(message) });
  });
});
