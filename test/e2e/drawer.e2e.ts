import type { BukaState } from '@bulk-sms/playground/buka/state/describe';
import { PEOPLE, textOnce } from './setup/browser-client';
import { createHarness } from './setup/demo-harness';
import { clearFaults, deliverNow, mobiles } from './setup/local-buka';

const scenario = createHarness();

scenario(
  'the drawer shows the requests to Slack and to Buka, and the faults that struck them',
  async ({ demo, open }) => {
    const anna = await open('anna', { drawer: true });
    const backstage = anna.page.getByRole('complementary', { name: 'Backstage' });
    await backstage.getByRole('tab', { name: 'Weather' }).click();
    await backstage.getByRole('searchbox', { name: 'Find a switch' }).fill('platform fault');
    // Only one switch is left: a click on one of several would fail.
    await backstage.getByRole('switch').click();
    const often = backstage.getByRole('combobox', { name: /How often/ });
    await often.selectOption('next time only');
    await often.locator('option:checked', { hasText: 'next time only' }).waitFor({ state: 'attached' });
    await anna.send({ message: 'Backstage', pasted: mobiles(13, 3).join('\n') });
    // Buka refuses them for now. The bot waits and submits again, and nobody is lost or gets two texts.
    await textOnce(anna.statusMessage('Backstage'), /3 messages submitted, waiting/);
    await deliverNow(demo);

    await backstage.getByRole('tab', { name: 'Traffic' }).click();
    await backstage.getByRole('combobox', { name: 'Whose traffic' }).selectOption('Buka');
    await backstage.getByRole('searchbox', { name: 'Find by name' }).fill('sendsms');
    const sends = backstage.getByRole('listitem').filter({ hasText: 'sendSms' });
    const refused = sends.filter({ hasText: '-12' });
    await refused.click();
    await textOnce(refused, /Weather: Platform fault/);
    const accepted = sends.filter({ hasNotText: '-12' });
    await accepted.click();
    await textOnce(accepted, /"content": "Backstage"[\s\S]*Answer[\s\S]*"status": "0"/);

    await backstage.getByRole('combobox', { name: 'Whose traffic' }).selectOption('Slack');
    await backstage.getByRole('searchbox', { name: 'Find by name' }).fill('view_submission');
    const submission = backstage.getByRole('listitem').first();
    await submission.click();
    await textOnce(submission, /"callback_id"/);
    await clearFaults(demo);
  },
);

scenario('a reply written on the phone of a recipient reaches the bot', async ({ demo, open }) => {
  const anna = await open('anna', { drawer: true });
  const taken = async () => (await demo.get<BukaState>('/buka/state')).pushes.taken;
  const takenBefore = await taken();
  const pushed = async (count: number) => {
    while ((await taken()) < takenBefore + count) await anna.page.waitForTimeout(100);
  };
  await anna.send({ message: 'Do you come?', pasted: mobiles(14, 1).join('\n') });
  await textOnce(anna.statusMessage('Do you come?'), /submitted, waiting/);
  await deliverNow(demo);
  await textOnce(anna.statusMessage('Do you come?'), /Completed/);
  // The delivery report comes first; the next webhook is the reply.
  await pushed(1);

  await anna.page.getByRole('tab', { name: 'Phones' }).click();
  const phone = anna.page.getByRole('article', { name: `Phone +86${mobiles(14, 1)[0]}` });
  await textOnce(phone, /Do you come\?/);
  await phone.getByRole('textbox', { name: /Reply from/ }).fill('Yes, gladly');
  await phone.getByRole('button', { name: 'Reply' }).click();
  await textOnce(phone, /Yes, gladly\s*written/);
  await pushed(2);
});

scenario('the drawer, opened below the conversation, leaves its end in sight', async ({ demo, open }) => {
  const say = (text: string) =>
    demo.post('/playground/acts/say', { user: PEOPLE.anna, channel: 'C0MARKETNG', text });
  for (let line = 1; line <= 30; line++) await say(`Line ${line}.`);
  const anna = await open('anna');
  await anna.page.setViewportSize({ width: 1000, height: 800 });
  await anna.go('marketing');
  await anna.messages('Line 30.').waitFor();
  await anna.page.getByRole('button', { name: 'Backstage' }).click();
  await anna.page.getByRole('complementary', { name: 'Backstage' }).waitFor();
  await anna.page.waitForFunction(
    '(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight < 2)(document.querySelector(".message-list"))',
  );
});
