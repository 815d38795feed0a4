import { type Client, textOnce } from './setup/browser-client';
import { createHarness } from './setup/demo-harness';
import { deliverNow, mobiles } from './setup/local-buka';

const scenario = createHarness();

/** Roles that a person uses or navigates by. Each needs a name. */
const NAMED = new Set([
  'button',
  'link',
  'textbox',
  'searchbox',
  'combobox',
  'checkbox',
  'radio',
  'switch',
  'tab',
  'tabpanel',
  'dialog',
  'alertdialog',
  'navigation',
  'complementary',
  'region',
  'log',
  'article',
]);

scenario('every control and landmark has a name, in every view', async ({ demo, open }) => {
  const anna = await open('anna', { tour: true, drawer: true });
  expect(await nameless(anna)).toEqual([]);
  await anna.send({ message: 'For everyone', pasted: mobiles(12, 6).join('\n') });
  await textOnce(anna.statusMessage('For everyone'), /submitted, waiting/);
  await deliverNow(demo);
  await textOnce(anna.statusMessage('For everyone'), /Completed/);
  await anna.statusMessage('For everyone').getByRole('link', { name: /repl/ }).click();
  for (const tab of ['Weather', 'Phones', 'Ledger', 'Bot', 'Balance', 'Traffic']) {
    await anna.page.getByRole('tab', { name: tab }).click();
    expect([tab, await nameless(anna)]).toEqual([tab, []]);
  }
  await anna.statusMessage('For everyone').getByRole('button', { name: 'Details' }).first().click();
  await textOnce(anna.dialog('Details'), /\+86/);
  expect(await nameless(anna)).toEqual([]);
  await anna.page.keyboard.press('Escape');
  await anna.openForm();
  expect(await nameless(anna)).toEqual([]);
});

scenario(
  'without a mouse: tabs by arrows, Escape gives the focus back, and the focus is seen',
  async ({ open }) => {
    const anna = await open('anna', { drawer: true });
    const { keyboard } = anna.page;
    const tab = (name: string) => anna.page.getByRole('tab', { name });
    await tab('Traffic').focus();
    await keyboard.press('ArrowRight');
    expect(await tab('Weather').getAttribute('aria-selected')).toBe('true');
    expect(await focused(anna)).toBe('Weather');
    await keyboard.press('Tab');
    const outline = await anna.page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).toBe('solid');

    await anna.page.getByRole('tab', { name: 'Ledger' }).click();
    const empty = anna.page.getByRole('button', { name: 'Empty Buka' });
    await empty.focus();
    await keyboard.press('Enter');
    await anna.page.getByRole('alertdialog', { name: 'Empty Buka' }).waitFor();
    await keyboard.press('Escape');
    await anna.page.getByRole('alertdialog').waitFor({ state: 'detached' });
    expect(await focused(anna)).toBe('Empty Buka');
  },
);

scenario('at 900 pixels nothing is wider than the window, in either language', async ({ open }) => {
  const anna = await open('anna', { tour: true, drawer: true });
  await anna.page.setViewportSize({ width: 900, height: 800 });
  const overflow = () => anna.page.evaluate('document.documentElement.scrollWidth - innerWidth');
  expect(await overflow()).toBeLessThanOrEqual(0);
  await anna.page.getByRole('combobox', { name: 'Language' }).selectOption('简体中文');
  await anna.page.getByRole('combobox', { name: '语言' }).waitFor();
  expect(await overflow()).toBeLessThanOrEqual(0);
  await anna.page.getByRole('combobox', { name: '语言' }).selectOption('English');
  await anna.page.getByRole('combobox', { name: 'Language' }).waitFor();
});

/** Reads the browser's accessibility tree, which is what a screen reader gets. */
async function nameless({ page }: Client): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes
    .filter(({ ignored, role, name }) => !ignored && NAMED.has(role?.value ?? '') && !name?.value?.trim())
    .map(({ role, nodeId }) => `${role?.value} ${nodeId}`);
}

function focused({ page }: Client): Promise<unknown> {
  return page.evaluate('document.activeElement?.textContent');
}
