import type { types } from '@slack/bolt';
import type { Browser, Locator } from 'playwright-core';
import { send } from '../playground/buka/client';
import { type Client, openClient, PEOPLE, textOnce } from './setup/browser-client';
import { launchBrowser } from './setup/launch-browser';
import { mobiles } from './setup/local-buka';
import { type ServedPage, servePage } from './setup/serve-page';

const START_WITHIN_MS = 180_000;

const plain = (text: string) => ({ type: 'plain_text', text }) as const;
const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });
const input = (block_id: string, label: string, element: object) =>
  ({ type: 'input', block_id, label: plain(label), element: { action_id: 'value', ...element } }) as never;

/** Runs in the browser. */
const colourOf = (element: unknown) =>
  (globalThis as unknown as { getComputedStyle(of: unknown): { color: string } }).getComputedStyle(element)
    .color;

/** Every kind of input that our bot may use, and one whose use is sent to the bot at once. */
const FORM: types.ModalView = {
  type: 'modal',
  callback_id: 'form',
  title: plain('Every input'),
  submit: plain('Send'),
  blocks: [
    input('day', 'Day', { type: 'datepicker' }),
    input('hour', 'Hour', { type: 'timepicker' }),
    input('moment', 'Moment', { type: 'datetimepicker' }),
    input('extras', 'Extras', {
      type: 'checkboxes',
      options: [option('Receipt'), { ...option('Copy'), description: plain('to yourself') }],
    }),
    input('speed', 'Speed', { type: 'radio_buttons', options: [option('Slow'), option('Fast')] }),
    input('country', 'Country', { type: 'static_select', options: [option('China'), option('France')] }),
    input('count', 'Count', { type: 'number_input', is_decimal_allowed: false, max_value: '9' }),
    {
      type: 'actions',
      block_id: 'live',
      elements: [{ type: 'checkboxes', action_id: 'preview', options: [option('Preview')] }],
    },
  ],
};

let browser: Browser;
let served: ServedPage;
let submitted: Record<string, unknown>[];
let pressed: unknown[];
beforeAll(async () => {
  browser = await launchBrowser();
  served = await servePage((app) => {
    app.command('/sms', async ({ ack, client, command }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: FORM });
    });
    app.action('preview', async ({ ack, action }) => {
      pressed.push(action);
      await ack();
    });
    app.view('form', async ({ ack, view }) => {
      const values = Object.fromEntries(
        Object.entries(view.state.values).map(([block, { value }]) => [block, value]),
      );
      submitted.push(values);
      if (submitted.length > 1) return ack();
      return ack({ response_action: 'errors', errors: { hour: 'Not at that hour.' } });
    });
  });
}, START_WITHIN_MS);
afterAll(async () => {
  await browser?.close();
  await served?.stop();
}, START_WITHIN_MS);

let anna: Client;
let form: Locator;
beforeEach(async () => {
  submitted = [];
  pressed = [];
  anna = await openClient(browser, served.address, 'anna');
  form = anna.dialog('Every input');
});
afterEach(async () => {
  await anna.page.context().close();
  const left = served.slack.as(PEOPLE.anna).modal();
  if (left) await served.slack.as(PEOPLE.anna).close(left.id);
});
const openForm = async () => {
  await anna.go('general');
  await anna.type('/sms');
  await form.waitFor();
};

test('pickers, boxes and choices are filled in by keyboard alone, and their values reach the bot', async () => {
  await openForm();
  const { keyboard } = anna.page;
  /** Presses Tab until the control has the focus: a person without a mouse has no other way. */
  const reach = async (control: Locator) => {
    for (let tabs = 0; !(await control.evaluate((element) => element.matches(':focus'))); tabs++) {
      if (tabs > 20) throw new Error(`Tab does not lead to ${control}.`);
      await keyboard.press('Tab');
    }
  };
  await reach(form.getByLabel('Day'));
  await keyboard.type('12312026');
  await reach(form.getByLabel('Hour'));
  await keyboard.type('0930AM');
  await reach(form.getByLabel('Moment'));
  await keyboard.type('12312026');
  await keyboard.press('Tab');
  await keyboard.type('0200PM');
  await reach(form.getByRole('checkbox', { name: 'Copy to yourself' }));
  await keyboard.press('Space');
  await reach(form.getByRole('radio', { name: 'Slow' }));
  await keyboard.press('ArrowDown');
  await reach(form.getByRole('combobox', { name: 'Country' }));
  await keyboard.type('Fr');
  await reach(form.getByRole('textbox', { name: 'Count' }));
  await keyboard.type('7');
  await reach(form.getByRole('checkbox', { name: 'Preview' }));
  await keyboard.press('Space');
  await served.slack.waitFor(() => pressed.length === 1);
  expect(pressed).toMatchObject([{ selected_options: [{ value: 'preview' }] }]);
  await keyboard.press('Control+Enter');

  await textOnce(form, /Not at that hour/);
  const hour = form.getByLabel('Hour');
  await anna.page.waitForFunction('document.activeElement?.getAttribute("aria-invalid") === "true"');
  expect(await hour.evaluate((element) => element.matches(':focus'))).toBe(true);
  expect(await hour.inputValue()).toBe('09:30');
  await keyboard.press('Control+Enter');
  await form.waitFor({ state: 'detached' });

  const { day, hour: time, moment, extras, speed, country, count } = submitted[1] ?? {};
  expect({ day, time, count }).toMatchObject({
    day: { selected_date: '2026-12-31' },
    time: { selected_time: '09:30' },
    count: { value: '7' },
  });
  // Two in the afternoon in New York, where Anna is. The browser's own time zone does not matter.
  expect(moment).toMatchObject({ selected_date_time: Date.parse('2026-12-31T14:00:00-05:00') / 1000 });
  expect({ extras, speed, country }).toMatchObject({
    extras: { selected_options: [{ value: 'copy' }] },
    speed: { selected_option: { value: 'fast' } },
    country: { selected_option: { value: 'france' } },
  });
});

test('what is missing or impossible is marked at its field; Escape closes and gives the focus back', async () => {
  await openForm();
  await form.getByRole('button', { name: 'Send' }).click();
  await textOnce(form, /Please fill this in/);
  expect(await form.locator('[aria-invalid=true]').count()).toBe(7);

  await form.getByLabel('Day').fill('2026-12-31');
  await form.getByLabel('Hour').fill('09:30');
  await form.getByLabel('Moment').fill('2026-12-31T14:00');
  await form.getByRole('checkbox', { name: 'Receipt' }).check();
  await form.getByRole('radio', { name: 'Fast' }).check();
  await form.getByRole('combobox', { name: 'Country' }).selectOption('China');
  await form.getByRole('textbox', { name: 'Count' }).fill('12');
  await form.getByRole('button', { name: 'Send' }).click();
  await textOnce(form, /This cannot be taken as it is/);
  expect(await form.getByRole('textbox', { name: 'Count' }).getAttribute('aria-invalid')).toBe('true');
  expect(submitted).toEqual([]);

  await anna.page.keyboard.press('Escape');
  await form.waitFor({ state: 'detached' });
  const composer = anna.page.getByRole('main').getByRole('textbox');
  expect(await composer.evaluate((element) => element.matches(':focus'))).toBe(true);
});

test('a recipient that Buka has accepted twice is shown in red, in the badge and in the ledger', async () => {
  const badge = anna.page.getByRole('button', { name: /^Ledger/ });
  const colour = (text: string | RegExp) => badge.getByText(text).evaluate(colourOf);
  const [number = ''] = mobiles(15, 1);
  await send(served.buka, [number]);
  await textOnce(badge, /1 once\s*0 more than once/);
  expect(await colour('0 more than once')).toBe(await colour('0 never'));
  await send(served.buka, [number]);
  await textOnce(badge, /0 once\s*1 more than once/);
  expect(await colour('1 more than once')).toBe('rgb(192, 16, 72)');
  await badge.click();
  const backstage = anna.page.getByRole('complementary', { name: 'Backstage' });
  await textOnce(backstage, /accepted more than once: the promise is broken[\s\S]*Which numbers/);
});
