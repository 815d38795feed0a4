import { textOnce } from './setup/browser-client';
import { createHarness } from './setup/demo-harness';
import { csvOf, deliverNow, ledgerOf, letDeliveriesGo, mobiles } from './setup/local-buka';

const MESSAGE = 'Flash sale: 20% off until Sunday <!channel> & more';

describe.each(['socket', 'http'] as const)('over %s', (mode) => {
  const scenario = createHarness({ mode });

  scenario(
    'a list is uploaded, reviewed, sent, watched, asked about, and announced',
    async ({ demo, open }) => {
      const anna = await open('anna');
      await anna.go('marketing');
      const good = mobiles(1, 20);
      const list = [...good, 'n/a', '1380013800', '010-88888888', `+86 ${good[0]}`, `0086${good[1]}`];

      await anna.openForm();
      await anna.compose({ message: MESSAGE, file: { name: 'customers.csv', content: csvOf(list) } });

      const review = anna.dialog('Review');
      const counted = await textOnce(review, /20 messages will be sent/);
      expect(counted).toMatch(/Left out:\s*5 rows/);
      expect(counted).toMatch(/China 20/);
      expect(counted).toContain(MESSAGE);
      expect(await ledgerOf(demo)).toEqual({ once: 0, moreThanOnce: 0, never: 0 });
      await review.getByRole('button', { name: 'Send 20 messages' }).click();
      await review.waitFor({ state: 'detached' });

      const statusMessage = anna.statusMessage(MESSAGE);
      await textOnce(statusMessage, /20 messages submitted, waiting for delivery reports/);
      await statusMessage.getByRole('button', { name: 'Refresh status' }).click();
      await textOnce(statusMessage, /Asked the provider about 20 messages at/);
      await letDeliveriesGo(demo);
      // Nobody presses anything here: the status message shows deliveries by itself.
      await textOnce(statusMessage, /Delivered\s*[1-9]/);

      await statusMessage.getByRole('button', { name: 'Details' }).click();
      const details = await textOnce(anna.dialog('Details'), /\+86/);
      expect(details).not.toContain(good[0]);
      await anna.dialog('Details').getByRole('button', { name: 'Close', exact: true }).click();

      await deliverNow(demo);
      await textOnce(statusMessage, /Completed: \d+ of 20 messages delivered/);
      const notice = anna.messages(/Your batch is complete: \d+ of 20 messages delivered/);
      expect(await notice.innerText()).toContain('@anna');
      expect(await notice.count()).toBe(1);
      expect(await ledgerOf(demo)).toEqual({ once: 20, moreThanOnce: 0, never: 0 });
      const badge = anna.page.getByRole('button', { name: /^Ledger/ });
      expect(await textOnce(badge, /20 once/)).toMatch(/0 more than once/);
    },
  );
});
