import { ACTIONS, CALLBACKS, sourceValue } from '../../../../src/slack/blocks/ids';
import { click, deliver, form, interaction, responseUrlOf } from '../../forge';
import { ANNA, BEN, type Harness, LIWEI, sharedHarness, shownIn, until } from '../../harness';

/** A draft is its writer's, whatever a payload with a right signature asks for: nobody else changes, reads or sends it. */
const harness = sharedHarness('http');
let draftId: string;
beforeAll(async () => {
  const viewId = await harness.compose(BEN);
  await harness.slack.as(BEN).submit(viewId, { Message: 'words of Ben', 'Or paste numbers': '13800138000' });
  draftId = await harness.read();
});

/** What a payload could change. That somebody was refused is recorded, once a minute. */
const everything = async ({ app }: Harness = harness) => ({
  batches: await app.db('sms_batch').orderBy('id'),
  sources: await app.db('sms_batch_source').orderBy(['batch_id', 'ordinal']),
  audit: await app.db('audit_event').whereNot({ action: 'refused' }).orderBy('id'),
});
const key = () => JSON.stringify({ batchId: draftId, version: 2 });
const NAMES_WRITER = `<@${BEN}>`;

/** Anna is an administrator, Li Wei a member. */
describe.each([
  ['an administrator', ANNA],
  ['another member', LIWEI],
])('%s', (_, who) => {
  const refusals = () =>
    shownIn(harness.slack.as(who).sees(harness.marketing)).split(NAMES_WRITER).length - 1;

  test.each<[string, () => string]>([
    [ACTIONS.discardReview, key],
    [ACTIONS.sendReview, key],
    [ACTIONS.checkReview, () => draftId],
    [ACTIONS.openColumns, () => draftId],
    [ACTIONS.changeReading, () => sourceValue(draftId, 0)],
    [ACTIONS.refresh, () => draftId],
    [ACTIONS.details, () => draftId],
    [ACTIONS.exportRecipients, () => draftId],
    [ACTIONS.cancel, () => draftId],
  ])('is refused the button %s in words, and changes nothing', async (action, value) => {
    const before = await everything();
    const shown = refusals();
    const responseUrl = await responseUrlOf(harness, who);
    const forged = click(harness, who, { action, value: value(), responseUrl });
    expect((await deliver(harness, interaction(forged))).status).toBe(200);
    await harness.slack.waitFor(() => refusals() > shown);
    expect(await everything()).toEqual(before);
    expect(shownIn(harness.slack.as(who).sees(harness.marketing))).not.toContain('words of Ben');
  });

  test.each<[string, () => string, object]>([
    [CALLBACKS.review, key, {}],
    [
      CALLBACKS.columns,
      () => JSON.stringify({ batchId: draftId }),
      { sms_column_0: { value: { selected_option: { value: '0' } } } },
    ],
    [CALLBACKS.changeReading, () => JSON.stringify({ batchId: draftId, source: 0, version: 2 }), {}],
    [CALLBACKS.details, () => draftId, {}],
  ])('is refused the form %s in words, and changes nothing', async (callback_id, metadata, values) => {
    const before = await everything();
    const view = { callback_id, private_metadata: metadata(), values };
    const answer = await deliver(harness, interaction(form(harness, who, 'view_submission', view)));
    expect(answer.status).toBe(200);
    const shown = await answer.text();
    expect(shown).toContain(NAMES_WRITER);
    expect(shown).not.toContain('words of Ben');
    expect(await everything()).toEqual(before);
  });

  test('discards nothing by closing its review', async () => {
    const before = await everything();
    const view = { callback_id: CALLBACKS.review, private_metadata: key() };
    await deliver(harness, interaction(form(harness, who, 'view_closed', view)));
    // The next request of the same kind is answered after it.
    const responseUrl = await responseUrlOf(harness, who);
    const shown = refusals();
    const after = click(harness, who, { action: ACTIONS.discardReview, value: key(), responseUrl });
    await deliver(harness, interaction(after));
    await harness.slack.waitFor(() => refusals() > shown);
    expect(await everything()).toEqual(before);
  });
});

test('its writer discards it by closing the review', async () => {
  const view = { callback_id: CALLBACKS.review, private_metadata: key() };
  await deliver(harness, interaction(form(harness, BEN, 'view_closed', view)));
  await until(async () => (await harness.summary(draftId)).status === 'cancelled');
});
