import path from 'node:path';
import { type Buka, startBuka } from '@bulk-sms/playground/buka/buka';
import { demoRoutes } from '@bulk-sms/playground/demo/demo-routes';
import type { Slack } from '@bulk-sms/playground/slack/start-slack';
import type { App } from '@slack/bolt';
import { APP } from '../../playground/buka/client';
import { startBolt } from '../../playground/slack/start-bolt';
import { forgetDataDir, newDataDir, runDemo } from './run-demo';

/** The demo's page in front of an app of the test's own. */
export interface ServedPage {
  slack: Slack;
  buka: Buka;
  address: string;
  stop(): Promise<void>;
}

/** Serves the page that a demo has built. That demo is stopped first. */
export async function servePage(listen: (app: App) => void): Promise<ServedPage> {
  const dataDir = await newDataDir();
  const demo = await runDemo({ dataDir });
  await demo.stop();
  const buka: Buka = await startBuka({ apps: [APP] });
  const bot = {
    start: async () => {},
    stop: async () => {},
    kill: () => {},
    state: () => ({ state: 'running', pid: null, restarts: 0, lastEnd: null }) as const,
  };
  const pageDir = path.join(dataDir, 'playground/page');
  const page = demoRoutes({ mode: 'socket', bot, logTail: () => [], buka, pageDir });
  // The app runs in this busy process too, and may be slow. Nothing here measures time.
  const patience = { ackTimeoutMs: 30_000, triggerLifeMs: 30_000 };
  const { slack, stop } = await startBolt('socket', listen, { page, ...patience });
  return {
    slack,
    buka,
    address: slack.origin,
    stop: async () => {
      await stop();
      await buka.close();
      await forgetDataDir(dataDir);
    },
  };
}
