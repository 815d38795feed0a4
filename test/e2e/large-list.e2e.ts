import { addSample, textOnce } from './setup/browser-client';
import { createHarness } from './setup/demo-harness';
import { deliverNow, ledgerOf } from './setup/local-buka';

const scenario = createHarness();

scenario(
  'ten thousand rows from the sample are read, sent once each, and announced',
  async ({ demo, open }) => {
    const anna = await open('anna');
    await anna.go('marketing');
    const form = await anna.openForm();
    await form.getByRole('textbox', { name: 'Message' }).fill('To ten thousand');
    await addSample(form, 'customers-10000.csv');
    await form.getByRole('button', { name: 'Review' }).click();

    const review = anna.dialog('Review');
    const counted = await textOnce(review, /9,700 messages will be sent/);
    expect(counted).toMatch(/Left out:\s*300 rows/);
    await review.getByRole('button', { name: 'Send 9,700 messages' }).click();

    const statusMessage = anna.statusMessage('To ten thousand');
    await textOnce(statusMessage, /9,700 messages submitted, waiting/);
    await deliverNow(demo);
    // Each delivery report is a request of its own, and a slow machine takes long for so many.
    await textOnce(statusMessage, /Completed: 9,\d{3} of 9,700 messages delivered/, 300_000);
    await anna.messages(/Your batch is complete: 9,\d{3} of 9,700/).waitFor();
    expect(await ledgerOf(demo)).toEqual({ once: 9_700, moreThanOnce: 0, never: 0 });
  },
  600_000,
);
