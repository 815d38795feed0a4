import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { type Camera, firstPrices, lookingBack } from './picture-records';
import { addSample, type Client, openClient, textOnce, WINDOW } from './setup/browser-client';
import { launchBrowser } from './setup/launch-browser';
import { clearFaults, deliverNow, mobiles, setFault } from './setup/local-buka';
import { type RunningDemo, runDemo } from './setup/run-demo';

/**
 * `npm run screenshots`: what people see, as pictures to look at, in `screenshots/` (not in git). One of them is the
 * README's, `docs/live-message.png`.
 */
const ROOT = path.resolve(__dirname, '../..');
const FOLDER = path.join(ROOT, 'screenshots');
const MESSAGE =
  'Flash sale this weekend: 20% off everything in store. Show this text at the till. Reply STOP to opt out.';

interface Studio {
  demo: RunningDemo;
  browser: Browser;
}

async function main(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const browser = await launchBrowser();
  const demo = await runDemo();
  try {
    const studio = { demo, browser };
    await firstSight(studio);
    await formAndReview(studio);
    const camera: Camera = {
      demo,
      take,
      open: (person, preferred) => openClient(browser, demo.address, person, preferred),
    };
    await firstPrices(camera);
    await liveMessage(studio);
    await lookingBack(camera);
    await drawerInDarkTheme(studio);
    await unknownAndPaused(studio);
    await inChinese(studio);
  } finally {
    await browser.close();
    await demo.stop();
  }
  process.stdout.write(`The pictures are in ${path.relative(process.cwd(), FOLDER)}/.\n`);
}

/** The page on the first visit, and an empty App Home. */
async function firstSight({ demo, browser }: Studio): Promise<void> {
  const newcomer = await openClient(browser, demo.address, 'anna', { tour: true, drawer: true });
  await newcomer.page.getByRole('complementary').first().waitFor();
  await take(newcomer, 'first-sight');
  await newcomer.page.context().close();
  const anna = await openClient(browser, demo.address, 'anna');
  await anna.go('App Home');
  await anna.page.getByRole('button', { name: 'Send a message' }).waitFor();
  await take(anna, 'app-home-empty');
  await anna.page.context().close();
}

async function formAndReview({ demo, browser }: Studio): Promise<void> {
  const anna = await openClient(browser, demo.address, 'anna');
  await anna.go('marketing');
  const form = await anna.openForm();
  await form.getByRole('textbox', { name: 'Message' }).fill(MESSAGE);
  await addSample(form, 'customers.csv');
  await take(anna, 'compose');
  await form.getByRole('button', { name: 'Review' }).click();
  const review = anna.dialog('Review');
  await textOnce(review, /18 messages will be sent/);
  await take(anna, 'review');
  await review.getByRole('button', { name: 'Discard' }).click();
  await review.waitFor({ state: 'detached' });

  await anna.openForm();
  await anna.compose({ message: MESSAGE });
  await textOnce(form, /Add a file here/);
  await take(anna, 'compose-error');
  await form.getByRole('button', { name: 'Close', exact: true }).click();
  await form.waitFor({ state: 'detached' });

  await anna.openForm();
  await anna.compose({ message: MESSAGE, pasted: 'n/a\n12345' });
  await textOnce(anna.dialog('Review'), /Nothing to send/);
  await take(anna, 'review-nothing');
  await anna.dialog('Review').getByRole('button', { name: 'Close', exact: true }).click();
  await anna.page.context().close();
}

/** A batch of thousands: when about half is delivered, and when it is complete. */
async function liveMessage({ demo, browser }: Studio): Promise<void> {
  const anna = await openClient(browser, demo.address, 'anna');
  await anna.go('marketing');
  const form = await anna.openForm();
  await form.getByRole('textbox', { name: 'Message' }).fill(MESSAGE);
  await addSample(form, 'customers-10000.csv');
  await form.getByRole('button', { name: 'Review' }).click();
  await anna.dialog('Review').getByRole('button', { name: 'Send 9,700 messages' }).click();
  const statusMessage = anna.statusMessage(MESSAGE);
  await textOnce(statusMessage, /[3-7]\d(\.\d)?% delivered/);
  await anna.page.setViewportSize({ width: 1000, height: 1300 });
  await take(anna, 'live', statusMessage);
  await anna.page.setViewportSize(WINDOW);
  await copyFile(path.join(FOLDER, 'live.png'), path.join(ROOT, 'docs/live-message.png'));

  await deliverNow(demo);
  await textOnce(statusMessage, /Completed/);
  await anna.messages(/Your batch is complete/).waitFor();
  await take(anna, 'completion');
  await statusMessage.getByRole('button', { name: 'Details' }).click();
  await textOnce(anna.dialog('Details'), /\+86/);
  await take(anna, 'details');
  await anna.dialog('Details').getByRole('button', { name: 'Close', exact: true }).click();
  await anna.dialog('Details').waitFor({ state: 'detached' });
  await anna.page.context().close();
}

async function drawerInDarkTheme({ demo, browser }: Studio): Promise<void> {
  const anna = await openClient(browser, demo.address, 'anna', { theme: 'dark', drawer: true });
  await anna.go('marketing');
  await anna.page.getByRole('button', { name: /^Ledger/ }).click();
  await anna.messages(/Your batch is complete/).waitFor();
  await take(anna, 'dark-backstage');
  await anna.page.context().close();
}

/** An unknown outcome, a paused batch, and the list of batches. */
async function unknownAndPaused({ demo, browser }: Studio): Promise<void> {
  const anna = await openClient(browser, demo.address, 'anna');
  await anna.go('general');
  await setFault(demo, 'hangAfter', { times: 1 });
  await setFault(demo, 'reportsLost', { probability: 1 });
  await setFault(demo, 'htmlBefore', { times: 1, on: 'getSentRcd' });
  await anna.send({ message: 'Your table is booked for 19:30.', pasted: mobiles(1, 24).join('\n') });
  await textOnce(anna.statusMessage('Your table'), /no clear answer/);
  await take(anna, 'unknown');
  await textOnce(anna.statusMessage('Your table'), /Completed/);
  await setFault(demo, 'outOfBalance');
  await anna.send({ message: 'Your table is ready.', pasted: mobiles(2, 12).join('\n') });
  await textOnce(anna.statusMessage('Your table is ready'), /Paused/);
  await take(anna, 'paused');
  await clearFaults(demo);
  await anna.go('App Home');
  await anna.page.getByRole('heading', { name: 'The last batches' }).waitFor();
  await take(anna, 'app-home');
  await anna.page.context().close();
}

async function inChinese({ demo, browser }: Studio): Promise<void> {
  const liwei = await openClient(browser, demo.address, 'liwei');
  await liwei.go('launch-plans');
  const form = await liwei.openForm();
  await form.getByRole('textbox', { name: '短信内容' }).fill('周末八折，全场商品。回复T退订。');
  await form.getByRole('textbox', { name: '或粘贴号码' }).fill(`${mobiles(3, 12).join('\n')}\n010-88888888`);
  await take(liwei, 'compose-chinese');
  await form.getByRole('button', { name: '下一步' }).click();
  await textOnce(liwei.dialog('确认发送'), /12 条短信/);
  await take(liwei, 'review-chinese');
  await liwei.page.context().close();
}

async function take({ page }: Client, name: string, of?: Locator): Promise<void> {
  const options = { path: path.join(FOLDER, `${name}.png`), animations: 'disabled' } as const;
  await (of ? of.screenshot(options) : page.screenshot(options));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
