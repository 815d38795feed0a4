import { type Slack, startSlack } from '@bulk-sms/playground/slack/start-slack';
import type { webApi } from '@slack/bolt';
import { ANNA, SECRETS } from './start-bolt';
import { clientOf, modal, newTrigger, refusal, triggerOf } from './web-client';

describe('modals', () => {
  let slack: Slack;
  let bot: webApi.WebClient;
  let now: number;

  beforeEach(async () => {
    now = Date.now();
    slack = await startSlack({ ...SECRETS, now: () => now });
    bot = clientOf(slack);
  });
  afterEach(() => slack.close());

  describe('triggers', () => {
    it('open one view', async () => {
      const id = await newTrigger(slack);
      await bot.views.open({ trigger_id: id, view: modal });
      expect(await refusal(bot.views.open({ trigger_id: id, view: modal }))).toBe('exchanged_trigger_id');
    });

    it('live three seconds', async () => {
      const id = await newTrigger(slack);
      now += 3001;
      expect(await refusal(bot.views.open({ trigger_id: id, view: modal }))).toBe('expired_trigger_id');
    });

    it('cannot be made up, and cannot push a view without a modal', async () => {
      expect(await refusal(bot.views.open({ trigger_id: '1.2.3', view: modal }))).toBe('invalid_trigger_id');
      expect(await refusal(bot.views.push({ trigger_id: await newTrigger(slack), view: modal }))).toBe(
        'invalid_trigger_id',
      );
    });
  });

  it('refuses an update of a view that has changed since', async () => {
    const { view } = await bot.views.open({ trigger_id: await newTrigger(slack), view: modal });
    const update = () => bot.views.update({ view_id: view?.id ?? '', hash: view?.hash ?? '', view: modal });
    await update();
    expect(await refusal(update())).toBe('hash_conflict');
  });

  it('refuses an update of a view that was closed', async () => {
    const { view } = await bot.views.open({ trigger_id: await newTrigger(slack), view: modal });
    const id = view?.id ?? '';
    await slack.as(ANNA).close(id);
    expect(await refusal(bot.views.update({ view_id: id, view: modal }))).toBe('not_found');
  });

  it('holds three views and no more', async () => {
    const input = {
      type: 'actions',
      elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
    } as const;
    const view = { ...modal, blocks: [input] };
    await bot.views.open({ trigger_id: await newTrigger(slack), view });
    const push = async () => {
      await slack.as(ANNA).click(slack.as(ANNA).modal()?.id ?? '', 'Go');
      return refusal(
        bot.views.push({ trigger_id: triggerOf(slack.traffic.named('block_actions').at(-1)), view }),
      );
    };
    expect([await push(), await push(), await push()]).toEqual(['ok', 'ok', 'push_limit_reached']);
  });
});
