import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PageState } from '@bulk-sms/playground/slack/page-api/state-for';
import type { Browser } from 'playwright-core';
import { type Client, openClient, PEOPLE, type PersonName, type Preferred } from './browser-client';
import { launchBrowser } from './launch-browser';
import { holdDeliveries } from './local-buka';
import { type DemoSetting, type RunningDemo, runDemo } from './run-demo';

/** Ignored by git. CI may keep it. */
const RESULTS = path.resolve(__dirname, '../../../test-results');
const START_WITHIN_MS = 180_000;

export interface Harness {
  demo: RunningDemo;
  /** Opens a window as this person, without tour and drawer unless they are preferred. */
  open(person: PersonName, preferred?: Preferred): Promise<Client>;
}

/** Defines a test that gets the harness. Its name says the outcome. */
export type DefineScenario = (
  name: string,
  run: (harness: Harness) => Promise<void>,
  timeoutMs?: number,
) => void;

/**
 * One demo and one browser for the tests of a block. In each test texts are delivered only when it says so. A test
 * that fails leaves pictures of every window and the bot's log in `test-results/`.
 */
export function createHarness(setting: DemoSetting = {}): DefineScenario {
  let demo: RunningDemo;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
    demo = await runDemo(setting);
  }, START_WITHIN_MS);
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  }, START_WITHIN_MS);

  return (name, run, timeoutMs) => {
    test(
      name,
      async () => {
        const clients: Client[] = [];
        const open = async (person: PersonName, preferred?: Preferred) => {
          await closeForms(demo, PEOPLE[person]);
          const client = await openClient(browser, demo.address, person, preferred);
          clients.push(client);
          return client;
        };
        try {
          await holdDeliveries(demo);
          await run({ demo, open });
        } catch (error) {
          await keepEvidence(name, clients, demo);
          throw error;
        } finally {
          await Promise.all(clients.map(({ page }) => page.context().close()));
        }
      },
      timeoutMs,
    );
  };
}

/** Closes what an earlier test left open. */
async function closeForms(demo: RunningDemo, user: string): Promise<void> {
  const { views } = await demo.get<PageState>(`/playground/state?user=${user}`);
  const front = views.at(-1);
  if (front) await demo.post('/playground/acts/close', { user, view: front.id, all: true });
}

async function keepEvidence(name: string, clients: Client[], demo: RunningDemo): Promise<void> {
  await mkdir(RESULTS, { recursive: true });
  const base = path.join(RESULTS, name.replace(/\W+/g, '-').slice(0, 80));
  // What cannot be had must not hide the test's own error.
  await Promise.allSettled([
    ...clients.map(({ page }, i) => page.screenshot({ path: `${base}-${i + 1}.png` })),
    demo.botLog().then((log) => writeFile(`${base}.log`, log)),
  ]);
}
