import { isFull } from '../faults/run-size';
import { textOnce } from './setup/browser-client';
import { createHarness, type DefineScenario } from './setup/demo-harness';
import {
  clearFaults,
  csvOf,
  ledgerOf,
  letDeliveriesGo,
  mobiles,
  sendRequests,
  setFault,
  untilSendRequests,
} from './setup/local-buka';

const scenario = createHarness();
/** The small run shows both kinds in the tour: what is unknown and resolves itself, and a killed bot. */
const scenarioWhenFull: DefineScenario = isFull ? scenario : (name) => test.skip(name, () => undefined);

scenarioWhenFull(
  'Buka accepts and never answers: unknown is shown, nothing is sent twice, and it resolves itself',
  async ({ demo, open }) => {
    const anna = await open('anna');
    const before = await ledgerOf(demo);
    await anna.go('marketing');
    await letDeliveriesGo(demo);
    await setFault(demo, 'hangAfter', { times: 1 });
    // Without delivery reports, and with the first question unanswered, there is no proof for a while.
    await setFault(demo, 'reportsLost', { probability: 1 });
    await setFault(demo, 'htmlBefore', { times: 1, on: 'getSentRcd' });
    await anna.send({ message: 'Into the fog', pasted: mobiles(4, 16).join('\n') });

    const statusMessage = anna.statusMessage('Into the fog');
    await textOnce(statusMessage, /Unknown\s*16[\s\S]*For 16 messages the provider gave no clear answer/);
    await textOnce(statusMessage, /Completed: \d+ of 16 messages delivered/);
    expect(await ledgerOf(demo)).toEqual({ ...before, once: before.once + 16 });
    await clearFaults(demo);
  },
  480_000,
);

scenario(
  'an empty account pauses the batch with what to do; Resume sends the rest',
  async ({ demo, open }) => {
    const anna = await open('anna');
    const before = await ledgerOf(demo);
    await anna.go('general');
    await setFault(demo, 'outOfBalance');
    await anna.send({ message: 'No money left', pasted: mobiles(5, 8).join('\n') });

    const statusMessage = anna.statusMessage('No money left');
    await textOnce(statusMessage, /Paused: 8 of 8 messages not sent yet/);
    expect((await ledgerOf(demo)).once).toBe(before.once);
    await clearFaults(demo);
    await statusMessage.getByRole('button', { name: 'Resume' }).click();
    await textOnce(statusMessage, /8 messages submitted, waiting/);
    expect((await ledgerOf(demo)).once).toBe(before.once + 8);
  },
);

scenario('Cancel, after a question, holds back what has not been sent', async ({ demo, open }) => {
  const anna = await open('anna');
  const before = await ledgerOf(demo);
  await anna.go('general');
  await setFault(demo, 'tooMany');
  await anna.send({ message: 'Better not', pasted: mobiles(6, 9).join('\n') });

  const statusMessage = anna.statusMessage('Better not');
  await statusMessage.getByRole('button', { name: 'Cancel', exact: true }).click();
  const question = anna.page.getByRole('alertdialog', { name: 'Cancel this batch?' });
  await question.getByRole('button', { name: 'Cancel the batch' }).click();
  await textOnce(statusMessage, /Cancelled: batch of 9 messages[\s\S]*9 messages were held back/);
  await clearFaults(demo);
  expect((await ledgerOf(demo)).once).toBe(before.once);
});

scenarioWhenFull(
  'the bot, killed in the middle of a batch, restarts and sends to nobody twice',
  async ({ demo, open }) => {
    const anna = await open('anna');
    const before = await ledgerOf(demo);
    await anna.go('marketing');
    await letDeliveriesGo(demo);
    const arrived = await sendRequests(demo);
    await setFault(demo, 'slow', { ms: 3_500, on: 'send' });
    const file = { name: 'killed.csv', content: csvOf(mobiles(7, 4_000)) };
    await anna.send({ message: 'Survivor', file });
    const statusMessage = anna.statusMessage('Survivor');
    // One request alone, then the other three. The bot is killed while those have reached Buka and wait for an answer.
    await untilSendRequests(demo, arrived + 4);
    await demo.post('/demo/bot/kill');
    await clearFaults(demo);

    await textOnce(statusMessage, /Completed: \d,\d{3} of 4,000 messages delivered/, 240_000);
    await textOnce(statusMessage, /Unknown\s*0/);
    const notice = anna.messages(/Your batch is complete: \d,\d{3} of 4,000/);
    await notice.first().waitFor();
    expect(await notice.count()).toBe(1);
    expect(await ledgerOf(demo)).toEqual({ ...before, once: before.once + 4_000 });
  },
  480_000,
);
