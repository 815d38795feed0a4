import type { Locator } from 'playwright-core';
import { type Client, textOnce } from './setup/browser-client';
import { clearFaults, deliverNow, mobiles, setFault } from './setup/local-buka';
import type { RunningDemo } from './setup/run-demo';

/** What the pictures of past batches, recipients and periods need. */
export interface Camera {
  demo: RunningDemo;
  open(person: 'anna' | 'liwei', preferred?: Record<string, unknown>): Promise<Client>;
  take(client: Client, name: string, of?: Locator): Promise<void>;
}

const TEXT = 'Your parcel arrives today between 14:00 and 16:00.';

/** Several countries, so that the next batch has an estimate with more than one price. */
export async function firstPrices({ demo, open }: Camera): Promise<void> {
  const anna = await open('anna');
  await anna.go('general');
  await anna.send({ message: 'Hello from the shop.', pasted: [...mobiles(7, 6), '+12025550123'].join('\n') });
  await textOnce(anna.statusMessage('Hello from the shop.'), /submitted|Completed/);
  await deliverNow(demo);
  await textOnce(anna.statusMessage('Hello from the shop.'), /Completed/);
  await anna.page.context().close();
}

export async function lookingBack(camera: Camera): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    const anna = await camera.open('anna', { theme });
    await anna.go('marketing');
    const name = (picture: string) => (theme === 'dark' ? `dark-${picture}` : picture);
    await textOnce(anna.statusMessage('Flash sale'), /Completed/);
    await tall(anna, 1_500);
    await camera.take(anna, name('completed'), anna.statusMessage('Flash sale'));
    await detailsOf(camera, anna, name);
    await anna.type('/sms report');
    await anna.messages('Report for').last().getByRole('button', { name: 'Compare with Buka' }).waitFor();
    await camera.take(anna, name('report'), anna.messages('Report for').last());
    await anna.page.context().close();
  }
  await found(camera);
  await compared(camera);
  await inChinese(camera);
}

async function detailsOf({ take }: Camera, anna: Client, name: (picture: string) => string): Promise<void> {
  await anna.statusMessage('Flash sale').getByRole('button', { name: 'Details' }).click();
  const details = anna.dialog('Details');
  await textOnce(details, /Why messages failed/);
  await take(anna, name('details-overview'), details);
  await details.getByRole('combobox').selectOption({ label: 'Failed' });
  await details.getByRole('button', { name: 'Show' }).click();
  await textOnce(details, /page 1 of 20/);
  await take(anna, name('details-failed'), details);
  await details.getByRole('textbox').fill('0001');
  await details.getByRole('combobox').selectOption({ label: 'Everybody' });
  await details.getByRole('button', { name: 'Show' }).click();
  await textOnce(details, /Attempt 1/);
  await take(anna, name('details-one'), details);
  await details.getByRole('button', { name: 'Close', exact: true }).click();
  await details.waitFor({ state: 'detached' });
}

async function found({ open, take }: Camera): Promise<void> {
  const anna = await open('anna');
  await anna.go('marketing');
  await anna.type('/sms find +86 137 0007 1001');
  await anna.messages('137****1001').last().waitFor();
  await take(anna, 'find', anna.messages('137****1001').last());
  await anna.page.context().close();
}

/** The comparison differs where Buka delivered texts and sent no reports. */
async function compared({ demo, open, take }: Camera): Promise<void> {
  const anna = await open('anna');
  await setFault(demo, 'reportsLost', { probability: 1 });
  await setFault(demo, 'htmlBefore', { on: 'getReport' });
  await anna.go('general');
  await anna.send({ message: TEXT, pasted: mobiles(8, 24).join('\n') });
  await textOnce(anna.statusMessage(TEXT), /submitted/);
  await anna.type('/sms report today');
  const usageReport = anna.messages('Report for').last();
  await usageReport.getByRole('button', { name: 'Compare with Buka' }).waitFor();
  await deliverNow(demo);
  await usageReport.getByRole('button', { name: 'Compare with Buka' }).click();
  await anna.messages('comes as a direct message').last().waitFor();
  await anna.go('Bulk SMS');
  await textOnce(anna.messages('Compared with Buka').last(), /outcomes differ/, 90_000);
  await tall(anna, 900);
  await take(anna, 'comparison');
  await clearFaults(demo);
  await anna.page.context().close();
}

async function inChinese({ open, take }: Camera): Promise<void> {
  const liwei = await open('liwei');
  await liwei.go('marketing');
  await tall(liwei, 1_500);
  await liwei.statusMessage('Flash sale').getByRole('button', { name: 'Details' }).click();
  const details = liwei.dialog('详情');
  await textOnce(details, /失败原因/);
  await take(liwei, 'details-chinese', details);
  await details.getByRole('textbox').fill('0001');
  await details.getByRole('button', { name: '显示' }).click();
  await textOnce(details, /第 1 次发送/);
  await take(liwei, 'details-one-chinese', details);
  await details.getByRole('button', { name: '关闭', exact: true }).click();
  await liwei.type('/sms report 30d');
  await liwei.messages('与 Buka 核对').last().waitFor();
  await take(liwei, 'report-chinese', liwei.messages('与 Buka 核对').last());
  await liwei.page.context().close();
}

async function tall({ page }: Client, height: number): Promise<void> {
  await page.setViewportSize({ width: 1_100, height });
}
