import type { PersonOptions } from '@bulk-sms/playground/slack/slack-options';
import { pauseBatch } from '../../../src/batches/control/pause-batch';
import { updateStatusMessage } from '../../../src/slack/posts/update-status-message';
import { system } from '../../../src/tenants/actor';
import { mobiles } from '../../setup/app-context';
import { ANNA, freshHarness, type Harness, LIWEI, runToEnd, shownIn, until } from '../harness';

/** Slack does not say who somebody is: only what reduces is done, by the role last known. */
const seenBy = (harness: Harness, userId: string) =>
  shownIn(harness.slack.as(userId).sees(harness.marketing));

describe.each([
  ['limits the question', 'personLimited', {}],
  ['does not answer', 'personSilent', { ms: 60_000 }],
  ['does not accept the token', 'tokenRefused', {}],
] as const)('where Slack %s', (_, fault, setting) => {
  const harness = freshHarness('socket');
  const click = (ts: string, button: string, options = {}) =>
    harness.slack.as(ANNA).click(ts, button, options);
  const status = async (batchId: string) => (await harness.summary(batchId)).status;

  async function running(isPaused = false): Promise<{ batchId: string; ts: string }> {
    const batchId = await harness.started(mobiles(3));
    if (isPaused) await pauseBatch(harness.app, system(harness.tenantId), batchId);
    await runToEnd(() => updateStatusMessage(harness.clients, batchId));
    await harness.app.db('app_user').update({ seen_at: harness.app.db.raw(`now() - interval '1 year'`) });
    harness.slack.faults.set(fault, setting);
    return { batchId, ts: (await harness.summary(batchId)).messageTs as string };
  }

  it('the sender pauses and cancels', async () => {
    const { batchId, ts } = await running();
    await click(ts, 'sms_pause');
    await until(async () => (await status(batchId)) === 'paused');
    await click(ts, 'sms_cancel', { confirm: true });
    await until(async () => (await status(batchId)) === 'cancelled');
  });

  it('nobody resumes or sends, and the person reads that nothing was done', async () => {
    const { batchId, ts } = await running(true);
    await click(ts, 'sms_resume');
    await harness.slack.as(ANNA).command('/sms send', harness.marketing);
    await harness.slack.waitFor(
      () =>
        seenBy(harness, ANNA).split('Slack did not tell me who you are, so I have done nothing').length > 2,
      { timeoutMs: 30_000 },
    );
    expect(await status(batchId)).toBe('paused');
    expect(harness.slack.as(ANNA).modal()).toBeNull();
  });

  it('a guest and a stranger pause nothing', async () => {
    const { batchId, ts } = await running();
    await harness.app.db('app_user').update({ role: 'guest' });
    await click(ts, 'sms_pause');
    await harness.slack.waitFor(() => seenBy(harness, ANNA).includes('Only the person who sent this batch'), {
      timeoutMs: 30_000,
    });
    await harness.slack.as(LIWEI).click(ts, 'sms_pause');
    await harness.slack.waitFor(() => seenBy(harness, LIWEI).includes('Slack did not tell me who you are'), {
      timeoutMs: 30_000,
    });
    expect(await status(batchId)).toBe('pending');
  });
});

describe('a person whose profile is odd', () => {
  const PEOPLE: PersonOptions[] = ['', 'Etc/Unknown', 'GMT+8'].map((tz, index) => ({
    id: `U0ODD0000${index}`,
    name: `odd${index}`,
    real_name: 'Odd',
    locale: index === 2 ? 'not a locale' : 'en-US',
    tz,
  }));
  const harness = freshHarness('socket', { people: PEOPLE });

  it.each(PEOPLE.map(({ id, tz }) => [tz, id]))('gets every answer (time zone "%s")', async (_, id) => {
    const person = harness.slack.as(id);
    const answers = () => person.sees(harness.marketing).filter((one) => one.ephemeral_to === id);
    for (const command of ['/sms report today', '/sms list', '/sms status', '/sms help']) {
      const before = answers().length;
      await person.command(command, harness.marketing);
      await harness.slack.waitFor(() => answers().length > before);
    }
    expect(shownIn(answers())).not.toContain('Something went wrong');
    expect(shownIn(answers())).toContain('Report for');
  });

  it('stored by a former version is read all the same', async () => {
    const [person] = PEOPLE as [PersonOptions];
    const anna = harness.slack.as(person.id);
    const seen = () => shownIn(anna.sees(harness.marketing));
    await anna.command('/sms help', harness.marketing);
    await harness.slack.waitFor(() => seen().includes('Bulk SMS'));
    await harness.app.db('app_user').update({ time_zone: 'Etc/Unknown', locale: '?' });
    await anna.command('/sms report today', harness.marketing);
    await harness.slack.waitFor(() => seen().includes('Report for'));
  });
});
