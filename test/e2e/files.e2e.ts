import { readFile } from 'node:fs/promises';
import type { Browser, Locator } from 'playwright-core';
import { openClient, textOnce } from './setup/browser-client';
import { launchBrowser } from './setup/launch-browser';
import { csvOf, deliverNow, holdDeliveries, mobiles } from './setup/local-buka';
import { forgetDataDir, newDataDir, type RunningDemo, runDemo } from './setup/run-demo';

const START_WITHIN_MS = 180_000;

let browser: Browser;
let dataDir: string;
let demo: RunningDemo;
beforeAll(async () => {
  dataDir = await newDataDir();
  browser = await launchBrowser();
  demo = await runDemo({ dataDir });
}, START_WITHIN_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
  if (dataDir) await forgetDataDir(dataDir);
}, START_WITHIN_MS);

test(
  'a list that is dropped on the form is sent, and its columns are in the export after a restart',
  async () => {
    await holdDeliveries(demo);
    const before = await openClient(browser, demo.address, 'anna');
    await before.go('marketing');
    const form = await before.openForm();
    const field = form.locator('.drop-zone', { has: before.page.getByLabel('Recipients file') });
    await drop(field, 'picture.png', 'not a list');
    await textOnce(form.getByRole('alert'), /“picture.png” is of another kind/);
    await drop(field, 'dropped.csv', csvOf(mobiles(11, 5)).toString());
    await form.getByRole('listitem').filter({ hasText: 'dropped.csv' }).waitFor();
    expect(await form.getByRole('alert').count()).toBe(0);
    await before.compose({ message: 'Dropped' });
    await before.dialog('Review').getByRole('button', { name: 'Send 5 messages' }).click();
    await textOnce(before.statusMessage('Dropped'), /submitted, waiting/);
    await deliverNow(demo);
    await textOnce(before.statusMessage('Dropped'), /Completed/);
    await before.page.context().close();

    await demo.stop();
    demo = await runDemo({ dataDir });
    const after = await openClient(browser, demo.address, 'anna');
    await after.go('marketing');
    await after.statusMessage('Dropped').getByRole('button', { name: 'Export' }).click();
    const question = after.page.getByRole('alertdialog');
    await question.getByRole('button', { name: 'Export' }).click();
    await after.statusMessage('Dropped').getByRole('link', { name: /repl/ }).click();
    const thread = after.page.getByRole('complementary', { name: 'Thread' });
    const [download] = await Promise.all([
      after.page.waitForEvent('download'),
      thread.getByRole('link', { name: /^Download .*\.csv/ }).click(),
    ]);
    const exported = await readFile(await download.path(), 'utf8');
    expect(exported.split('\n')[0]).toMatch(/Name.*Mobile/);
    expect(exported).toContain('Customer 5');
    expect(exported).toContain(mobiles(11, 5)[4]);
    await after.page.context().close();
  },
  START_WITHIN_MS,
);

/** Dispatches the events of a file that is dragged in from the desktop. */
async function drop(target: Locator, name: string, content: string): Promise<void> {
  const dataTransfer = await target.page().evaluateHandle(`(() => {
    const carried = new DataTransfer();
    carried.items.add(new File([${JSON.stringify(content)}], ${JSON.stringify(name)}));
    return carried;
  })()`);
  await target.dispatchEvent('dragover', { dataTransfer });
  await target.dispatchEvent('drop', { dataTransfer });
}
