import type { Browser, Locator, Page } from 'playwright-core';

/** Waits are generous: the machine may be loaded, and nothing here measures time. */
const PATIENCE_MS = 90_000;

export const PEOPLE = { anna: 'U0ANNA0001', liwei: 'U0LIWEI001', ben: 'U0BEN00001' } as const;
export type PersonName = keyof typeof PEOPLE;

/** The page's preferences in this browser. */
export interface Preferred {
  tour?: boolean;
  drawer?: boolean;
  theme?: 'light' | 'dark';
}

const FORM = /^(Send bulk SMS|群发短信)$/;

export const WINDOW = { width: 1400, height: 900 };

export interface Draft {
  message: string;
  file?: { name: string; content: Buffer };
  pasted?: string;
}

/** One person's browser window. Everything is found by its role and its name, as a screen reader finds it. */
export interface Client {
  page: Page;
  go(name: string): Promise<void>;
  /** Types a line into the composer and presses Enter. */
  type(line: string): Promise<void>;
  dialog(title: string | RegExp): Locator;
  /** Messages in front, channel or thread, that hold the text. */
  messages(text: string | RegExp): Locator;
  /** The status message of the batch with this content. */
  statusMessage(content: string): Locator;
  /** Opens the form. A bot on a busy machine may answer "try again": then `ask` is called again, as people do. */
  openForm(ask?: () => Promise<void>): Promise<Locator>;
  /** Fills the form in that is open, and presses Review. */
  compose(draft: Draft): Promise<void>;
  /** The whole way from the command to Send, for tests of what comes later. */
  send(draft: Draft): Promise<void>;
}

export async function openClient(
  browser: Browser,
  address: string,
  person: PersonName,
  preferred: Preferred = {},
): Promise<Client> {
  const context = await browser.newContext({ viewport: WINDOW, timezoneId: 'UTC' });
  // The tour and the drawer would only make the page longer.
  const preferences = JSON.stringify({ tour: false, drawer: false, ...preferred });
  await context.addInitScript({ content: `localStorage.playground ??= '${preferences}'` });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await page.goto(`${address}/?as=${PEOPLE[person]}`);
  // Waits for the current channel in the sidebar: what is drawn later takes the focus.
  await page.getByRole('navigation').locator('[aria-current=page]').waitFor();
  return createClient(page);
}

function createClient(page: Page): Client {
  const dialog = (title: string | RegExp) => page.getByRole('dialog', { name: title });
  const messages = (text: string | RegExp) => page.getByRole('article').filter({ hasText: text });

  async function type(line: string): Promise<void> {
    // A dialog that is closing still takes the keys. A person sees that; `fill` does not.
    await page.getByRole('dialog').first().waitFor({ state: 'detached' });
    const composer = page.locator('form.composer[aria-busy=false]');
    // While a line is being sent the composer is busy, and afterwards it is emptied.
    await composer.getByRole('textbox').fill(line);
    await composer.getByRole('textbox').press('Enter');
    await composer.locator('[type=submit]:disabled').waitFor();
  }

  async function go(name: string): Promise<void> {
    const link = page.getByRole('navigation').getByRole('link', { name });
    await link.click();
    await link.and(page.locator('[aria-current=page]')).waitFor();
  }

  async function openForm(ask = () => type('/sms send')): Promise<Locator> {
    const form = dialog(FORM);
    const apologies = page.locator('article.ephemeral').filter({ hasText: /try again|请重试/i });
    for (;;) {
      const before = await apologies.count();
      await ask();
      await form.or(apologies.nth(before)).first().waitFor();
      if (await form.isVisible()) return form;
    }
  }

  async function compose({ message, file, pasted }: Draft): Promise<void> {
    const form = dialog('Send bulk SMS');
    await form.getByRole('textbox', { name: 'Message' }).fill(message);
    if (file) await addFile(form.getByLabel('Recipients file'), file);
    if (pasted) await form.getByRole('textbox', { name: 'Or paste numbers' }).fill(pasted);
    await form.getByRole('button', { name: 'Review' }).click();
  }

  return {
    page,
    dialog,
    messages,
    type,
    openForm,
    compose,
    go,
    statusMessage: (content) =>
      messages(content).filter({ has: page.getByRole('button', { name: /^(Refresh status|刷新状态)$/ }) }),
    send: async (draft) => {
      await openForm();
      await compose(draft);
      await dialog('Review')
        .getByRole('button', { name: /^Send / })
        .click();
      await dialog('Review').waitFor({ state: 'detached' });
    },
  };
}

export function addFile(input: Locator, { name, content }: { name: string; content: Buffer }): Promise<void> {
  return input.setInputFiles({ name, mimeType: 'text/csv', buffer: content });
}

/** Adds one of the demo's sample lists; resolves when the form shows it. */
export async function addSample(form: Locator, name: string): Promise<void> {
  await form.getByRole('button', { name, exact: true }).click();
  await form.getByRole('listitem').filter({ hasText: name }).waitFor();
}

/** Resolves with the element's text once it is visible and fits. One call reads and checks it, because it may change. */
export function textOnce(element: Locator, fits: RegExp, timeout = PATIENCE_MS): Promise<string> {
  return element.filter({ hasText: fits, visible: true }).innerText({ timeout });
}
