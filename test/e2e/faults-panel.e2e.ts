import type { Browser, Locator } from 'playwright-core';
import { type Client, openClient } from './setup/browser-client';
import { launchBrowser } from './setup/launch-browser';
import { type DemoSetting, forgetDataDir, newDataDir, type RunningDemo, runDemo } from './setup/run-demo';

const START_WITHIN_MS = 180_000;
/** The choices of a switch, and the setting that each adds to the usual one at the local Slack or Buka. */
const OFTEN: [string, object][] = [
  ['next time only', { times: 1 }],
  ['next 3 times', { times: 3 }],
  ['every 2nd time', { every: 2 }],
  ['half the time, by chance', { probability: 0.5 }],
];
/** Slack's switches offer only the first two. */
const OFTEN_AT_SLACK = 2;

/** `GET /buka/faults` and `GET /playground/faults`. */
type BukaFaults = { switches: object; on: object };
type SlackFaults = { table: object; on: object };

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

test('every switch of the panel, pressed, switches on the fault that it names, and pressed again switches it off', async () => {
  // The bot is stopped, so that its requests use no switch up.
  await demo.post('/demo/bot/stop');
  const anna = await openClient(browser, demo.address, 'anna', { drawer: true });
  const names = await allNames();
  const switches = await switchesIn(anna);
  await switches.nth(names.length - 1).waitFor();

  const pressed: string[] = [];
  for (let nth = 0; nth < names.length; nth++) {
    const one = switches.nth(nth);
    await press(one, true);
    const [[name = '', usual] = [], ...others] = Object.entries(await faults());
    expect(others).toEqual([]);
    pressed.push(name);
    const choices = name.startsWith('slack.') ? OFTEN_AT_SLACK : OFTEN.length;
    const [often, setting] = OFTEN[nth % choices] ?? ['', {}];
    await choose(one, often);
    expect(await faults()).toEqual({ [name]: { ...usual, ...setting } });
    await press(one, false);
    expect(await faults()).toEqual({});
  }
  expect(pressed.sort()).toEqual(names.sort());
  await anna.page.context().close();
});

test(
  'what is switched on is on after a restart, unless the environment or --reset says otherwise',
  async () => {
    const before = await openClient(browser, demo.address, 'anna', { drawer: true });
    const switches = await switchesIn(before);
    for (const title of ['Hangs after sending', 'Message deleted']) await press(one(switches, title), true);
    await choose(one(switches, 'Hangs after sending'), 'next 3 times');
    await before.page.context().close();

    await restart({});
    const after = await openClient(browser, demo.address, 'anna', { drawer: true });
    const shown = await switchesIn(after);
    await one(shown, 'Message deleted').getByRole('switch', { checked: true }).waitFor();
    await chosen(one(shown, 'Hangs after sending'), 'next 3 times').waitFor({ state: 'attached' });
    const on = after.page.getByRole('switch', { checked: true });
    expect(await on.count()).toBe(2);
    await after.page.context().close();

    await restart({ faults: 'slow' });
    expect(Object.keys(await faults())).toEqual(['slow']);
    await restart({ args: ['--reset'] });
    expect(await faults()).toEqual({});
  },
  2 * START_WITHIN_MS,
);

async function restart(setting: Omit<DemoSetting, 'dataDir'>): Promise<void> {
  await demo.stop();
  demo = await runDemo({ dataDir, ...setting });
}

/** The faults that are on at the local Buka and Slack. Slack's have the prefix `slack.`, as in the environment. */
async function faults(): Promise<Record<string, object>> {
  return merged({ buka: (await askBuka()).on, slack: (await askSlack()).on });
}

async function allNames(): Promise<string[]> {
  return Object.keys(merged({ buka: (await askBuka()).switches, slack: (await askSlack()).table }));
}

const askBuka = () => demo.get<BukaFaults>('/buka/faults');
const askSlack = () => demo.get<SlackFaults>('/playground/faults');

function merged({ buka, slack }: { buka: object; slack: object }): Record<string, object> {
  const prefixed = Object.entries(slack).map(([name, value]) => [`slack.${name}`, value] as const);
  return { ...buka, ...Object.fromEntries(prefixed) };
}

async function switchesIn({ page }: Client): Promise<Locator> {
  await page.getByRole('tab', { name: 'Weather' }).click();
  return page.getByRole('tabpanel').locator('.fault-switch');
}

const one = (switches: Locator, title: string) =>
  switches.filter({ has: switches.page().getByRole('switch', { name: title, exact: true }) });

/** Resolves when the switch shows its new state, which comes from the server's answer. */
async function press(one: Locator, on: boolean): Promise<void> {
  await one.getByRole('switch').click();
  await one.locator(`[role=switch][aria-checked=${on}]`).waitFor();
}

async function choose(one: Locator, often: string): Promise<void> {
  await one.getByRole('combobox').selectOption(often);
  await chosen(one, often).waitFor({ state: 'attached' });
}

const chosen = (one: Locator, often: string) => one.locator('option:checked', { hasText: often });
