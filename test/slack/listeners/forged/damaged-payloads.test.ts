import { createLog } from '../../../../src/log';
import { ACTIONS, BLOCKS, CALLBACKS } from '../../../../src/slack/blocks/ids';
import { onSubmit } from '../../../../src/slack/listeners/form-listeners';
import { submitReview } from '../../../../src/slack/listeners/submissions/submit-review';
import { click, deliver, form, interaction, responseUrlOf } from '../../forge';
import { ANNA, sharedHarness, shownIn } from '../../harness';

/** What a form or a button carries is damaged: the person reads so, and the log has nothing of it. */
const harness = sharedHarness('http');
const DAMAGED = ['{"batchId": their secret', 'their secret', '', 'null', '{"batchId":7,"version":"x"}', '[]'];
const FORMS = [CALLBACKS.review, CALLBACKS.columns, CALLBACKS.changeReading, CALLBACKS.compose];
const filled = {
  [BLOCKS.text]: { value: { value: 'Hello' } },
  [BLOCKS.paste]: { value: { value: '13800138000' } },
  [BLOCKS.channel]: { value: { selected_conversation: 'C0MARKETNG' } },
};
const drafts = () => harness.app.db('sms_batch').orderBy('id').pluck('content');

test.each(FORMS)('the form %s', async (callback_id) => {
  const before = await drafts();
  const values = callback_id === CALLBACKS.compose ? filled : {};
  for (const private_metadata of DAMAGED) {
    const view = { callback_id, private_metadata, values };
    const answer = await deliver(harness, interaction(form(harness, ANNA, 'view_submission', view)));
    expect(await answer.text()).toContain('could not be read');
  }
  expect(await drafts()).toEqual(before);
});

test.each([ACTIONS.sendReview, ACTIONS.discardReview, ACTIONS.compareUsageReport])(
  'the button %s',
  async (action) => {
    const responseUrl = await responseUrlOf(harness, ANNA);
    const told = () =>
      shownIn(harness.slack.as(ANNA).sees(harness.marketing)).split('could not be read').length;
    const before = told();
    await deliver(
      harness,
      interaction(click(harness, ANNA, { action, value: '{"their secret', responseUrl })),
    );
    await harness.slack.waitFor(() => told() > before);
  },
);

test('the log has nothing of it', async () => {
  const lines: string[] = [];
  const log = createLog('trace', { write: (line) => void lines.push(line) });
  const view = { callback_id: CALLBACKS.review, private_metadata: '{"their secret', blocks: [] };
  const ack = jest.fn();
  const context = { slack: { ...harness.clients, log } };
  await onSubmit(submitReview)({ ack, body: { user: { id: ANNA } }, view, context } as never);
  expect(shownIn(ack.mock.lastCall)).toContain('could not be read');
  expect(lines.join('')).not.toContain('their secret');
});

test('a NUL in what was typed is left out', async () => {
  const view = {
    callback_id: CALLBACKS.compose,
    private_metadata: '{"submitKey":"with a \\u0000 NUL"}',
    values: { ...filled, [BLOCKS.text]: { value: { value: 'Hel\0lo\0' } } },
  };
  const answer = await deliver(harness, interaction(form(harness, ANNA, 'view_submission', view)));
  expect(await answer.text()).toContain('Reading your list');
  expect(await drafts()).toEqual(['Hello']);
});
