import type { BukaState } from '@bulk-sms/playground/buka/state/describe';
import { addSample, textOnce } from './setup/browser-client';
import { createHarness } from './setup/demo-harness';
import {
  deliverNow,
  holdDeliveries,
  letDeliveriesGo,
  sendRequests,
  untilSendRequests,
} from './setup/local-buka';
import type { RunningDemo } from './setup/run-demo';

const scenario = createHarness();

scenario(
  'the tour leads a newcomer through a send, a fault at Buka, a killed bot, and to the ledger',
  async ({ demo, open }) => {
    const anna = await open('anna', { tour: true, drawer: true });
    const tour = anna.page.getByRole('region', { name: 'Tour' });
    const backstage = anna.page.getByRole('complementary', { name: 'Backstage' });
    const press = (name: string) => tour.getByRole('button', { name, exact: true }).click();
    const step = (n: number) => textOnce(tour, new RegExp(`Step ${n} of 6`));
    /** Opens the form from the tour, adds a sample list, and goes on to the review. */
    const fillIn = async (message: string, sample = 'customers.csv') => {
      const form = await anna.openForm(() => press('Open the form'));
      await form.getByRole('textbox', { name: 'Message' }).fill(message);
      await addSample(form, sample);
      await form.getByRole('button', { name: 'Review' }).click();
      await textOnce(anna.dialog('Review'), /messages will be sent[\s\S]*Left out:\s*(6|300) rows/);
    };
    const send = (count: string) =>
      anna
        .dialog('Review')
        .getByRole('button', { name: `Send ${count} messages` })
        .click();

    await step(1);
    await fillIn('The first of the tour');
    await step(2);
    await send('18');
    await step(3);
    await letDeliveriesGo(demo);
    await press('See the phones');
    await textOnce(backstage, /The first of the tour/);
    await deliverNow(demo);
    await textOnce(anna.statusMessage('The first of the tour'), /Completed: 1\d of 18/);

    await press('Next');
    await press('Switch it on, once');
    await textOnce(tour, /It is on: send now/);
    await backstage.getByRole('switch', { name: 'Hangs after sending', checked: true }).waitFor();
    await fillIn('The second of the tour');
    // A delivery report is a proof too: none comes before the test has seen what is unknown.
    await holdDeliveries(demo);
    await send('18');
    await textOnce(anna.statusMessage('The second of the tour'), /Unknown\s*18[\s\S]*no clear answer/);
    expect(await accepted(demo)).toEqual({ once: 34, moreThanOnce: 0 });
    await letDeliveriesGo(demo);
    // What can be proved resolves itself. The number that Buka never accepted stays unknown, and the bot asks about it.
    await textOnce(anna.statusMessage('The second of the tour'), /Delivered\s*1\d[\s\S]*Unknown\s*1 \(/);

    await press('Next');
    await textOnce(tour, /Step 5/);
    await press('Slow Buka down');
    await tour.getByRole('button', { name: 'It is on: send now' }).waitFor();
    await fillIn('The third of the tour', 'customers-10000.csv');
    await holdDeliveries(demo);
    const arrived = await sendRequests(demo);
    await send('9,700');
    // One request alone, then several side by side.
    await untilSendRequests(demo, arrived + 5);
    await press('Kill the bot now');
    await textOnce(backstage, /by SIGKILL[\s\S]*The bot is up/);
    await press('Next');
    await press('See the ledger');
    await textOnce(backstage, /No recipient of a batch was accepted twice/);
    await textOnce(anna.statusMessage('The third of the tour'), /9,700 messages submitted, waiting/, 150_000);
    await deliverNow(demo);
    // The kill may catch a request before it leaves. Buka has never seen it, and its recipients stay unknown.
    const { once, moreThanOnce } = await accepted(demo);
    expect(moreThanOnce).toBe(0);
    const missing = (9_734 - once).toLocaleString('en-US');
    const outcome = once === 9_734 ? /Completed: 9,\d{3} of 9,700/ : new RegExp(`Unknown\\s*${missing} \\(`);
    await textOnce(anna.statusMessage('The third of the tour'), outcome, 300_000);

    await press('Finish');
    await tour.waitFor({ state: 'detached' });
    await anna.page.reload();
    await anna.messages('The second of the tour').first().waitFor();
    expect(await tour.count()).toBe(0);
  },
  720_000,
);

/** By order id: each of the two batches has the same seventeen numbers that Buka accepts. */
async function accepted(demo: RunningDemo) {
  return (await demo.get<BukaState>('/buka/state')).ledger.orderIds;
}
