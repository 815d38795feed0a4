import { addFile, textOnce } from './setup/browser-client';
import { createHarness } from './setup/demo-harness';
import { csvOf, deliverNow, ledgerOf, mobiles } from './setup/local-buka';

const scenario = createHarness();

scenario(
  'a form that lacks something says what, at the field, and keeps what was typed',
  async ({ open }) => {
    const anna = await open('anna');
    const form = await anna.openForm();
    const message = form.getByRole('textbox', { name: 'Message' });
    const review = form.getByRole('button', { name: 'Review' });

    await review.click();
    await textOnce(form, /Please fill this in/);
    expect(await message.getAttribute('aria-invalid')).toBe('true');

    await message.fill('Only a text');
    await review.click();
    await textOnce(form, /Add a file here, or paste numbers below/);
    expect(await form.getByLabel('Recipients file').getAttribute('aria-invalid')).toBe('true');
    expect(await message.inputValue()).toBe('Only a text');

    await addFile(form.getByLabel('Recipients file'), { name: 'list.xls', content: Buffer.from('x') });
    await form.getByRole('alert').filter({ hasText: 'list.xls' }).waitFor();
  },
);

scenario('a list without a usable number has no Send button and says what to do', async ({ demo, open }) => {
  const anna = await open('anna');
  await anna.openForm();
  await anna.compose({ message: 'To nobody', pasted: 'n/a\n12' });
  const review = anna.dialog('Review');
  await textOnce(review, /Nothing to send[\s\S]*Press Change[\s\S]*mend it and start again/);
  expect(await review.getByRole('button', { name: /^Send/ }).count()).toBe(0);
  expect((await ledgerOf(demo)).once).toBe(0);
});

scenario('Send pressed twice sends once', async ({ demo, open }) => {
  const anna = await open('anna');
  const before = await ledgerOf(demo);
  await anna.go('marketing');
  await anna.openForm(() => anna.type('/sms'));
  await anna.compose({ message: 'Pressed twice', pasted: mobiles(2, 12).join('\n') });
  const send = anna.dialog('Review').getByRole('button', { name: 'Send 12 messages' });
  await send.dblclick();

  await textOnce(anna.statusMessage('Pressed twice'), /submitted, waiting/);
  await deliverNow(demo);
  await textOnce(anna.statusMessage('Pressed twice'), /Completed/);
  expect(await anna.statusMessage('Pressed twice').count()).toBe(1);
  expect(await ledgerOf(demo)).toEqual({ ...before, once: before.once + 12 });
});

scenario('a form closed while the list is read comes back as a direct message', async ({ demo, open }) => {
  const anna = await open('anna');
  await anna.go('marketing');
  // As long as Slack still works on the file, the bot waits for it, and the reading modal stays open.
  await demo.post('/playground/faults', { name: 'fileNotReady', setting: true });
  await anna.openForm();
  const file = { name: 'closed.csv', content: csvOf(mobiles(3, 15)) };
  await anna.compose({ message: 'Closed too early', file });
  const reading = anna.dialog('Reading your list');
  await reading.getByRole('button', { name: 'Close', exact: true }).click();
  await reading.waitFor({ state: 'detached' });
  await demo.post('/playground/faults', { name: 'fileNotReady', setting: false });

  const direct = anna.page.getByRole('navigation').getByRole('link', { name: /Bulk SMS.*1 unread/ });
  await direct.click();
  const review = anna.messages(/15 messages will be sent/);
  await review.getByRole('button', { name: 'Send 15 messages' }).click();
  const question = anna.page.getByRole('alertdialog', { name: 'Send now?' });
  await question.getByRole('button', { name: 'Send', exact: true }).click();

  await anna.go('marketing');
  await textOnce(anna.statusMessage('Closed too early'), /15 messages/);
});
