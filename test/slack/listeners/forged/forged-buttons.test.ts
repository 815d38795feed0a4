import { setTimeout as pause } from 'node:timers/promises';
import { ACTIONS } from '../../../../src/slack/blocks/ids';
import { refreshStatus } from '../../../../src/slack/listeners/actions/refresh-status';
import { readerOf } from '../../../../src/words/words-for';
import { mobiles } from '../../../setup/app-context';
import { ANNA, createHarness, type Harness, shownIn } from '../../harness';

/** Buttons with the id of another workspace's batch, or of none: only a forger has these. */
let harness: Harness;
let foreignId: string;
beforeAll(async () => {
  harness = await createHarness('socket');
  foreignId = await harness.started(mobiles(3));
  const { db } = harness.app;
  const [other] = await db('tenant').insert({ slack_team_id: 'T0OTHER', name: 'Other' }).returning('id');
  await db('sms_batch').where({ id: foreignId }).update({ tenant_id: other.id, content: 'their secret' });
});
afterAll(() => harness.close());

const { value: _input, openCompose: _form, compareUsageReport: _range, ...ofBatches } = ACTIONS;
const keyOf = (action: string, id: string) =>
  /_review$/.test(action) && action !== ACTIONS.checkReview
    ? JSON.stringify({ batchId: id, version: 2 })
    : id;

test.each(Object.values(ofBatches))('%s does nothing to it and shows nothing of it', async (action) => {
  for (const id of [foreignId, '999', "1' or '1'='1", '']) {
    const before = await everything();
    const value = keyOf(action, id) || 'x';
    const { ts = '' } = await harness.clients.client.chat.postMessage({
      channel: harness.marketing,
      text: 'forged',
      blocks: [
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: action, value, text: { type: 'plain_text', text: 'Go' } }],
        },
      ],
    });
    await harness.slack.as(ANNA).click(ts, action);
    // The bot acknowledges first and works afterwards.
    await pause(100);
    expect(await everything()).toEqual(before);
    expect(shownIn(harness.slack.as(ANNA).sees(harness.marketing))).not.toContain('their secret');
    expect(shownIn(harness.slack.as(ANNA).modal())).not.toContain('their secret');
  }
  expect(harness.provider.requests).toEqual([]);
});

test('a forged Refresh does not take the turn of those whose batch it is', async () => {
  const replace = jest.fn();
  const refreshFrom = (tenantId: string) => {
    const actor = { kind: 'person', tenantId, userId: '1', role: 'admin' } as const;
    const reader = readerOf({ locale: 'en-US', timeZone: 'UTC' });
    const request = { slack: harness.clients, tenantId, actor, reader, words: reader.words };
    const click = { value: foreignId, triggerId: '', message: null, viewId: null, replace, tell: jest.fn() };
    return refreshStatus(request as never, click);
  };
  const { tenant_id: theirs } = await harness.app.db('sms_batch').where({ id: foreignId }).first();
  expect(await refreshFrom(harness.tenantId)).not.toBeNull();
  expect(replace).not.toHaveBeenCalled();
  await refreshFrom(theirs);
  expect(shownIn(replace.mock.lastCall)).toContain('their secret');
});

const everything = async () => ({
  batches: await harness.app.db('sms_batch').orderBy('id'),
  recipients: await harness.app.db('sms_batch_recipient').orderBy('id'),
  audit: await harness.app.db('audit_event').orderBy('id'),
});
