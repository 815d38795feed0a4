import { command, deliver } from '../forge';
import { ANNA, BEN, sharedHarness, shownIn } from '../harness';

/** People of another organisation, who are here by a shared channel. Whatever they press, Slack is asked once. */
const OUTSIDER = 'U0OUTSIDER';
const seenBy = (userId: string) => shownIn(harness.slack.as(userId).sees(harness.marketing));
const person = { locale: 'en-US', tz: 'UTC' };
const harness = sharedHarness('http', {
  people: [
    { ...person, id: ANNA, name: 'anna', real_name: 'Anna' },
    { ...person, id: BEN, name: 'ben', real_name: 'Ben' },
    { ...person, id: OUTSIDER, name: 'outsider', real_name: 'Outsider', team_id: 'T0ELSEWHERE' },
  ],
});
const asked = (userId: string) =>
  harness.slack.traffic.named('users.info').filter(({ request }) => JSON.stringify(request).includes(userId))
    .length;

test('forty commands of a outsider are one question, and others are answered while Slack limits it', async () => {
  await harness.slack.as(ANNA).command('/sms help', harness.marketing);
  await harness.slack.waitFor(() => seenBy(ANNA).includes('Bulk SMS'));
  for (let sent = 0; sent < 40; sent += 1)
    await harness.slack
      .as(OUTSIDER)
      .command(`/sms ${sent % 2 ? 'find 13800138000' : 'list'}`, harness.marketing);
  await harness.slack.waitFor(() => seenBy(OUTSIDER).split('belongs to another workspace').length > 40);
  expect(asked(OUTSIDER)).toBe(1);

  harness.slack.faults.set('personLimited');
  await harness.slack.as(ANNA).command('/sms find 13800138000', harness.marketing);
  await harness.slack.waitFor(() => /8000/.test(seenBy(ANNA)));
  expect(seenBy(ANNA)).not.toContain('Something went wrong');
  expect(asked(ANNA)).toBeGreaterThan(0);

  // Ben has never been here: nobody knows who he is.
  await harness.slack.as(BEN).command('/sms list', harness.marketing);
  await harness.slack.waitFor(() => seenBy(BEN).includes('Slack did not tell me who you are'));
  expect(seenBy(BEN)).not.toContain('Something went wrong');
  harness.slack.faults.clear();
});

test('forty commands at once are one question', async () => {
  const before = asked('U0NEVERSEEN');
  await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      deliver(harness, command(harness, { user_id: 'U0NEVERSEEN', text: 'list', trigger_id: `t${index}` })),
    ),
  );
  await harness.slack.waitFor(() => asked('U0NEVERSEEN') > before);
  await deliver(harness, command(harness, { user_id: 'U0NEVERSEEN', text: 'list', trigger_id: 'last' }));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(asked('U0NEVERSEEN')).toBe(before + 1);
});
